// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/audit.hpp"

#include <fmt/format.h>

#include <iterator>

#include "stores/ledger/invariants.hpp"

namespace aisha::stores::audit {
namespace {

constexpr sql::Text kLateJobs =
    "SELECT id, status, deadline_at FROM jobs WHERE finished_at IS NULL AND deadline_at < $1 ORDER BY id";
constexpr sql::Text kLateMessages =
    "SELECT id, kind, created_at FROM outbox WHERE done_at IS NULL AND created_at < $1 ORDER BY id";
constexpr sql::Text kLostKeys =
    "SELECT k.request_key FROM request_keys k WHERE NOT EXISTS"
    " (SELECT 1 FROM generation_requests g WHERE g.id = k.request_id) ORDER BY k.request_key";
constexpr sql::Text kIllegalSteps =
    "SELECT g.id, g.prev_status, g.status FROM jobs g WHERE NOT EXISTS (SELECT 1 FROM job_transition t"
    " WHERE t.from_status = g.prev_status AND t.to_status = g.status) ORDER BY g.id";
constexpr sql::Text kTries =
    "SELECT g.id, g.attempt, (SELECT count(*) FROM provider_attempt a WHERE a.job_id = g.id),"
    " (SELECT coalesce(max(a.attempt_no), 0) FROM provider_attempt a WHERE a.job_id = g.id)"
    " FROM jobs g ORDER BY g.id";
constexpr sql::Text kNameless =
    "SELECT a.id, a.state FROM provider_attempt a WHERE a.state IN ('accepted', 'ok') AND a.request_id IS NULL"
    " ORDER BY a.id";
constexpr sql::Text kRunningWithout =
    "SELECT g.id, g.status FROM jobs g WHERE g.status = 'running' AND NOT EXISTS"
    " (SELECT 1 FROM provider_attempt a WHERE a.job_id = g.id AND a.request_id IS NOT NULL) ORDER BY g.id";
constexpr sql::Text kPictures =
    "SELECT id, object_key, sha256, bytes FROM generation_requests WHERE object_key IS NOT NULL AND id > $1"
    " ORDER BY id LIMIT $2";

using Found = std::vector<std::string>;

Task<void> check_waiting(UnitOfWork& unit, const Rules& rules, Found& found) {
  const sql::Rows jobs = co_await unit.read(sql::Statement(kLateJobs, unit.now() - rules.patience).scan());
  for (const sql::Row row : jobs) {
    found.push_back(fmt::format("I9 job {} is {} since its deadline, {}", row.uuid(0).to_string(), row.text(1),
                                to_iso8601(row.time(2))));
  }
  const sql::Rows messages = co_await unit.read(sql::Statement(kLateMessages, unit.now() - rules.longest_wait).scan());
  for (const sql::Row row : messages) {
    found.push_back(fmt::format("I9 message {} {}: untold since {}", row.uuid(0).to_string(), row.text(1),
                                to_iso8601(row.time(2))));
  }
}

Task<void> check_steps(UnitOfWork& unit, Found& found) {
  const sql::Rows lost = co_await unit.read(sql::Statement(kLostKeys).scan());
  for (const sql::Row row : lost) {
    found.push_back(fmt::format("I10 {}: its request is gone", row.text(0)));
  }
  const sql::Rows illegal = co_await unit.read(sql::Statement(kIllegalSteps).scan());
  for (const sql::Row row : illegal) {
    found.push_back(fmt::format("I11 job {}: from {} to {}", row.uuid(0).to_string(), row.text(1), row.text(2)));
  }
  const sql::Rows tries = co_await unit.read(sql::Statement(kTries).scan());
  for (const sql::Row row : tries) {
    if (row.i64(1) != row.i64(2) || row.i64(1) != row.i64(3)) {
      found.push_back(fmt::format("I11 job {}: {} tries, {} written down, the last is number {}",
                                  row.uuid(0).to_string(), row.i64(1), row.i64(2), row.i64(3)));
    }
  }
}

Task<void> check_provider(UnitOfWork& unit, Found& found) {
  const sql::Rows nameless = co_await unit.read(sql::Statement(kNameless).scan());
  for (const sql::Row row : nameless) {
    found.push_back(fmt::format("I12 attempt {} {}: no request", row.uuid(0).to_string(), row.text(1)));
  }
  const sql::Rows running = co_await unit.read(sql::Statement(kRunningWithout).scan());
  for (const sql::Row row : running) {
    found.push_back(fmt::format("I12 job {} {}: no request", row.uuid(0).to_string(), row.text(1)));
  }
}

}  // namespace

Task<std::vector<std::string>> violations(UnitOfWork& unit, Rules rules) {
  Found found = co_await ledger::check_invariants(unit, unit.now() - rules.kept_for);
  co_await check_waiting(unit, rules, found);
  co_await check_steps(unit, found);
  co_await check_provider(unit, found);
  co_return found;
}

Task<std::vector<StoredPicture>> pictures_after(UnitOfWork& unit, Uuid last, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kPictures, last, limit).scan());
  std::vector<StoredPicture> out;
  for (const sql::Row row : rows) {
    out.push_back({row.uuid(0), row.text(1), row.text(2), row.i64(3)});
  }
  co_return out;
}

}  // namespace aisha::stores::audit
