// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "domain/user.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `consents`: that a person agreed to pictures being made by an avatar's photos, in which words and language. One that
/// is withdrawn says so for some time, without anything of the avatar, and goes.
namespace aisha::stores::consents {

/// Collects it; one that is given already stays as it is. `text_version`: which words were shown.
void give(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id, std::string_view text_version,
          domain::Language language);
void withdraw(UnitOfWork& unit, const Uuid& avatar_id);

/// Deletes up to `limit` that were withdrawn before; how many there were. Durable at once.
Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit);

}  // namespace aisha::stores::consents
