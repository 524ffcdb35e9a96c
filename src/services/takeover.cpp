// SPDX-License-Identifier: Apache-2.0
#include "services/takeover.hpp"

#include "stores/leases.hpp"

namespace aisha::services {

Task<void> take_over(Ground ground) {
  stores::UnitOfWork unit(ground.db, ground.rng);
  stores::leases::end_all(unit);
  // Rows of any number are written, so there is nothing to conflict with.
  co_await unit.commit();
}

}  // namespace aisha::services
