// SPDX-License-Identifier: Apache-2.0
#include "services/context/lease.hpp"

#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {

bool Lease::over() const {
  return db_ != nullptr && over_at(db_->now());
}

}  // namespace aisha::services
