// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "domain/avatar.hpp"
#include "domain/chat.hpp"
#include "domain/user.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Everything about a person that nearly every screen shows, in one statement.
namespace aisha::stores::actor_row {

/// Who acts, and the chat in which they do.
struct ActorRow {
  domain::User user;
  std::optional<domain::UserSettings> settings;
  std::optional<std::int64_t> available;  ///< coins; nothing: the ledger has not met them
  std::optional<domain::Chat> chat;
  std::optional<domain::Avatar> main_avatar;  ///< the first by avatars::kMainFirst
  bool is_owed = false;                       ///< messages for this chat are parked in the outbox
  bool is_being_erased = false;               ///< an erasure of the person is under way
};
Task<std::optional<ActorRow>> find(UnitOfWork& unit, std::int64_t telegram_id, std::int64_t chat_id);

/// Who is told something in a chat.
struct ListenerRow {
  domain::User user;
  std::optional<domain::UserSettings> settings;
  std::int64_t available = 0;
  std::int64_t topic_id = 0;
  std::int64_t card_revision = 0;
  bool is_being_erased = false;
};
Task<std::optional<ListenerRow>> of_chat(UnitOfWork& unit, std::int64_t chat_id);

}  // namespace aisha::stores::actor_row
