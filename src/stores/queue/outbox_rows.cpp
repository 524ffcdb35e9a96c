// SPDX-License-Identifier: Apache-2.0
#include "stores/queue/outbox_rows.hpp"

#include <algorithm>
#include <utility>

namespace aisha::stores::outbox {
namespace {

struct OutboxTable {
  static constexpr char kTable[] = "outbox";
  static constexpr char kKey[] = "id";
  static constexpr char kId[] = "id";
  static constexpr char kOrder[] = "seq";
  static constexpr char kOpen[] = "done_at IS NULL";
  static constexpr char kTaken[] =
      "state = 'sending', maybe_sent = maybe_sent + CASE WHEN state = 'sending' THEN 1 ELSE 0 END";
  static constexpr char kScope[] = "";
  static constexpr char kInnerScope[] = "";
  static constexpr char kReturning[] =
      "id, lane, seq, kind, ref, detail, idempotent, attempts, maybe_sent, lease_epoch, created_at";
  static constexpr char kNext[] = "due_at";
  static constexpr char kPromoted[] = "CASE WHEN next_at > $2 THEN next_at ELSE $2 END";
  static constexpr char kSince[] = "created_at";
  static constexpr char kOver[] = "state IN ('sent', 'dead')";
  static constexpr char kOverSince[] = "done_at";
};
constexpr lane_queue::Texts kQueue = lane_queue::texts<OutboxTable>();

// Counting the lane up locks the chat's row on engines with row locks: numbers are taken in the order of the commits.
constexpr sql::Text kNumber = "UPDATE chats SET out_seq = out_seq + 1 WHERE chat_id = $1";
constexpr sql::Text kEnqueue =
    "INSERT INTO outbox (id, dedupe_key, lane, seq, kind, ref, detail, idempotent, next_at, due_at, created_at)"
    " SELECT $1, $2, c.chat_id, c.out_seq, $3, $4, $5, $6, $7, CASE WHEN w.busy = 0 THEN $7 END, $8"
    " FROM (SELECT count(*) AS busy FROM (SELECT 1 FROM outbox WHERE lane = $9 AND done_at IS NULL"
    " ORDER BY seq LIMIT 1 /*share*/) h) w, chats c WHERE c.chat_id = $9"
    " ON CONFLICT (dedupe_key) DO NOTHING";
// The one that waits is held until the commit: whoever sends it reads what this unit writes.
constexpr sql::Text kEnqueueUnlessWaiting =
    "INSERT INTO outbox (id, dedupe_key, lane, seq, kind, ref, detail, idempotent, next_at, due_at, created_at)"
    " SELECT $1, $2, c.chat_id, c.out_seq, $3, $4, $5, $6, $7, CASE WHEN w.busy = 0 THEN $7 END, $8"
    " FROM (SELECT count(*) AS busy FROM (SELECT 1 FROM outbox WHERE lane = $9 AND done_at IS NULL"
    " ORDER BY seq LIMIT 1 /*share*/) h) w,"
    " (SELECT count(*) AS waiting FROM (SELECT 1 FROM outbox WHERE lane = $9 AND done_at IS NULL AND kind = $3"
    " AND ref = $4 AND detail = $5 AND state = 'pending' LIMIT 1 /*share*/) s) q, chats c"
    " WHERE c.chat_id = $9 AND q.waiting = 0 ON CONFLICT (dedupe_key) DO NOTHING";
constexpr sql::Text kEnqueueAtEnd =
    "INSERT INTO outbox (id, dedupe_key, lane, seq, kind, ref, detail, idempotent, next_at, due_at, created_at)"
    " SELECT $1, $2, c.chat_id, c.out_seq, $3, $4, $5, $6, $7, CASE WHEN w.busy = 0 THEN $7 END, $8"
    " FROM (SELECT count(*) AS busy FROM (SELECT 1 FROM outbox WHERE lane = $9 AND done_at IS NULL"
    " ORDER BY seq LIMIT 1 /*share*/) h) w, chats c, batches b"
    " WHERE c.chat_id = $9 AND b.id = $10 AND b.open = 0 ON CONFLICT (dedupe_key) DO NOTHING";
constexpr sql::Text kFarewell =
    "INSERT INTO outbox (id, dedupe_key, lane, seq, kind, ref, detail, idempotent, next_at, due_at, created_at)"
    " VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $8, $9) ON CONFLICT DO NOTHING";
constexpr sql::Text kDropFarewell = "DELETE FROM outbox WHERE id = $1 AND lease_epoch = $2 AND state = 'sending'";
constexpr sql::Text kSent =
    "UPDATE outbox SET state = 'sent', remote_id = $3, done_at = $4"
    " WHERE id = $1 AND lease_epoch = $2 AND state = 'sending'";
constexpr sql::Text kRetry =
    "UPDATE outbox SET state = 'pending', next_at = $3, due_at = $3, maybe_sent = maybe_sent + $4"
    " WHERE id = $1 AND lease_epoch = $2 AND state = 'sending'";
constexpr sql::Text kSendInstead =
    "UPDATE outbox SET state = 'pending', idempotent = false, maybe_sent = 0, next_at = $3, due_at = $3"
    " WHERE id = $1 AND lease_epoch = $2 AND state = 'sending'";
constexpr sql::Text kDead =
    "UPDATE outbox SET state = 'dead', error = $3, done_at = $4"
    " WHERE id = $1 AND lease_epoch = $2 AND state = 'sending'";
constexpr sql::Text kPark =
    "UPDATE outbox SET state = 'parked', error = $3, done_at = $4"
    " WHERE id = $1 AND lease_epoch = $2 AND state = 'sending'";
constexpr sql::Text kParked =
    "SELECT id, kind, ref, detail, idempotent, dedupe_key FROM outbox WHERE lane = $1 AND state = 'parked'"
    " ORDER BY seq LIMIT $2";
constexpr sql::Text kCountParked = "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'parked' LIMIT 10001) n";
constexpr sql::Text kEndParked =
    "UPDATE outbox SET state = 'dead', error = 'told again', done_at = $2 WHERE id = $1 AND state = 'parked'";
constexpr sql::Text kPrepare =
    "UPDATE outbox SET state = 'pending', due_at = $3 WHERE id = $1 AND lease_epoch = $2 AND state = 'sending'";
constexpr sql::Text kBegin =
    "UPDATE outbox SET state = 'sending', due_at = $3 WHERE id = $1 AND lease_epoch = $2 AND done_at IS NULL";
constexpr sql::Text kFate = "SELECT state, error FROM outbox WHERE dedupe_key = $1";
constexpr sql::Text kHas = "SELECT 1 FROM outbox WHERE dedupe_key = $1";

/// A farewell leaves nothing behind, whatever became of it.
sql::Statement ended(const Taken& message, sql::Statement otherwise) {
  return message.seq == 0 ? sql::Statement(kDropFarewell, message.id, message.epoch) : std::move(otherwise);
}

}  // namespace

void enqueue(UnitOfWork& unit, const Message& message) {
  unit.write(sql::Statement(kNumber, message.lane));
  if (message.ends_batch) {
    unit.write_any(sql::Statement(kEnqueueAtEnd, unit.new_id(), message.dedupe_key, message.kind, message.ref,
                                  message.detail, message.idempotent, unit.now() + message.delay, unit.now(),
                                  message.lane, *message.ends_batch));
    return;
  }
  const sql::Text text = message.unless_waiting ? kEnqueueUnlessWaiting : kEnqueue;
  unit.write_any(sql::Statement(text, unit.new_id(), message.dedupe_key, message.kind, message.ref, message.detail,
                                message.idempotent, unit.now() + message.delay, unit.now(), message.lane));
}

void enqueue_farewell(UnitOfWork& unit, const Message& message) {
  unit.write_any(sql::Statement(kFarewell, unit.new_id(), message.dedupe_key, message.lane, message.kind, message.ref,
                                message.detail, message.idempotent, unit.now() + message.delay, unit.now()));
}

Task<std::vector<Taken>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kQueue.claim, unit.now() + lease, unit.now(), limit));
  std::vector<Taken> taken;
  for (const sql::Row row : rows) {
    Taken message;
    message.id = row.uuid(0);
    message.lane = row.i64(1);
    message.seq = row.i64(2);
    message.kind = row.text(3);
    message.ref = row.text(4);
    message.detail = row.text(5);
    message.idempotent = row.boolean(6);
    message.attempts = row.i64(7);
    message.maybe_sent = row.i64(8);
    message.epoch = row.i64(9);
    message.created_at = row.time(10);
    taken.push_back(std::move(message));
  }
  std::ranges::sort(taken, {}, [](const Taken& m) { return std::pair(m.created_at, m.id); });
  co_return taken;
}

