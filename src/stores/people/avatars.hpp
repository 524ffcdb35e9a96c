// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/avatar.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `avatars` (columns of the existing Aisha schema) with the card's face from `avatar_faces`. Older installations hold
/// several main avatars, main ones that nothing can be made with, and names in lower case or of native types: all are
/// read.
namespace aisha::stores::avatars {

/// The main usable one, else the oldest usable one, else the main one, else the oldest.
Task<std::optional<domain::Avatar>> main_of(UnitOfWork& unit, Uuid user_id);
/// Main first, then oldest first; drafts included.
Task<std::vector<domain::Avatar>> list(UnitOfWork& unit, Uuid user_id);
/// Nothing when absent or another user's.
Task<std::optional<domain::Avatar>> load(UnitOfWork& unit, Uuid id, Uuid user_id);

/// What a row must have where this database came from: `is_draft` exists in some ages of it, and a column of a native
/// type takes only labels in its own case.
struct Columns {
  bool is_draft = false;
  std::vector<std::pair<std::string, std::string>> labels;  ///< column and label of native types
};
Task<Columns> columns(UnitOfWork& unit);

void add(UnitOfWork& unit, const domain::Avatar& avatar, const Columns& columns);
/// Errc::conflict at commit when `avatar_id` is not this user's.
void set_main(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id);

}  // namespace aisha::stores::avatars
