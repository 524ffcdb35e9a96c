// SPDX-License-Identifier: Apache-2.0
#include "stores/queue/inbox_rows.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::stores::inbox {
namespace {

// The lease is given on arrival when nobody of the lane waits, which saves the claim of the common case.
constexpr sql::Text kPut =
    "INSERT INTO inbox (update_id, lane, body, lease_until, lease_epoch, attempts, next_at, received_at)"
    " SELECT $1, $2, $3, CASE WHEN w.busy = 1 THEN $4 ELSE $5 END, CASE WHEN w.busy = 1 THEN 0 ELSE 1 END,"
    " CASE WHEN w.busy = 1 THEN 0 ELSE 1 END, $6, $6"
    " FROM (SELECT CASE WHEN EXISTS (SELECT 1 FROM inbox WHERE lane = $2 AND state = 'new') THEN 1 ELSE 0 END AS busy) "
    "w"
    " WHERE 1 = 1 ON CONFLICT DO NOTHING RETURNING update_id, lease_epoch";

constexpr sql::Text kPutAside =
    "INSERT INTO inbox (update_id, lane, body, lease_until, next_at, received_at) VALUES ($1, $2, $3, $4, $5, $5)"
    " ON CONFLICT DO NOTHING RETURNING update_id, lease_epoch";

constexpr sql::Text kClaim =
    "UPDATE inbox SET lease_until = $1, lease_epoch = lease_epoch + 1, attempts = attempts + 1"
    " WHERE update_id IN (SELECT i.update_id FROM inbox i WHERE i.state = 'new' AND i.next_at <= $2"
    " AND i.lease_until <= $2 AND NOT EXISTS (SELECT 1 FROM inbox p WHERE p.lane = i.lane AND p.state = 'new'"
    " AND p.update_id < i.update_id) ORDER BY i.update_id LIMIT $3 /*skip locked*/)"
    " RETURNING update_id, lane, body, lease_epoch, attempts, received_at";

constexpr sql::Text kNextDue =
    "SELECT min(CASE WHEN i.next_at > i.lease_until THEN i.next_at ELSE i.lease_until END) FROM inbox i"
    " WHERE i.state = 'new' AND NOT EXISTS (SELECT 1 FROM inbox p WHERE p.lane = i.lane AND p.state = 'new'"
    " AND p.update_id < i.update_id)";

constexpr sql::Text kPutPoison =
    "INSERT INTO inbox (update_id, lane, body, state, next_at, error, received_at)"
    " VALUES ($1, 0, $2, 'poison', $3, $4, $3) ON CONFLICT DO NOTHING";

constexpr sql::Text kDone =
    "UPDATE inbox SET state = 'done' WHERE update_id = $1 AND lease_epoch = $2 AND state = 'new'";
constexpr sql::Text kRetry =
    "UPDATE inbox SET next_at = $3, lease_until = $3, error = $4"
    " WHERE update_id = $1 AND lease_epoch = $2 AND state = 'new'";
constexpr sql::Text kRenew =
    "UPDATE inbox SET lease_until = $3 WHERE update_id = $1 AND lease_epoch = $2 AND state = 'new'";
constexpr sql::Text kDefer =
    "UPDATE inbox SET next_at = $3, lease_until = $3, attempts = attempts - 1, error = $4"
    " WHERE update_id = $1 AND lease_epoch = $2 AND state = 'new'";
constexpr sql::Text kDeferred =
    "SELECT 1 FROM inbox WHERE lane = $1 AND state = 'new' AND error = $2 AND next_at > $3 LIMIT 1";
constexpr sql::Text kWake =
    "UPDATE inbox SET next_at = $3, lease_until = $3"
    " WHERE lane = $1 AND state = 'new' AND error = $2 AND next_at > $3";
constexpr sql::Text kBehind =
    "SELECT body FROM inbox WHERE lane = $1 AND state = 'new' AND update_id > $2 ORDER BY update_id LIMIT 1";
constexpr sql::Text kGiveBack =
    "UPDATE inbox SET lease_until = $3, attempts = attempts - 1"
    " WHERE update_id = $1 AND lease_epoch = $2 AND state = 'new'";
constexpr sql::Text kPoison =
    "UPDATE inbox SET state = 'poison', error = $3 WHERE update_id = $1 AND lease_epoch = $2 AND state = 'new'";
constexpr sql::Text kSweep = "DELETE FROM inbox WHERE state <> 'new' AND received_at < $1";
constexpr sql::Text kBacklog = "SELECT count(*), min(received_at) FROM inbox WHERE state = 'new'";
constexpr sql::Text kBody = "SELECT body FROM inbox WHERE update_id = $1";

/// Negative, so that it meets no update id; the same bytes always get the same one.
const std::string_view kFlood = code_of(Errc::telegram_flood);

std::int64_t poison_key(std::string_view body) {
  const auto digest = encoding::sha256(body);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    number = (number << 8U) | digest[i];
  }
  return -static_cast<std::int64_t>(number >> 2U) - 1;
}

