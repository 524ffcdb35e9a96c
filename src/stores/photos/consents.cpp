// SPDX-License-Identifier: Apache-2.0
#include "stores/photos/consents.hpp"

namespace aisha::stores::consents {
namespace {

constexpr sql::Text kGive =
    "INSERT INTO consents (id, user_id, avatar_id, text_version, language, given_at) VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT DO NOTHING";
constexpr sql::Text kWithdraw = "UPDATE consents SET withdrawn_at = $2 WHERE avatar_id = $1 AND withdrawn_at IS NULL";
constexpr sql::Text kSweep =
    "DELETE FROM consents WHERE id IN (SELECT id FROM consents WHERE withdrawn_at < $1 ORDER BY withdrawn_at LIMIT $2"
    " /*skip locked*/)";

}  // namespace

void give(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id, std::string_view text_version,
          domain::Language language) {
  unit.write_any(
      sql::Statement(kGive, unit.new_id(), user_id, avatar_id, text_version, domain::text_of(language), unit.now()));
}

void withdraw(UnitOfWork& unit, const Uuid& avatar_id) {
  unit.write_any(sql::Statement(kWithdraw, avatar_id, unit.now()));
}

Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit) {
  const sql::Rows gone = co_await unit.at_once(sql::Statement(kSweep, before, limit));
  co_return gone.affected();
}

}  // namespace aisha::stores::consents
