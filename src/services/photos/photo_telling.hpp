// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/avatar.hpp"
#include "services/context/context.hpp"
#include "services/people/people.hpp"

namespace aisha::stores {
class UnitOfWork;
}
namespace aisha::stores::photo_sets {
struct Set;
}

namespace aisha::services {

/// `OutboxMessage::detail` of an avatar_card: it is ready, for the first time.
inline constexpr std::string_view kAvatarReady = "ready";

/// Collects that its person sees how the avatar is coming along: one message for all that changes within
/// `delay`.
void tell_photo_card(stores::UnitOfWork& unit, const stores::photo_sets::Set& set, Millis delay);
/// Collects that it is ready.
void tell_avatar_ready(stores::UnitOfWork& unit, const stores::photo_sets::Set& set);

/// Whether an avatar that becomes ready takes the place of the main one.
bool gives_way(const People& people, const std::optional<domain::Avatar>& main);

}  // namespace aisha::services
