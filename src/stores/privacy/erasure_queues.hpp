// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "stores/unit/unit_of_work.hpp"

/// What is deleted of what a person and we said to each other.
namespace aisha::stores::erasure {

/// Menu cards that show something of theirs are to lose it, and are no menu cards any more.
void blank_cards(UnitOfWork& unit, const Uuid& person);

/// Deletes what is to be told in a chat, or was; what is being told at this moment stays. Durable at once; how many
/// there were, at most `limit`.
Task<std::int64_t> delete_messages(UnitOfWork& unit, std::int64_t chat_id, std::int64_t limit);
/// The same of all of them, collected: for the moment in which the chat's row goes.
void drop_messages(UnitOfWork& unit, std::int64_t chat_id);
/// Whether something is being told there.
Task<bool> is_telling(UnitOfWork& unit, std::int64_t chat_id);

/// Whether an update in a lane of theirs has not been dealt with.
Task<bool> has_new_updates(UnitOfWork& unit, std::int64_t telegram_id);

/// A place between updates.
struct UpdatePlace {
  std::int64_t bot_id = INT64_MIN;
  std::int64_t update_id = INT64_MIN;
};
struct UpdatePage {
  UpdatePlace last;
  bool ends = false;
};
/// Of the next `limit` updates of all people behind `after` deletes those that have been dealt with and are this
/// person's: in a lane of theirs, or with their id. Durable at once. Nothing finds dealt-with updates by their person,
/// and an index for that would cost every update.
Task<UpdatePage> delete_updates(UnitOfWork& unit, std::int64_t telegram_id, UpdatePlace after, std::int64_t limit);

}  // namespace aisha::stores::erasure
