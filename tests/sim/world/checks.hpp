// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "tests/sim/world/universe.hpp"

namespace aisha::sim {

/// True at any instant: the ledger adds up, every open generation has its one hold, every picture its object.
void check_always(Universe& universe);
/// Nothing is under way any more: inbox, generations and outbox are at their ends.
bool is_quiet(Universe& universe);
/// What keeps it from being quiet.
std::string what_is_open(Universe& universe);
/// True once it is quiet: what people see, what they paid and what fal was asked for agree.
void check_end(Universe& universe);

}  // namespace aisha::sim