sql::Statement insert_of(const UnitOfWork& unit, const Update& update, std::optional<Millis> lease) {
  const TimePoint free = from_epoch_ms(0);
  return lease ? sql::Statement(kPut, update.update_id, update.lane, update.body, free, unit.now() + *lease, unit.now())
               : sql::Statement(kPutAside, update.update_id, update.lane, update.body, free, unit.now());
}

Task<bool> other_body_kept(UnitOfWork& unit, const Update& update) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kBody, update.update_id));
  co_return !rows.empty() && rows[0].text(0) != update.body;
}

/// A head that waits for Telegram comes back at once when something stands behind it.
Task<void> wake_deferred(UnitOfWork& unit, std::int64_t lane) {
  const sql::Rows waiting = co_await unit.read(sql::Statement(kDeferred, lane, kFlood, unit.now()));
  if (!waiting.empty()) {
    sql::Batch batch;
    batch.push_back({sql::Statement(kWake, lane, kFlood, unit.now()), std::nullopt});
    co_await unit.at_once(std::move(batch));
  }
}

}  // namespace

Task<Intake> put(UnitOfWork& unit, std::vector<Update> updates, std::optional<Millis> lease) {
  Intake intake;
  if (updates.empty()) {
    co_return intake;
  }
  std::ranges::sort(updates, {}, &Update::update_id);
  sql::Batch batch;
  batch.reserve(updates.size());
  for (const Update& update : updates) {
    batch.push_back({insert_of(unit, update, lease), std::nullopt});
  }
  const sql::Rows rows = co_await unit.at_once(std::move(batch));
  std::size_t next = 0;  // the answers come in the order of the updates, without the duplicates
  for (Update& update : updates) {
    if (next == rows.size() || rows[next].i64(0) != update.update_id) {
      const bool other = co_await other_body_kept(unit, update);
      ++intake.duplicates;
      intake.conflicting += other ? 1 : 0;
      continue;
    }
    if (const std::int64_t epoch = rows[next++].i64(1); epoch > 0) {
      intake.taken.push_back({update.update_id, update.lane, std::move(update.body), epoch, 1, unit.now()});
    } else {
      ++intake.waiting;
      co_await wake_deferred(unit, update.lane);
    }
  }
  co_return intake;
}

Task<void> put_poison(UnitOfWork& unit, std::string body, std::string why) {
  const std::int64_t key = poison_key(body);
  if (!domain::is_valid_utf8(body) || body.contains('\0')) {
    // No engine's text holds such bytes.
    body = encoding::percent_encode(body);
  }
  sql::Batch batch;
  batch.push_back({sql::Statement(kPutPoison, key, std::move(body), unit.now(), std::move(why)), std::nullopt});
  co_await unit.at_once(std::move(batch));
}

Task<std::vector<Taken>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease) {
  sql::Batch batch;
  batch.push_back({sql::Statement(kClaim, unit.now() + lease, unit.now(), limit), std::nullopt});
  const sql::Rows rows = co_await unit.at_once(std::move(batch));
  std::vector<Taken> taken;
  for (const sql::Row row : rows) {
    taken.push_back({row.i64(0), row.i64(1), row.text(2), row.i64(3), row.i64(4), row.time(5)});
  }
  std::ranges::sort(taken, {}, &Taken::update_id);  // RETURNING promises no order
  co_return taken;
}

Task<std::optional<TimePoint>> next_due(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNextDue));
  co_return rows[0].opt_time(0);
}

Task<Backlog> backlog(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kBacklog).scan());
  Backlog found;
  found.waiting = rows[0].i64(0);
  found.oldest = rows[0].opt_time(1);
  co_return found;
}

void done(UnitOfWork& unit, const Taken& update) {
  unit.write(sql::Statement(kDone, update.update_id, update.epoch));
}

void renew(UnitOfWork& unit, const Taken& update, Millis lease) {
  unit.write(sql::Statement(kRenew, update.update_id, update.epoch, unit.now() + lease));
}

void retry_later(UnitOfWork& unit, const Taken& update, Millis delay, std::string_view error) {
  unit.write(sql::Statement(kRetry, update.update_id, update.epoch, unit.now() + delay, error));
}

void defer(UnitOfWork& unit, const Taken& update, Millis delay, std::string_view error) {
  unit.write(sql::Statement(kDefer, update.update_id, update.epoch, unit.now() + delay, error));
}

Task<std::optional<std::string>> behind(UnitOfWork& unit, std::int64_t lane, std::int64_t update_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kBehind, lane, update_id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return rows[0].text(0);
}

void give_back(UnitOfWork& unit, const Taken& update) {
  unit.write_any(sql::Statement(kGiveBack, update.update_id, update.epoch, from_epoch_ms(0)));
}

void poison(UnitOfWork& unit, const Taken& update, std::string_view error) {
  unit.write(sql::Statement(kPoison, update.update_id, update.epoch, error));
}

void sweep(UnitOfWork& unit, TimePoint before) {
  unit.write_any(sql::Statement(kSweep, before));
}

}  // namespace aisha::stores::inbox
