// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/attempts.hpp"

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::attempts {
namespace {

constexpr sql::Text kPrepare =
    "INSERT INTO provider_attempt (id, job_id, attempt_no, token, state, created_at, updated_at)"
    " VALUES ($1, $2, $3, $4, 'prepared', $5, $5)";
constexpr sql::Text kAccept =
    "UPDATE provider_attempt SET state = 'accepted', request_id = $2, updated_at = $3"
    " WHERE token = $1 AND state IN ('prepared', 'ambiguous')";
constexpr sql::Text kRefuse =
    "UPDATE provider_attempt SET state = 'refused', updated_at = $2 WHERE token = $1 AND state = 'prepared'";
constexpr sql::Text kDoubt =
    "UPDATE provider_attempt SET state = 'ambiguous', updated_at = $2 WHERE job_id = $1 AND state = 'prepared'";
constexpr char kColumns[] = "SELECT id, job_id, attempt_no, state, request_id FROM provider_attempt";
constexpr auto kOfToken = joined(kColumns, " WHERE token = $1");
constexpr auto kOfEvent = joined(kColumns, " WHERE request_id = $1 OR (token = $2 AND token <> '')");
constexpr sql::Text kSettle =
    "UPDATE provider_attempt SET state = $3, request_id = coalesce(request_id, $4), updated_at = $5"
    " WHERE id = $1 AND state = $2";
// A result that was no good has its cost already.
constexpr sql::Text kSetCost =
    "UPDATE provider_attempt SET cost_micro_usd = $2 WHERE job_id = $1 AND state = 'ok' AND cost_micro_usd IS NULL";
constexpr sql::Text kSpent =
    "SELECT coalesce(sum(cost_micro_usd), 0) FROM provider_attempt"
    " WHERE created_at >= $1 AND cost_micro_usd IS NOT NULL";

Attempt attempt_of(const sql::Row& row) {
  return {row.uuid(0), row.uuid(1), row.i64(2), domain::attempt_state_from(row.text(3)), row.text(4)};
}

}  // namespace

void prepare(UnitOfWork& unit, const Uuid& job_id, std::int64_t number, std::string_view token) {
  unit.write(sql::Statement(kPrepare, unit.new_id(), job_id, number, token, unit.now()));
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

void set_cost(UnitOfWork& unit, const Uuid& job_id, std::int64_t micro_usd) {
  unit.write_any(sql::Statement(kSetCost, job_id, micro_usd));
}

Task<std::int64_t> spent_since(UnitOfWork& unit, TimePoint since) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kSpent, since).scan());
  co_return rows[0].i64(0);
}

}  // namespace aisha::stores::attempts
