// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/takeover.hpp"

#include "stores/upkeep/leases.hpp"

namespace aisha::services {

Task<void> take_over(Context context) {
  stores::UnitOfWork unit(context.db, context.rng);
  stores::leases::end_all(unit);
  // Rows of any number are written, so there is nothing to conflict with.
  co_await unit.commit();
}

}  // namespace aisha::services
