// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "domain/job.hpp"
#include "services/outbox/outbox_message.hpp"

/// What is told of a batch: in one message how many are done, at its end the pictures together.
namespace aisha::services {

/// Collects the end of one of its members, whose job ends in the same unit. The unit that leaves none open, and no
/// other, also tells the end of the batch.
void end_batch_member(stores::UnitOfWork& unit, const domain::Job& member);

/// Collects that what the row speaks of is told in that message from now on; 0 = in none any more.
void set_told_in(stores::UnitOfWork& unit, const OutboxMessage& item, std::int64_t message_id);

}  // namespace aisha::services
