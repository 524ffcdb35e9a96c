// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/provider_states.hpp"

namespace aisha::stores::provider_states {
namespace {

constexpr sql::Text kFind =
    "SELECT closed_code, closed_until FROM provider_state WHERE provider = $1 AND closed_code IS NOT NULL";
constexpr sql::Text kClose =
    "INSERT INTO provider_state (provider, closed_code, closed_until, probe_until, epoch) VALUES ($1, $2, $3, $4, 1)"
    " ON CONFLICT (provider) DO UPDATE SET closed_code = excluded.closed_code, closed_until = excluded.closed_until,"
    " probe_until = excluded.probe_until, epoch = provider_state.epoch + 1";
constexpr sql::Text kOpen =
    "UPDATE provider_state SET closed_code = NULL, closed_until = $2, probe_until = $2, epoch = epoch + 1"
    " WHERE provider = $1 AND closed_code IS NOT NULL RETURNING epoch";
constexpr sql::Text kTakeProbe =
    "UPDATE provider_state SET probe_until = $3, epoch = epoch + 1 WHERE provider = $1 AND closed_code IS NOT NULL"
    " AND closed_until <= $2 AND probe_until <= $2 RETURNING epoch";
constexpr sql::Text kLeaveProbe = "UPDATE provider_state SET probe_until = $2 WHERE provider = $1";

constexpr TimePoint kNever{};

}  // namespace

Task<std::optional<Closed>> find(UnitOfWork& unit, std::string_view provider) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind, provider));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return Closed{errc_from(rows[0].text(0)), rows[0].time(1)};
}

Task<void> close(UnitOfWork& unit, std::string_view provider, Closed closed) {
  co_await unit.at_once(sql::Statement(kClose, provider, code_of(closed.why), closed.until, kNever));
}

Task<bool> open(UnitOfWork& unit, std::string_view provider) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kOpen, provider, kNever));
  co_return !rows.empty();
}

Task<bool> take_probe(UnitOfWork& unit, std::string_view provider, Millis length) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kTakeProbe, provider, unit.now(), unit.now() + length));
  co_return !rows.empty();
}

Task<void> leave_probe(UnitOfWork& unit, std::string_view provider) {
  co_await unit.at_once(sql::Statement(kLeaveProbe, provider, kNever));
}

}  // namespace aisha::stores::provider_states
