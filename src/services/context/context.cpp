// SPDX-License-Identifier: Apache-2.0
#include "services/context/context.hpp"

#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {

std::optional<Millis> wait_until(const Context& context, std::optional<TimePoint> due) {
  return due ? std::optional(*due - context.db.now()) : std::nullopt;
}

}  // namespace aisha::services
