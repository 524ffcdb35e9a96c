// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "services/context/context.hpp"

namespace aisha::services {

/// Takes over at once what a dead process left leased, instead of waiting for the leases to end. Only where the
/// database admits one process at a time (SQLite's lock file); before the loops start. Throws on an outage.
Task<void> take_over(Context context);

}  // namespace aisha::services
