// SPDX-License-Identifier: Apache-2.0
#include "stores/bin/clears.hpp"

#include <array>
#include <string_view>

#include "domain/enum_names.hpp"
#include "stores/pictures/user_days.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::clears {
namespace {

constexpr std::array<std::string_view, 4> kStates = {"clearing", "cleared", "restoring", "restored"};

constexpr char kColumns[] = "id, user_id, keep, upto, state, pictures, restored, lease_epoch, behind_day, behind_id";
constexpr std::size_t kColumnCount = 10;
constexpr auto kBefore =
    joined("SELECT ", kColumns,
           ", days.live, (SELECT count(*) FROM user_saved_images WHERE user_id = $1 AND in_trash ="
           " false) FROM (SELECT coalesce(sum(d.pictures), 0) AS live FROM user_days d WHERE d.user_id = $1) days"
           " LEFT JOIN gallery_clears ON request_key = $2 AND user_id = $1");
constexpr auto kFind =
    joined("SELECT ", kColumns,
           ", (SELECT count(*) FROM generation_requests r WHERE r.deleted_batch = gallery_clears.id"
           " AND r.deleted_at = gallery_clears.upto AND r.purged_at IS NULL) FROM gallery_clears WHERE id = $1"
           " AND user_id = $2");
constexpr sql::Text kBegin =
    "INSERT INTO gallery_clears (id, user_id, request_key, keep, upto, behind_day, behind_id, state, lease_until,"
    " updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'clearing', $5, $5) ON CONFLICT (request_key) DO NOTHING";
constexpr sql::Text kBeginUndo =
    "UPDATE gallery_clears SET state = 'restoring', behind_day = $4, behind_id = $5, restored = 0, lease_until = $6,"
    " lease_epoch = lease_epoch + 1, updated_at = $6 WHERE id = $1 AND lease_epoch = $2 AND state = $3";

// The pictures of a clear that are still ahead of it.
constexpr char kAhead[] =
    " FROM generation_requests r WHERE r.user_id = $1 AND r.status = 'ready' AND r.deleted_at IS NULL"
    " AND (r.local_day, r.id) < ($2, $3) AND r.finished_at <= $4"
    " AND ($5 = false OR NOT EXISTS (SELECT 1 FROM user_saved_images s WHERE s.generation_request_id = r.id))"
    " ORDER BY r.local_day DESC, r.id DESC LIMIT $6";
constexpr auto kNextClear = joined("SELECT n.local_day, n.id, count(*) OVER () FROM (SELECT r.local_day, r.id", kAhead,
                                   ") n ORDER BY n.local_day, n.id LIMIT 1");
constexpr sql::Text kNextUndo =
    "SELECT n.local_day, n.id, count(*) OVER () FROM (SELECT r.local_day, r.id FROM generation_requests r"
    " WHERE r.deleted_batch = $1 AND r.deleted_at = $2 AND r.purged_at IS NULL AND (r.local_day, r.id) < ($3, $4)"
    " ORDER BY r.local_day DESC, r.id DESC LIMIT $5) n ORDER BY n.local_day, n.id LIMIT 1";

// A step: $1 the clear, $2 its moment, from ($5, $6) on and before ($3, $4).
constexpr char kOfStep[] =
    "deleted_batch = $1 AND deleted_at = $2 AND purged_at IS NULL AND (local_day, id) < ($3, $4)"
    " AND (local_day, id) >= ($5, $6)";
constexpr sql::Text kClear =
    "UPDATE generation_requests SET deleted_batch = $1, deleted_at = $2 WHERE user_id = $7 AND status = 'ready'"
    " AND deleted_at IS NULL AND (local_day, id) < ($3, $4) AND (local_day, id) >= ($5, $6) AND finished_at <= $2"
    " AND ($8 = false OR NOT EXISTS"
    " (SELECT 1 FROM user_saved_images s WHERE s.generation_request_id = generation_requests.id))";
constexpr auto kLock = joined("UPDATE generation_requests SET deleted_batch = deleted_batch WHERE ", kOfStep);
constexpr auto kRestore =
    joined("UPDATE generation_requests SET deleted_batch = NULL, deleted_at = NULL WHERE ", kOfStep);
constexpr auto kHide = joined(
    "UPDATE user_saved_images SET in_trash = true WHERE in_trash = false AND generation_request_id IN"
    " (SELECT id FROM generation_requests WHERE ",
    kOfStep, ")");
constexpr auto kShow = joined(
    "UPDATE user_saved_images SET in_trash = false WHERE in_trash = true AND generation_request_id IN"
    " (SELECT id FROM generation_requests WHERE ",
    kOfStep, ")");
constexpr auto kCleared =
    joined("UPDATE gallery_clears SET pictures = pictures + (SELECT count(*) FROM generation_requests WHERE ", kOfStep,
           "), behind_day = $5, behind_id = $6, state = $8, lease_until = $9, updated_at = $10"
           " WHERE id = $1 AND lease_epoch = $7 AND state = 'clearing'");
constexpr sql::Text kRestored =
    "UPDATE gallery_clears SET restored = restored + $2, behind_day = $3, behind_id = $4, state = $5, lease_until = $6,"
    " updated_at = $7 WHERE id = $1 AND lease_epoch = $8 AND state = 'restoring'";

constexpr auto kClaim = joined(
    "UPDATE gallery_clears SET lease_until = $2, lease_epoch = lease_epoch + 1 WHERE id IN (SELECT id FROM"
    " gallery_clears WHERE state IN ('clearing', 'restoring') AND lease_until <= $1 ORDER BY lease_until LIMIT $3"
    " /*skip locked*/) RETURNING ",
    kColumns);
constexpr sql::Text kNextDue =
    "SELECT lease_until FROM gallery_clears WHERE state IN ('clearing', 'restoring') ORDER BY lease_until LIMIT 1";

/// Before every picture.
requests::Cursor top() {
  requests::Cursor cursor{"9999-12-31", {}};
  cursor.id.bytes.fill(0xFF);
  return cursor;
}

std::string_view text_of(State state) {
  return domain::enum_names::text_of(kStates, state);
}

Clear clear_of(const sql::Row& row) {
  Clear clear;
  clear.id = row.uuid(0);
  clear.user_id = row.uuid(1);
  clear.keep = row.boolean(2);
  clear.upto = row.time(3);
  clear.state = domain::enum_names::value_of<State>(kStates, row.text(4));
  clear.pictures = row.i64(5);
  clear.restored = row.i64(6);
  clear.epoch = row.i64(7);
  clear.behind = {row.text(8), row.uuid(9)};
  return clear;
}

sql::Statement of_step(sql::Text text, const Clear& clear, const Step& step) {
  return sql::Statement(text, clear.id, clear.upto, clear.behind.local_day, clear.behind.id, step.last.local_day,
                        step.last.id);
}

void throw_away(UnitOfWork& unit, const Clear& clear, const Step& step, State state, TimePoint until) {
  const auto& [day, id] = clear.behind;
  const auto& [last_day, last] = step.last;
  unit.write_any(sql::Statement(kClear, clear.id, clear.upto, day, id, last_day, last, clear.user_id, clear.keep));
  unit.write(sql::Statement(kCleared.data(), clear.id, clear.upto, day, id, last_day, last, clear.epoch, text_of(state),
                            until, unit.now()));
  user_days::cleared(unit, {clear.id, clear.upto, clear.behind, step.last});
  unit.write_any(of_step(kHide.data(), clear, step));
}

/// The counters go by the rows before they are restored: those must still be as many as were read, and are locked
/// first.
void bring_back(UnitOfWork& unit, const Clear& clear, const Step& step, State state, TimePoint until) {
  unit.write(of_step(kLock.data(), clear, step), step.rows);
  user_days::uncleared(unit, {clear.id, clear.upto, clear.behind, step.last});
  unit.write_any(of_step(kShow.data(), clear, step));
  unit.write(of_step(kRestore.data(), clear, step), step.rows);
  unit.write(sql::Statement(kRestored, clear.id, step.rows, step.last.local_day, step.last.id, text_of(state), until,
                            unit.now(), clear.epoch));
}

}  // namespace

