// SPDX-License-Identifier: Apache-2.0
#include "stores/privacy/data_requests.hpp"

#include <array>
#include <utility>

#include "domain/enum_names.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::data_requests {
namespace {

constexpr std::array<std::string_view, 2> kKinds = {"export", "erase"};

constexpr char kColumns[] =
    "id, user_id, kind, chat_id, language, step, behind, part, parts, tally, next_at, lease_epoch, attempts,"
    " created_at, finished_at, error_code";
constexpr auto kFindOpen =
    joined("SELECT ", kColumns, " FROM data_requests WHERE user_id = $1 AND finished_at IS NULL");
constexpr auto kFind = joined("SELECT ", kColumns, " FROM data_requests WHERE id = $1");
constexpr sql::Text kOpen =
    "INSERT INTO data_requests (id, user_id, kind, chat_id, language, step, next_at, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT DO NOTHING";

constexpr sql::Text kWasErasing = "SELECT 1 FROM data_requests WHERE user_id = $1 AND kind = 'erase' LIMIT 1";

// A claim moves `next_at` to the end of its lease.
constexpr auto kClaim = joined(
    "UPDATE data_requests SET next_at = $2, lease_until = $2, lease_epoch = lease_epoch + 1, attempts = attempts + 1"
    " WHERE id IN (SELECT id FROM data_requests WHERE finished_at IS NULL AND kind = $4 AND next_at <= $1"
    " ORDER BY next_at LIMIT $3 /*skip locked*/) RETURNING ",
    kColumns);
constexpr sql::Text kNextDue =
    "SELECT next_at FROM data_requests WHERE finished_at IS NULL AND kind = $1 ORDER BY next_at LIMIT 1";

constexpr char kHeld[] = " WHERE id = $1 AND lease_epoch = $2 AND finished_at IS NULL";
constexpr auto kMove =
    joined("UPDATE data_requests SET step = $3, behind = $4, part = $5, parts = $6, tally = $7, next_at = $8,",
           " lease_until = $9, attempts = 0", kHeld);
constexpr auto kPutBack = joined("UPDATE data_requests SET next_at = $3, lease_until = $4", kHeld);
constexpr auto kFinish =
    joined("UPDATE data_requests SET step = $3, behind = $4, part = $5, parts = $6, tally = $7, finished_at = $8,",
           " lease_until = $9, error_code = $10, chat_id = NULL", kHeld);
// Whoever holds it loses it with the epoch.
constexpr sql::Text kStop =
    "UPDATE data_requests SET finished_at = $2, error_code = $3, chat_id = NULL, lease_until = $4, behind = NULL,"
    " tally = '{}', lease_epoch = lease_epoch + 1 WHERE id = $1 AND kind = 'export' AND finished_at IS NULL";

constexpr TimePoint kNobody{};

std::string_view text_of(Kind kind) {
  return domain::enum_names::text_of(kKinds, kind);
}

Request request_of(const sql::Row& row) {
  Request out;
  out.id = row.uuid(0);
  out.user_id = row.uuid(1);
  out.kind = domain::enum_names::value_of<Kind>(kKinds, row.text(2));
  out.chat_id = row.opt_i64(3);
  out.language = row.text(4);
  out.progress = {row.text(5), row.opt_uuid(6), row.i64(7), row.i64(8), row.text(9)};
  out.next_at = row.time(10);
  out.epoch = row.i64(11);
  out.attempts = row.i64(12);
  out.created_at = row.time(13);
  out.finished_at = row.opt_time(14);
  out.error_code = row.text(15);
  return out;
}

std::optional<Request> first_of(const sql::Rows& rows) {
  return rows.empty() ? std::nullopt : std::optional(request_of(rows[0]));
}

void move(UnitOfWork& unit, Request& request, TimePoint next_at, TimePoint lease_until) {
  const Progress& now = request.progress;
  unit.write(sql::Statement(kMove.data(), request.id, request.epoch, now.step, now.behind, now.part, now.parts,
                            now.tally, next_at, lease_until));
  request.next_at = next_at;
  request.attempts = 0;
}

}  // namespace

Task<Result<Request>> open(UnitOfWork& unit, Wish wish) {
  auto before = co_await find_open(unit, wish.user_id);
  if (before && before->kind == wish.kind) {
    co_return std::move(*before);
  }
  if (before && before->kind == Kind::erasing) {
    co_return fail(Errc::person_erasing);
  }
  if (before) {
    stop(unit, *before, code_of(Errc::person_erasing));
  }
  Request made;
  made.id = wish.id;
  made.user_id = wish.user_id;
  made.kind = wish.kind;
  made.chat_id = wish.chat_id;
  made.language = std::move(wish.language);
  made.progress.step = std::move(wish.step);
  made.next_at = unit.now();
  made.created_at = unit.now();
  unit.write(sql::Statement(kOpen, made.id, made.user_id, text_of(made.kind), made.chat_id, made.language,
                            made.progress.step, made.created_at));
  co_return made;
}

Task<std::optional<Request>> find_open(UnitOfWork& unit, Uuid owner) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFindOpen.data(), owner));
  co_return first_of(rows);
}

Task<std::optional<Request>> find(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind.data(), id));
  co_return first_of(rows);
}

Task<bool> was_erasing(UnitOfWork& unit, Uuid person) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kWasErasing, person));
  co_return !rows.empty();
}

Task<std::vector<Request>> claim(UnitOfWork& unit, Kind kind, std::int64_t limit, Millis lease) {
  const sql::Rows rows =
      co_await unit.at_once(sql::Statement(kClaim.data(), unit.now(), unit.now() + lease, limit, text_of(kind)));
  std::vector<Request> taken;
  for (const sql::Row row : rows) {
    taken.push_back(request_of(row));
  }
  co_return taken;
}

Task<std::optional<TimePoint>> next_due(UnitOfWork& unit, Kind kind) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNextDue, text_of(kind)));
  co_return rows.empty() ? std::nullopt : std::optional(rows[0].time(0));
}

void advance(UnitOfWork& unit, Request& request, Millis lease) {
  const TimePoint until = unit.now() + lease;
  move(unit, request, until, until);
}

void rest(UnitOfWork& unit, Request& request, Millis delay) {
  move(unit, request, unit.now() + delay, kNobody);
}

void put_back(UnitOfWork& unit, const Request& request, Millis delay) {
  unit.write(sql::Statement(kPutBack.data(), request.id, request.epoch, unit.now() + delay, kNobody));
}

void finish(UnitOfWork& unit, const Request& request, std::string_view error_code) {
  const Progress& now = request.progress;
  unit.write(sql::Statement(kFinish.data(), request.id, request.epoch, now.step, now.behind, now.part, now.parts,
                            now.tally, unit.now(), kNobody, sql::or_null(error_code)));
}

void stop(UnitOfWork& unit, const Request& request, std::string_view error_code) {
  unit.write(sql::Statement(kStop, request.id, unit.now(), error_code, kNobody));
}

}  // namespace aisha::stores::data_requests
