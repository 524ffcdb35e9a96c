// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

namespace aisha::stores::audit {

/// I20 of the batches with ids behind `after`, up to `last`; ends that were told before `kept_since` are swept.
Task<void> check_batches(UnitOfWork& unit, Uuid after, Uuid last, TimePoint kept_since,
                         std::vector<std::string>& found);

}  // namespace aisha::stores::audit
