// SPDX-License-Identifier: Apache-2.0
#include "services/lease.hpp"

#include "stores/unit_of_work.hpp"

namespace aisha::services {

bool Lease::over() const {
  return db_ != nullptr && over_at(db_->now());
}

}  // namespace aisha::services
