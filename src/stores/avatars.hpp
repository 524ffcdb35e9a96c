// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "domain/avatar.hpp"
#include "stores/unit_of_work.hpp"

/// `avatars` (columns of the existing Aisha schema) with the card's face from `avatar_faces`. Older installations hold
/// several main avatars and names in lower case: both are read.
namespace aisha::stores::avatars {

/// The main one, else the oldest usable (COMPLETED) one, else the oldest.
Task<std::optional<domain::Avatar>> main_of(UnitOfWork& unit, Uuid user_id);
/// Main first, then oldest first; drafts included.
Task<std::vector<domain::Avatar>> list(UnitOfWork& unit, Uuid user_id);
/// Nothing when absent or another user's.
Task<std::optional<domain::Avatar>> load(UnitOfWork& unit, Uuid id, Uuid user_id);

void add(UnitOfWork& unit, const domain::Avatar& avatar);
/// Errc::conflict at commit when `avatar_id` is not this user's.
void set_main(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id);

}  // namespace aisha::stores::avatars
