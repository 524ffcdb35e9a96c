// SPDX-License-Identifier: Apache-2.0
#include "services/people/top_up.hpp"

#include "stores/ledger/ledger.hpp"
#include "stores/people/actor_row.hpp"

namespace aisha::services {

Task<Result<std::int64_t>> top_up(Context context, std::int64_t telegram_id, std::string key, std::int64_t coins) {
  stores::UnitOfWork unit(context.db, context.rng);
  const auto known = co_await stores::actor_row::find(unit, telegram_id, telegram_id);
  if (!known || !known->available) {
    co_return fail(Errc::not_found);
  }
  stores::ledger::grant(unit, known->user.id, "sandbox:" + key, coins);
  const auto given = co_await unit.commit();
  if (!given && given.error().code != Errc::conflict) {
    co_return std::unexpected(given.error());
  }
  // A conflict is the same order again: it has been carried out.
  co_return *known->available + (given ? coins : 0);
}

}  // namespace aisha::services
