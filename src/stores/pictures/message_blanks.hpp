// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// `message_blanks`: messages that have to lose their picture. A chat is dealt with by one process at a time and waits
/// as a whole: it is due when none of its rows waits.
namespace aisha::stores::message_blanks {

/// One message, and with it its chat, in hand until the lease is over.
struct Taken {
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;
  TimePoint sent_at{};        ///< not after the moment it was sent
  std::int64_t attempts = 0;  ///< including this one
  TimePoint created_at{};
};

/// When the next chat is due, whether or not something is to be told there; nothing = no message waits.
Task<std::optional<TimePoint>> next_due(UnitOfWork& unit);
/// The message tried least often of each due chat to which nothing is to be told (its outbox lane is empty), at most
/// `limit` chats. Durable at once.
Task<std::vector<Taken>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease);

/// Messages of the chat that were sent after that, at most `limit`.
Task<std::vector<std::int64_t>> sent_after(UnitOfWork& unit, std::int64_t chat_id, TimePoint moment,
                                           std::int64_t limit);

/// They show nothing any more, or nobody can change that.
void end(UnitOfWork& unit, std::int64_t chat_id, const std::vector<std::int64_t>& messages);
/// They turned out to be older than was thought.
void forget_age(UnitOfWork& unit, std::int64_t chat_id, const std::vector<std::int64_t>& messages);
/// Lets the chat go; it is due again then.
void rest(UnitOfWork& unit, const Taken& taken, TimePoint until);

}  // namespace aisha::stores::message_blanks
