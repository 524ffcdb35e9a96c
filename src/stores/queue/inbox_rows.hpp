// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// Updates from Telegram, kept before they are acknowledged and until 48 h after they are done. A lane (the chat) is
/// worked strictly in the order of update ids, one at a time; lanes run side by side.
namespace aisha::stores::inbox {

struct Update {
  std::int64_t update_id = 0;
  std::int64_t lane = 0;  ///< chat id; 0 when the update belongs to none
  std::string body;       ///< JSON as received
};

/// An update that is ours until its lease runs out. Every verb below names its epoch: after the lease has passed to
/// another worker they fail with Errc::conflict.
struct Taken {
  std::int64_t update_id = 0;
  std::int64_t lane = 0;
  std::string body;
  std::int64_t epoch = 0;
  std::int64_t attempts = 0;  ///< including this one
  TimePoint received_at;
};

struct Intake {
  std::vector<Taken> taken;      ///< heads of idle lanes, already leased: work them at once
  std::int64_t waiting = 0;      ///< kept behind others of their lane: a later `claim` gives them
  std::int64_t duplicates = 0;   ///< known before, dropped
  std::int64_t conflicting = 0;  ///< of these: other body under a known id (first one stays)
};

/// Durable when it returns: Telegram may be told. Repeats are dropped by update id. Without a lease nothing is taken:
/// every head waits for a `claim`.
Task<Intake> put(UnitOfWork& unit, std::vector<Update> updates, std::optional<Millis> lease);

/// Keeps something that is not an update, for people to look at; repeats of the same bytes are one row. Bytes that are
/// no UTF-8 text are kept percent-encoded.
Task<void> put_poison(UnitOfWork& unit, std::string body, std::string why);

/// Up to `limit` heads of lanes that are due and free, oldest first. Durable at once.
Task<std::vector<Taken>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease);

/// When the next row will be claimable (due or its lease over); nothing = inbox empty.
Task<std::optional<TimePoint>> next_due(UnitOfWork& unit);

struct Backlog {
  std::int64_t waiting = 0;
  std::optional<TimePoint> oldest;  ///< when the one that waits longest was received
};
Task<Backlog> backlog(UnitOfWork& unit);

/// The handler's last write.
void done(UnitOfWork& unit, const Taken& update);
/// Holds on to an update whose handler takes long.
void renew(UnitOfWork& unit, const Taken& update, Millis lease);
/// Gives the update back; its lane waits with it.
void retry_later(UnitOfWork& unit, const Taken& update, Millis delay, std::string_view error);
/// Gives it back without counting this try: nothing is wrong with it. One that waits for Telegram to let the chat be
/// written to (`error` is the code of Errc::telegram_flood) is woken by the next update of its lane, so that it can
/// make room (`behind`).
void defer(UnitOfWork& unit, const Taken& update, Millis delay, std::string_view error);
/// Body of the next open update of the same lane.
Task<std::optional<std::string>> behind(UnitOfWork& unit, std::int64_t lane, std::int64_t update_id);
/// Gives back what was taken and not begun, as if it had never been; nothing happens when another has it by now.
void give_back(UnitOfWork& unit, const Taken& update);
/// Will not be tried again; the lane goes on.
void poison(UnitOfWork& unit, const Taken& update, std::string_view error);

/// Deletes done rows received before `before`.
void sweep(UnitOfWork& unit, TimePoint before);

}  // namespace aisha::stores::inbox
