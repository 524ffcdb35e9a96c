// SPDX-License-Identifier: Apache-2.0
#include "services/inbox/lease_keeper.hpp"

#include "services/inbox/inbox_worker.hpp"

namespace aisha::services {

Task<void> LeaseKeeper::run() {
  return inbox_worker_.hold_on();
}

}  // namespace aisha::services