Task<std::optional<TimePoint>> next_due(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kQueue.next_due));
  co_return rows.empty() ? std::nullopt : std::optional(rows[0].time(0));
}

void prepare(UnitOfWork& unit, const Taken& message, Millis lease) {
  unit.write(sql::Statement(kPrepare, message.id, message.epoch, unit.now() + lease));
}

void begin(UnitOfWork& unit, const Taken& message, Millis lease) {
  unit.write(sql::Statement(kBegin, message.id, message.epoch, unit.now() + lease));
}

void sent(UnitOfWork& unit, const Taken& message, std::int64_t remote_id) {
  unit.write(ended(message, sql::Statement(kSent, message.id, message.epoch, remote_id, unit.now())));
  lane_queue::promote(unit, kQueue, message.lane);
}

void retry(UnitOfWork& unit, const Taken& message, Millis delay, bool outcome_unknown) {
  unit.write(sql::Statement(kRetry, message.id, message.epoch, unit.now() + delay, outcome_unknown ? 1 : 0));
}

void send_instead(UnitOfWork& unit, const Taken& message) {
  unit.write(sql::Statement(kSendInstead, message.id, message.epoch, unit.now()));
}

void dead(UnitOfWork& unit, const Taken& message, std::string_view error) {
  unit.write(ended(message, sql::Statement(kDead, message.id, message.epoch, error, unit.now())));
  lane_queue::promote(unit, kQueue, message.lane);
}