Task<Before> before(UnitOfWork& unit, Uuid owner, std::string request_key) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kBefore.data(), owner, std::move(request_key)));
  Before out;
  out.left = {rows[0].i64(kColumnCount), rows[0].i64(kColumnCount + 1)};
  if (!rows[0].is_null(0)) {
    out.made = clear_of(rows[0]);
  }
  co_return out;
}

Task<std::optional<Found>> find(UnitOfWork& unit, Uuid id, Uuid owner) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind.data(), id, owner));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return Found{clear_of(rows[0]), rows[0].i64(kColumnCount)};
}

Clear begin(UnitOfWork& unit, Uuid id, Uuid owner, bool keep, std::string_view request_key) {
  Clear clear;
  clear.id = id;
  clear.user_id = owner;
  clear.keep = keep;
  clear.upto = unit.now();
  clear.behind = top();
  unit.write(
      sql::Statement(kBegin, clear.id, owner, request_key, keep, clear.upto, clear.behind.local_day, clear.behind.id));
  return clear;
}

void begin_undo(UnitOfWork& unit, Clear& clear) {
  const requests::Cursor start = top();
  unit.write(
      sql::Statement(kBeginUndo, clear.id, clear.epoch, text_of(clear.state), start.local_day, start.id, unit.now()));
  clear.state = State::restoring;
  clear.behind = start;
  clear.restored = 0;
  ++clear.epoch;
}

Task<Step> next(UnitOfWork& unit, Clear clear, std::int64_t limit) {
  sql::Statement statement(kNextUndo, clear.id, clear.upto, clear.behind.local_day, clear.behind.id, limit);
  if (clear.state == State::clearing) {
    statement = sql::Statement(kNextClear.data(), clear.user_id, clear.behind.local_day, clear.behind.id, clear.upto,
                               clear.keep, limit);
  }
  const sql::Rows rows = co_await unit.read(std::move(statement));
  if (rows.empty()) {
    co_return Step{clear.behind, 0, true};
  }
  const std::int64_t found = rows[0].i64(2);
  co_return Step{{rows[0].text(0), rows[0].uuid(1)}, found, found < limit};
}

void take(UnitOfWork& unit, Clear& clear, const Step& step, Millis lease) {
  const bool forth = clear.state == State::clearing;
  const State then = step.ends ? (forth ? State::cleared : State::restored) : clear.state;
  const TimePoint until = unit.now() + lease;
  if (forth) {
    throw_away(unit, clear, step, then, until);
    clear.pictures += step.rows;
  } else {
    bring_back(unit, clear, step, then, until);
    clear.restored += step.rows;
  }
  clear.state = then;
  clear.behind = step.last;
}

Task<std::vector<Clear>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kClaim.data(), unit.now(), unit.now() + lease, limit));
  std::vector<Clear> out;
  for (const sql::Row row : rows) {
    out.push_back(clear_of(row));
  }
  co_return out;
}

Task<std::optional<TimePoint>> next_due(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNextDue));
  co_return rows.empty() ? std::nullopt : std::optional(rows[0].time(0));
}

}  // namespace aisha::stores::clears
