// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stores/upkeep/audit.hpp"

/// The pages that ask about coins.
namespace aisha::stores::audit {

/// I1 of each transfer; adds up what the system's accounts have.
Task<Page> look_at_transfers(UnitOfWork& unit, const Rules& rules, Mark mark);
/// I2 and I4 of each person's accounts.
Task<Page> look_at_accounts(UnitOfWork& unit, const Rules& rules, Mark mark);
/// I3 and I6, which speak of everything at once, and I1 of the youngest transfers.
Task<Page> look_at_sums(UnitOfWork& unit, Mark mark);

}  // namespace aisha::stores::audit
