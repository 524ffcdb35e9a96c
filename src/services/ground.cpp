// SPDX-License-Identifier: Apache-2.0
#include "services/ground.hpp"

#include "stores/unit_of_work.hpp"

namespace aisha::services {

std::optional<Millis> wait_until(const Ground& ground, std::optional<TimePoint> due) {
  return due ? std::optional(*due - ground.db.now()) : std::nullopt;
}

}  // namespace aisha::services
