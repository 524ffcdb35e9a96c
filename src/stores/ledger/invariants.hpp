// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// What must hold at any instant, asked from outside the code that keeps it.
namespace aisha::stores::ledger {

/// One sentence per broken invariant, with its number: I1 amounts, I2 cached = derived, I3 sum zero, I4 walls, I5 holds
/// and resolutions of each job, I6 held = open jobs, I7 ready has a picture, I8 ended has one result in the
/// outbox (kept ones: finished since `outbox_kept_since`), I10 one request per key, I13 job and request agree.
Task<std::vector<std::string>> check_invariants(UnitOfWork& unit, TimePoint outbox_kept_since);

}  // namespace aisha::stores::ledger
