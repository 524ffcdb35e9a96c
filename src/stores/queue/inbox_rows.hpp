// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stores/queue/lane_queue.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Updates from Telegram, kept before they are acknowledged and until 48 h after they are done. A lane (the chat) is
/// worked strictly in the order of update ids, one at a time; lanes run side by side. An update id is known per bot: a
/// database may outlive its bot's token.
namespace aisha::stores::inbox {

struct Update {
  std::int64_t update_id = 0;
  std::int64_t lane = 0;  ///< chat id; 0 when the update belongs to none
  std::string kind;       ///< a word of whoever stores it, for whoever claims it
  std::string body;       ///< JSON as received
};

/// An update that is ours until its lease runs out. Every verb below names its epoch: after the lease has passed to
/// another worker they fail with Errc::conflict.
struct Taken {
  std::int64_t bot_id = 0;
  std::int64_t update_id = 0;
  std::int64_t lane = 0;
  std::string kind;
  std::string body;
  std::int64_t epoch = 0;
  std::int64_t attempts = 0;  ///< including this one
  TimePoint received_at;
};

struct Intake {
  std::vector<Taken> taken;      ///< heads of idle lanes, already leased: work them at once
  std::int64_t waiting = 0;      ///< kept for a later `claim`: behind others of their lane, or put without a lease
  std::int64_t woken = 0;        ///< deferred heads that are due again because something stands behind them
  std::int64_t duplicates = 0;   ///< known before, dropped
  std::int64_t conflicting = 0;  ///< of these: other body under a known id (first one stays)
};

/// Durable when it returns: Telegram may be told. Repeats are dropped by bot and update id; but what comes under the id
/// of an update that is finished and older than 24 h is another one (Telegram draws ids anew after a quiet week) and
/// takes its place. Without a lease nothing is taken: every head waits for a `claim`.
Task<Intake> put(UnitOfWork& unit, std::int64_t bot_id, std::vector<Update> updates, std::optional<Millis> lease);

/// Keeps something that is not an update, for people to look at; repeats of the same bytes are one row. Bytes that are
/// no UTF-8 text are kept percent-encoded.
Task<void> put_poison(UnitOfWork& unit, std::int64_t bot_id, std::string body, std::string why);

/// Up to `limit` heads of that bot's lanes that are due and free, those first that are due longest; given in the order
/// of update ids. Durable at once.
Task<std::vector<Taken>> claim(UnitOfWork& unit, std::int64_t bot_id, std::int64_t limit, Millis lease);

struct Due {
  TimePoint at;  ///< when it can be claimed, or its lease is over
  std::int64_t bot_id = 0;
};
/// The head that can be claimed first; nothing = inbox empty.
Task<std::optional<Due>> next_due(UnitOfWork& unit);

Task<lane_queue::Backlog> backlog(UnitOfWork& unit);

/// The handler's last write; the next of the lane becomes its head (`lane_queue::has_promoted`).
void done(UnitOfWork& unit, const Taken& update);
/// Holds on to an update whose handler takes long.
void renew(UnitOfWork& unit, const Taken& update, Millis lease);
/// Gives the update back; its lane waits with it.
void retry_later(UnitOfWork& unit, const Taken& update, Millis delay, std::string_view error);
/// Gives it back without counting this try: nothing is wrong with it. One that waits for Telegram to let the chat be
/// written to (`error` is the code of Errc::telegram_flood) is woken by the next update of its lane, so that it can
/// make room (`behind`).
void defer(UnitOfWork& unit, const Taken& update, Millis delay, std::string_view error);
/// Gives back what was taken and not begun, as if it had never been; nothing happens when another has it by now.
void give_back(UnitOfWork& unit, const Taken& update);
/// Will not be tried again; the lane goes on as after `done`.
void poison(UnitOfWork& unit, const Taken& update, std::string_view error);

struct Follower {
  std::string kind;
  std::string body;
};
/// The next open update of the same lane.
Task<std::optional<Follower>> behind(UnitOfWork& unit, const Taken& update);

/// As `lane_queue::mend` and `lane_queue::sweep`.
Task<std::int64_t> mend(UnitOfWork& unit);
Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit);

}  // namespace aisha::stores::inbox
