// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stores/unit/unit_of_work.hpp"

namespace aisha::stores::leases {

/// Ends every lease at once: of updates, generations, messages, clears, requests about own data. Only for a process
/// that knows to be alone on its database: what it finds leased was held by one that is dead. Outcomes that were
/// unknown stay unknown.
void end_all(UnitOfWork& unit);

}  // namespace aisha::stores::leases
