// SPDX-License-Identifier: Apache-2.0
#include "stores/queue/inbox_rows.hpp"

#include <algorithm>
#include <chrono>

#include "base/encoding.hpp"
#include "base/utf8.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::inbox {
namespace {

struct InboxTable {
  static constexpr char kTable[] = "inbox";
  static constexpr char kKey[] = "bot_id, update_id";
  static constexpr char kId[] = "update_id";
  static constexpr char kOrder[] = "update_id";
  static constexpr char kOpen[] = "state = 'new'";
  // A head whose error stands waits for its time; one in hand has none.
  static constexpr char kTaken[] = "error = NULL";
  static constexpr char kScope[] = "bot_id = $4 AND ";
  // The sign keeps SQLite from the primary key, by which it would look at every row of the bot.
  static constexpr char kInnerScope[] = "+bot_id = $4 AND ";
  static constexpr char kReturning[] = "bot_id, update_id, lane, kind, body, lease_epoch, attempts, received_at";
  static constexpr char kNext[] = "due_at, bot_id";
  static constexpr char kPromoted[] = "$2";
  static constexpr char kSince[] = "received_at";
  static constexpr char kOver[] = "state <> 'new'";
  static constexpr char kOverSince[] = "received_at";
};
constexpr lane_queue::Texts kQueue = lane_queue::texts<InboxTable>();

constexpr Millis kAnotherAfter = std::chrono::hours(24);

// The lease is given on arrival when nobody of the lane waits, which saves the claim of the common case.
constexpr sql::Text kPut =
    "INSERT INTO inbox (bot_id, update_id, lane, kind, body, due_at, lease_epoch, attempts, received_at)"
    " SELECT $1, $2, $3, $4, $5, CASE WHEN w.busy = 0 THEN $6 END, CASE WHEN w.busy = 0 THEN $7 ELSE 0 END,"
    " CASE WHEN w.busy = 0 THEN $7 ELSE 0 END, $8"
    " FROM (SELECT count(*) AS busy FROM (SELECT 1 FROM inbox WHERE lane = $3 AND state = 'new'"
    " ORDER BY update_id LIMIT 1 /*share*/) h) w WHERE 1 = 1"
    " ON CONFLICT (bot_id, update_id) DO UPDATE SET lane = excluded.lane, kind = excluded.kind, body = excluded.body,"
    " state = 'new', due_at = excluded.due_at, lease_epoch = inbox.lease_epoch + 1, attempts = excluded.attempts,"
    " error = NULL, received_at = excluded.received_at WHERE inbox.state <> 'new' AND inbox.received_at < $9"
    " RETURNING update_id, lease_epoch, attempts";

constexpr sql::Text kPutPoison =
    "INSERT INTO inbox (bot_id, update_id, lane, kind, body, state, error, received_at)"
    " VALUES ($1, $2, 0, 'other', $3, 'poison', $5, $4) ON CONFLICT DO NOTHING";

// The empty text keeps PostgreSQL from the partial indexes of waiting rows. They look smallest to its planner, but hold
// a dead entry of every update that went through since the last vacuum.
constexpr char kClaimed[] = " WHERE bot_id = $1 AND update_id = $2 AND lease_epoch = $3 AND state || '' = 'new'";
// A handled update's text is nobody's any more, and a third of what the row's new version would write.
constexpr auto kDone = joined("UPDATE inbox SET state = 'done', body = ''", kClaimed);
constexpr auto kPoison = joined("UPDATE inbox SET state = 'poison', error = $4", kClaimed);
constexpr auto kRetry = joined("UPDATE inbox SET due_at = $4, error = $5", kClaimed);
constexpr auto kDefer = joined("UPDATE inbox SET due_at = $4, attempts = attempts - 1, error = $5", kClaimed);
constexpr auto kRenew = joined("UPDATE inbox SET due_at = $4", kClaimed);
constexpr auto kGiveBack = joined("UPDATE inbox SET due_at = $4, attempts = attempts - 1", kClaimed);

constexpr sql::Text kDeferred =
    "SELECT 1 FROM inbox WHERE lane = $1 AND state = 'new' AND error = $2 AND due_at > $3 LIMIT 1";
constexpr sql::Text kWake =
    "UPDATE inbox SET due_at = $3 WHERE lane = $1 AND state = 'new' AND error = $2 AND due_at > $3";
constexpr sql::Text kBehind =
    "SELECT kind, body FROM inbox WHERE lane = $1 AND state = 'new' AND update_id > $2 ORDER BY update_id LIMIT 1";
constexpr sql::Text kBody = "SELECT body FROM inbox WHERE bot_id = $1 AND update_id = $2";

const std::string_view kFlood = code_of(Errc::telegram_flood);

/// Negative, so that it meets no update id; the same bytes always get the same one.
std::int64_t poison_key(std::string_view body) {
  const auto digest = encoding::sha256(body);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    number = (number << 8U) | digest[i];
  }
  return -static_cast<std::int64_t>(number >> 2U) - 1;
}

sql::Statement insert_of(const UnitOfWork& unit, std::int64_t bot_id, const Update& update,
                         std::optional<Millis> lease) {
  const TimePoint due = unit.now() + lease.value_or(Millis(0));
  return sql::Statement(kPut, bot_id, update.update_id, update.lane, update.kind, update.body, due, lease ? 1 : 0,
                        unit.now(), unit.now() - kAnotherAfter);
}

