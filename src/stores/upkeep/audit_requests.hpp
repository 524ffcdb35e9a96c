// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stores/upkeep/audit.hpp"

namespace aisha::stores::audit {

/// I5, I7, I8, I10 to I13, I20 and I21: a stretch of ids, and everything that hangs on one of them, whether a request
/// or a job of that id is there or not.
Task<Page> look_at_requests(UnitOfWork& unit, const Rules& rules, Mark mark);

}  // namespace aisha::stores::audit