void park(UnitOfWork& unit, const Taken& message, std::string_view error) {
  unit.write(ended(message, sql::Statement(kPark, message.id, message.epoch, error, unit.now())));
  lane_queue::promote(unit, kQueue, message.lane);
}

Task<std::vector<Parked>> parked(UnitOfWork& unit, std::int64_t lane, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kParked, lane, limit));
  std::vector<Parked> out;
  for (const sql::Row row : rows) {
    Parked message;
    message.id = row.uuid(0);
    message.kind = row.text(1);
    message.ref = row.text(2);
    message.detail = row.text(3);
    message.idempotent = row.boolean(4);
    message.dedupe_key = row.text(5);
    out.push_back(std::move(message));
  }
  co_return out;
}

Task<std::int64_t> count_parked(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kCountParked).scan());
  co_return rows[0].i64(0);
}

void end_parked(UnitOfWork& unit, const Uuid& id) {
  unit.write(sql::Statement(kEndParked, id, unit.now()));
}

Task<bool> has(UnitOfWork& unit, std::string dedupe_key) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kHas, std::move(dedupe_key)));
  co_return !rows.empty();
}

Task<std::optional<Fate>> fate(UnitOfWork& unit, std::string dedupe_key) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFate, std::move(dedupe_key)));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  const std::string& state = rows[0].text(0);
  co_return Fate{state != "pending" && state != "sending", state == "sent", rows[0].text(1)};
}

Task<lane_queue::Backlog> backlog(UnitOfWork& unit) {
  co_return co_await lane_queue::backlog(unit, kQueue);
}

Task<std::int64_t> mend(UnitOfWork& unit) {
  co_return co_await lane_queue::mend(unit, kQueue);
}

Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit) {
  co_return co_await lane_queue::sweep(unit, kQueue, before, limit);
}

}  // namespace aisha::stores::outbox
