// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/attempts.hpp"

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::attempts {
namespace {

constexpr sql::Text kPrepare =
    "INSERT INTO provider_attempt (id, job_id, attempt_no, token, state, created_at, updated_at, cost_micro_usd,"
    " cost_source) VALUES ($1, $2, $3, $4, 'prepared', $5, $5, $6, 'estimate')";
constexpr sql::Text kAccept =
    "UPDATE provider_attempt SET state = 'accepted', request_id = $2, updated_at = $3"
    " WHERE token = $1 AND state IN ('prepared', 'ambiguous')";
constexpr sql::Text kRefuse =
    "UPDATE provider_attempt SET state = 'refused', cost_micro_usd = 0, updated_at = $2"
    " WHERE token = $1 AND state = 'prepared'";
constexpr sql::Text kDoubt =
    "UPDATE provider_attempt SET state = 'ambiguous', updated_at = $2 WHERE job_id = $1 AND state = 'prepared'";
constexpr char kColumns[] = "SELECT id, job_id, attempt_no, state, request_id FROM provider_attempt";
constexpr auto kOfToken = joined(kColumns, " WHERE token = $1");
constexpr auto kOfEvent = joined(kColumns, " WHERE request_id = $1 OR (token = $2 AND token <> '')");
// What failed is not billed.
constexpr sql::Text kSettle =
    "UPDATE provider_attempt SET state = $3, request_id = coalesce(request_id, $4), updated_at = $5,"
    " cost_micro_usd = CASE WHEN $3 = 'error' THEN 0 ELSE cost_micro_usd END"
    " WHERE id = $1 AND state = $2";
constexpr sql::Text kSetUnits =
    "UPDATE provider_attempt SET cost_micro_usd = $3, billed_units = $4, cost_source = 'units'"
    " WHERE job_id = $1 AND request_id = $2 AND state = 'ok' AND cost_source = 'estimate'";
constexpr sql::Text kSetBilled =
    "UPDATE provider_attempt SET cost_micro_usd = $2, cost_source = 'billing', updated_at = $3"
    " WHERE id = $1 AND (cost_source <> 'billing' OR cost_micro_usd <> $2)";
constexpr sql::Text kSpent =
    "SELECT coalesce(sum(cost_micro_usd), 0) FROM provider_attempt"
    " WHERE created_at >= $1 AND cost_micro_usd IS NOT NULL";
// What ended by its attempts; what is open by them too, but at least by what it will cost once it is sent.
constexpr sql::Text kSpentBy =
    "SELECT coalesce(sum(t.cost), 0) FROM ("
    "SELECT a.cost_micro_usd AS cost FROM generation_requests g JOIN provider_attempt a ON a.job_id = g.id"
    " WHERE g.user_id = $1 AND g.finished_at IS NOT NULL AND g.id >= $2"
    " UNION ALL SELECT CASE WHEN o.spent > o.expected THEN o.spent ELSE o.expected END FROM"
    " (SELECT j.cost_micro_usd AS expected, coalesce((SELECT sum(a.cost_micro_usd) FROM provider_attempt a"
    " WHERE a.job_id = j.id), 0) AS spent FROM generation_requests g JOIN jobs j ON j.id = g.id"
    " WHERE g.user_id = $1 AND g.status = 'open') o) t";
constexpr sql::Text kCostOf = "SELECT id, coalesce(cost_micro_usd, 0) FROM provider_attempt WHERE request_id = $1";
constexpr sql::Text kUnbilled =
    "SELECT request_id, cost_micro_usd FROM provider_attempt WHERE created_at >= $1 AND created_at < $2"
    " AND cost_micro_usd IS NOT NULL AND cost_micro_usd > 0 AND state IN ('ok', 'surplus')"
    " AND cost_source <> 'billing' AND request_id IS NOT NULL ORDER BY created_at LIMIT $3";

Attempt attempt_of(const sql::Row& row) {
  return {row.uuid(0), row.uuid(1), row.i64(2), domain::attempt_state_from(row.text(3)), row.text(4)};
}

}  // namespace

void prepare(UnitOfWork& unit, const Intent& intent) {
  unit.write(sql::Statement(kPrepare, unit.new_id(), intent.job_id, intent.number, intent.token, unit.now(),
                            intent.cost_micro_usd));
}

void accept(UnitOfWork& unit, std::string_view token, std::string_view request_id) {
  unit.write(sql::Statement(kAccept, token, request_id, unit.now()));
}

void refuse(UnitOfWork& unit, std::string_view token) {
  unit.write(sql::Statement(kRefuse, token, unit.now()));
}

void doubt(UnitOfWork& unit, const Uuid& job_id) {
  unit.write_any(sql::Statement(kDoubt, job_id, unit.now()));
}

Task<std::optional<Attempt>> of_token(UnitOfWork& unit, std::string token) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOfToken.data(), std::move(token)));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return attempt_of(rows[0]);
}

Task<std::optional<Attempt>> of_event(UnitOfWork& unit, std::string request_id, std::string token) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOfEvent.data(), request_id, std::move(token)));
  std::optional<Attempt> found;
  for (const sql::Row row : rows) {
    const bool by_request = row.text(4) == request_id;
    // The token speaks for an attempt whose answer was lost; an attempt that knows another request is not it.
    if (by_request || (row.is_null(4) && !found)) {
      found = attempt_of(row);
    }
  }
  co_return found;
}

void settle(UnitOfWork& unit, const Attempt& attempt, domain::AttemptState state, std::string_view request_id) {
  unit.write(sql::Statement(kSettle, attempt.id, domain::text_of(attempt.state), domain::text_of(state), request_id,
                            unit.now()));
}

void set_units(UnitOfWork& unit, const domain::Job& job, std::int64_t micro_usd, std::string_view units) {
  unit.write_any(sql::Statement(kSetUnits, job.id, job.request_id, micro_usd, units));
}

void set_billed(UnitOfWork& unit, const Uuid& id, std::int64_t micro_usd) {
  unit.write_any(sql::Statement(kSetBilled, id, micro_usd, unit.now()));
}

Task<std::int64_t> spent_since(UnitOfWork& unit, TimePoint since) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kSpent, since).scan());
  co_return rows[0].i64(0);
}

Task<std::int64_t> spent_by(UnitOfWork& unit, Uuid user_id, TimePoint since) {
  Uuid first;
  first.stamp(since);
  const sql::Rows rows = co_await unit.read(sql::Statement(kSpentBy, user_id, first));
  co_return rows[0].i64(0);
}

Task<std::optional<Cost>> cost_of_request(UnitOfWork& unit, std::string request_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kCostOf, std::move(request_id)));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return Cost{rows[0].uuid(0), rows[0].i64(1)};
}

Task<std::vector<Unbilled>> unbilled(UnitOfWork& unit, TimePoint since, TimePoint until, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kUnbilled, since, until, limit).scan());
  std::vector<Unbilled> out;
  for (const sql::Row row : rows) {
    out.push_back({row.text(0), row.i64(1)});
  }
  co_return out;
}

}  // namespace aisha::stores::attempts