Task<bool> other_body_kept(UnitOfWork& unit, std::int64_t bot_id, const Update& update) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kBody, bot_id, update.update_id));
  // The text of a handled one is gone.
  co_return !rows.empty() && !rows[0].text(0).empty() && rows[0].text(0) != update.body;
}

/// A head that waits for Telegram comes back at once when something stands behind it. In a unit of its own: of two that
/// hold a share of the head's row, neither could write it.
Task<bool> wake_deferred(UnitOfWork& unit, std::int64_t lane) {
  const sql::Rows waiting = co_await unit.read(sql::Statement(kDeferred, lane, kFlood, unit.now()));
  if (waiting.empty()) {
    co_return false;
  }
  co_await unit.at_once(sql::Statement(kWake, lane, kFlood, unit.now()));
  co_return true;
}

}  // namespace

Task<Intake> put(UnitOfWork& unit, std::int64_t bot_id, std::vector<Update> updates, std::optional<Millis> lease) {
  Intake intake;
  if (updates.empty()) {
    co_return intake;
  }
  std::ranges::sort(updates, {}, &Update::update_id);
  sql::Batch batch;
  batch.reserve(updates.size());
  for (const Update& update : updates) {
    batch.push_back({insert_of(unit, bot_id, update, lease), std::nullopt});
  }
  const sql::Rows rows = co_await unit.at_once(std::move(batch));
  std::size_t next = 0;  // the answers come in the order of the updates, without the duplicates
  for (Update& update : updates) {
    if (next == rows.size() || rows[next].i64(0) != update.update_id) {
      const bool other = co_await other_body_kept(unit, bot_id, update);
      ++intake.duplicates;
      intake.conflicting += other ? 1 : 0;
      continue;
    }
    const sql::Row row = rows[next++];
    if (row.i64(2) > 0) {
      intake.taken.push_back({bot_id, update.update_id, update.lane, std::move(update.kind), std::move(update.body),
                              row.i64(1), 1, unit.now()});
    } else {
      const bool woken = co_await wake_deferred(unit, update.lane);
      ++intake.waiting;
      intake.woken += woken ? 1 : 0;
    }
  }
  co_return intake;
}

Task<void> put_poison(UnitOfWork& unit, std::int64_t bot_id, std::string body, std::string why) {
  const std::int64_t key = poison_key(body);
  if (!utf8::is_valid(body) || body.contains('\0')) {
    // No engine's text holds such bytes.
    body = encoding::percent_encode(body);
  }
  co_await unit.at_once(sql::Statement(kPutPoison, bot_id, key, std::move(body), unit.now(), std::move(why)));
}

Task<std::vector<Taken>> claim(UnitOfWork& unit, std::int64_t bot_id, std::int64_t limit, Millis lease) {
  const sql::Rows rows =
      co_await unit.at_once(sql::Statement(kQueue.claim, unit.now() + lease, unit.now(), limit, bot_id));
  std::vector<Taken> taken;
  for (const sql::Row row : rows) {
    taken.push_back(
        {row.i64(0), row.i64(1), row.i64(2), row.text(3), row.text(4), row.i64(5), row.i64(6), row.time(7)});
  }
  std::ranges::sort(taken, {}, &Taken::update_id);  // RETURNING promises no order
  co_return taken;
}

Task<std::optional<Due>> next_due(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kQueue.next_due));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return Due{rows[0].time(0), rows[0].i64(1)};
}

Task<lane_queue::Backlog> backlog(UnitOfWork& unit) {
  co_return co_await lane_queue::backlog(unit, kQueue);
}

void done(UnitOfWork& unit, const Taken& update) {
  unit.write(sql::Statement(kDone.data(), update.bot_id, update.update_id, update.epoch));
  lane_queue::promote(unit, kQueue, update.lane);
}

void renew(UnitOfWork& unit, const Taken& update, Millis lease) {
  unit.write(sql::Statement(kRenew.data(), update.bot_id, update.update_id, update.epoch, unit.now() + lease));
}

void retry_later(UnitOfWork& unit, const Taken& update, Millis delay, std::string_view error) {
  unit.write(sql::Statement(kRetry.data(), update.bot_id, update.update_id, update.epoch, unit.now() + delay, error));
}

void defer(UnitOfWork& unit, const Taken& update, Millis delay, std::string_view error) {
  unit.write(sql::Statement(kDefer.data(), update.bot_id, update.update_id, update.epoch, unit.now() + delay, error));
}

void give_back(UnitOfWork& unit, const Taken& update) {
  unit.write_any(sql::Statement(kGiveBack.data(), update.bot_id, update.update_id, update.epoch, unit.now()));
}

void poison(UnitOfWork& unit, const Taken& update, std::string_view error) {
  unit.write(sql::Statement(kPoison.data(), update.bot_id, update.update_id, update.epoch, error));
  lane_queue::promote(unit, kQueue, update.lane);
}

Task<std::optional<Follower>> behind(UnitOfWork& unit, const Taken& update) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kBehind, update.lane, update.update_id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return Follower{rows[0].text(0), rows[0].text(1)};
}

Task<std::int64_t> mend(UnitOfWork& unit) {
  co_return co_await lane_queue::mend(unit, kQueue);
}

Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit) {
  co_return co_await lane_queue::sweep(unit, kQueue, before, limit);
}

}  // namespace aisha::stores::inbox
