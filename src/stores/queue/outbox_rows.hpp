// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stores/queue/lane_queue.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Messages that must reach Telegram, as meanings ("job_result" of a job), rendered at sending time. A lane (the chat)
/// goes strictly in order: its head blocks the rest, so a delay of the head is a delay of the chat.
namespace aisha::stores::outbox {

struct Message {
  std::int64_t lane = 0;  ///< chat id; its row in `chats` must exist (write it first)
  std::string kind;       ///< e.g. "job_result"
  std::string ref;        ///< id the kind speaks of
  std::string detail;     ///< small extra, e.g. an error code; may be ""
  /// edit* and delete*: repeating is harmless. A send is not.
  bool idempotent = true;
  std::string dedupe_key;  ///< a second message with this key is dropped, e.g. "job:<id>:result"
  Millis delay{0};
  /// One of the same kind and ref that waits in the lane will tell it too: then this one is dropped.
  bool unless_waiting = false;
  /// Only when the unit leaves no member of this batch open.
  std::optional<Uuid> ends_batch{};
};

/// A message being sent until its lease runs out; every verb below is fenced by its epoch (Errc::conflict at commit).
struct Taken {
  Uuid id;
  std::int64_t lane = 0;
  std::int64_t seq = 0;
  std::string kind;
  std::string ref;
  std::string detail;
  bool idempotent = true;
  std::int64_t attempts = 0;    ///< including this one
  std::int64_t maybe_sent = 0;  ///< earlier attempts whose outcome is unknown
  std::int64_t epoch = 0;
  TimePoint created_at;
};

/// The lane's next number is taken at commit.
void enqueue(UnitOfWork& unit, const Message& message);

/// The last word to a chat of which nothing is kept: told though the chat has no row, under the number 0, ahead of what
/// a new chat with the same id is told, and deleted once it is done. The lane is empty, or is emptied in the same unit.
void enqueue_farewell(UnitOfWork& unit, const Message& message);

/// Up to `limit` heads of lanes that are due and free. A head whose sender vanished comes back with maybe_sent raised.
/// Durable at once.
Task<std::vector<Taken>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease);

/// When the next head will be claimable; nothing = nothing to send.
Task<std::optional<TimePoint>> next_due(UnitOfWork& unit);

/// What is to be sent is made first, for so long: whoever vanishes meanwhile has sent nothing.
void prepare(UnitOfWork& unit, const Taken& message, Millis lease);
/// From now on it may have been sent. Before any verb below of one that was prepared.
void begin(UnitOfWork& unit, const Taken& message, Millis lease);

/// `remote_id`: Telegram's message id, 0 when there is none. The next of the lane becomes its head
/// (`lane_queue::has_promoted`).
void sent(UnitOfWork& unit, const Taken& message, std::int64_t remote_id);
/// Tries again after `delay`. `outcome_unknown`: the attempt may have arrived; counted in maybe_sent.
void retry(UnitOfWork& unit, const Taken& message, Millis delay, bool outcome_unknown);
/// What was to be edited is gone: due again at once as a message of its own, which harms when it is repeated.
void send_instead(UnitOfWork& unit, const Taken& message);
/// Gives the message up; the lane goes on as after `sent`.
void dead(UnitOfWork& unit, const Taken& message, std::string_view error);

/// As `dead`, but what it says is still owed: it waits, outside of the lane, until its person is heard of again.
void park(UnitOfWork& unit, const Taken& message, std::string_view error);

/// A message that waits so.
struct Parked {
  Uuid id;
  std::string kind;
  std::string ref;
  std::string detail;
  bool idempotent = true;
  std::string dedupe_key;
};
/// Those of a lane in their order, at most `limit`.
Task<std::vector<Parked>> parked(UnitOfWork& unit, std::int64_t lane, std::int64_t limit);
/// How many wait so in all; nobody counts past 10,001.
Task<std::int64_t> count_parked(UnitOfWork& unit);
/// It is told under another key from now on. Errc::conflict at commit when it was already.
void end_parked(UnitOfWork& unit, const Uuid& id);

/// Whether a message with this key was ever enqueued (within the retention).
Task<bool> has(UnitOfWork& unit, std::string dedupe_key);

/// What became of the message with this key.
struct Fate {
  bool is_over = false;
  bool is_sent = false;  ///< false of one that is over: it was given up
  std::string error;     ///< why
};
/// Nothing when it was never enqueued, or its row has had its time.
Task<std::optional<Fate>> fate(UnitOfWork& unit, std::string dedupe_key);

Task<lane_queue::Backlog> backlog(UnitOfWork& unit);

/// As `lane_queue::mend` and `lane_queue::sweep`; what is parked stays.
Task<std::int64_t> mend(UnitOfWork& unit);
Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit);

}  // namespace aisha::stores::outbox
