// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/model_states.hpp"

namespace aisha::stores::model_states {
namespace {

constexpr sql::Text kAll =
    "SELECT endpoint, is_off, reason, price_seen, changed_at, seen_at, missing_since FROM model_states"
    " ORDER BY endpoint";
constexpr sql::Text kOff =
    "INSERT INTO model_states (endpoint, is_off, reason, changed_at) VALUES ($1, $3, $2, $4)"
    " ON CONFLICT (endpoint) DO UPDATE SET is_off = excluded.is_off, reason = excluded.reason,"
    " changed_at = excluded.changed_at WHERE model_states.is_off <> excluded.is_off RETURNING endpoint";
constexpr sql::Text kOn =
    "UPDATE model_states SET is_off = $2, reason = '', changed_at = $3, missing_since = NULL WHERE endpoint = $1"
    " AND is_off <> $2 RETURNING endpoint";
constexpr sql::Text kSaw =
    "INSERT INTO model_states (endpoint, is_off, price_seen, changed_at, seen_at) VALUES ($1, $3, $2, $4, $4)"
    " ON CONFLICT (endpoint) DO UPDATE SET price_seen = excluded.price_seen, seen_at = excluded.seen_at,"
    " missing_since = NULL";
constexpr sql::Text kMissed =
    "INSERT INTO model_states (endpoint, is_off, changed_at, missing_since) VALUES ($1, $2, $3, $3)"
    " ON CONFLICT (endpoint) DO UPDATE SET missing_since = coalesce(model_states.missing_since, "
    "excluded.missing_since)";

}  // namespace

Task<std::vector<State>> all(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kAll));
  std::vector<State> out;
  for (const sql::Row row : rows) {
    out.push_back(
        {row.text(0), row.boolean(1), row.text(2), row.text(3), row.time(4), row.opt_time(5), row.opt_time(6)});
  }
  co_return out;
}

Task<bool> switch_off(UnitOfWork& unit, std::string_view endpoint, std::string_view reason) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kOff, endpoint, reason, true, unit.now()));
  co_return !rows.empty();
}

Task<bool> switch_on(UnitOfWork& unit, std::string_view endpoint) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kOn, endpoint, false, unit.now()));
  co_return !rows.empty();
}

Task<void> saw(UnitOfWork& unit, std::string_view endpoint, std::string_view price) {
  co_await unit.at_once(sql::Statement(kSaw, endpoint, price, false, unit.now()));
}

Task<void> missed(UnitOfWork& unit, std::string_view endpoint) {
  co_await unit.at_once(sql::Statement(kMissed, endpoint, false, unit.now()));
}

}  // namespace aisha::stores::model_states
