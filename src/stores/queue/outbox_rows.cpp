// SPDX-License-Identifier: Apache-2.0
#include "stores/queue/outbox_rows.hpp"

#include <algorithm>
#include <utility>

namespace aisha::stores::outbox {
namespace {

// Counting the lane up locks the chat's row on engines with row locks: numbers are taken in the order of the commits.
constexpr sql::Text kNumber = "UPDATE chats SET out_seq = out_seq + 1 WHERE chat_id = $1";
constexpr sql::Text kEnqueue =
    "INSERT INTO outbox (id, dedupe_key, lane, seq, kind, ref, detail, idempotent, next_at, created_at)"
    " SELECT $1, $2, c.chat_id, c.out_seq, $3, $4, $5, $6, $7, $8 FROM chats c WHERE c.chat_id = $9"
    " ON CONFLICT (dedupe_key) DO NOTHING";
constexpr sql::Text kClaim =
    "UPDATE outbox SET state = 'sending', attempts = attempts + 1,"
    " maybe_sent = maybe_sent + CASE WHEN state = 'sending' THEN 1 ELSE 0 END,"
    " lease_until = $1, lease_epoch = lease_epoch + 1"
    " WHERE id IN (SELECT o.id FROM outbox o WHERE o.done_at IS NULL AND o.next_at <= $2 AND o.lease_until <= $2"
    " AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.lane = o.lane AND p.done_at IS NULL AND p.seq < o.seq)"
    " ORDER BY o.next_at, o.id LIMIT $3 /*skip locked*/)"
    " RETURNING id, lane, seq, kind, ref, detail, idempotent, attempts, maybe_sent, lease_epoch, created_at";
constexpr sql::Text kNextDue =
    "SELECT min(CASE WHEN o.next_at > o.lease_until THEN o.next_at ELSE o.lease_until END) FROM outbox o"
    " WHERE o.done_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.lane = o.lane AND p.done_at IS NULL AND p.seq < o.seq)";
constexpr sql::Text kSent =
    "UPDATE outbox SET state = 'sent', remote_id = $3, done_at = $4, lease_until = $5"
    " WHERE id = $1 AND lease_epoch = $2 AND state = 'sending'";
constexpr sql::Text kRetry =
    "UPDATE outbox SET state = 'pending', next_at = $3, lease_until = $4, maybe_sent = maybe_sent + $5"
    " WHERE id = $1 AND lease_epoch = $2 AND state = 'sending'";
constexpr sql::Text kDead =
    "UPDATE outbox SET state = 'dead', error = $3, done_at = $4, lease_until = $5"
    " WHERE id = $1 AND lease_epoch = $2 AND state = 'sending'";
constexpr sql::Text kHas = "SELECT 1 FROM outbox WHERE dedupe_key = $1";
constexpr sql::Text kBacklog = "SELECT count(*), min(created_at) FROM outbox WHERE done_at IS NULL";
constexpr sql::Text kSweep = "DELETE FROM outbox WHERE done_at IS NOT NULL AND done_at < $1";

}  // namespace

void enqueue(UnitOfWork& unit, const Message& message) {
  unit.write(sql::Statement(kNumber, message.lane));
  unit.write_any(sql::Statement(kEnqueue, unit.new_id(), message.dedupe_key, message.kind, message.ref, message.detail,
                                message.idempotent, unit.now() + message.delay, unit.now(), message.lane));
}

Task<std::vector<Taken>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease) {
  sql::Batch batch;
  batch.push_back({sql::Statement(kClaim, unit.now() + lease, unit.now(), limit), std::nullopt});
  const sql::Rows rows = co_await unit.at_once(std::move(batch));
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
  const sql::Rows rows = co_await unit.read(sql::Statement(kNextDue));
  co_return rows[0].opt_time(0);
}

void sent(UnitOfWork& unit, const Taken& message, std::int64_t remote_id) {
  unit.write(sql::Statement(kSent, message.id, message.epoch, remote_id, unit.now(), from_epoch_ms(0)));
}

void retry(UnitOfWork& unit, const Taken& message, Millis delay, bool outcome_unknown) {
  unit.write(
      sql::Statement(kRetry, message.id, message.epoch, unit.now() + delay, from_epoch_ms(0), outcome_unknown ? 1 : 0));
}

void dead(UnitOfWork& unit, const Taken& message, std::string_view error) {
  unit.write(sql::Statement(kDead, message.id, message.epoch, error, unit.now(), from_epoch_ms(0)));
}

Task<bool> has(UnitOfWork& unit, std::string dedupe_key) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kHas, std::move(dedupe_key)));
  co_return !rows.empty();
}

Task<Backlog> backlog(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kBacklog).scan());
  Backlog found;
  found.waiting = rows[0].i64(0);
  found.oldest = rows[0].opt_time(1);
  co_return found;
}

void sweep(UnitOfWork& unit, TimePoint before) {
  unit.write_any(sql::Statement(kSweep, before));
}

}  // namespace aisha::stores::outbox
