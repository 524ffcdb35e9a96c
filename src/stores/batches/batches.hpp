// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/batch.hpp"
#include "domain/job.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `batches`: orders of several pictures at once. Its members are the requests and jobs that name it; `open` counts
/// those that have not ended.
namespace aisha::stores::batches {

/// All of its members are open. They belong into the same unit.
void create(UnitOfWork& unit, const domain::Batch& batch);
/// One of its members ends in this unit; Errc::conflict at commit when none was open.
void member_ended(UnitOfWork& unit, const Uuid& id);
/// The message that tells of it; 0 = there is none any more. Its members know it too.
void set_message(UnitOfWork& unit, const Uuid& id, std::int64_t message_id);

/// The batch with its members, in the order of their ids; nothing when absent.
Task<std::optional<domain::BatchStatus>> find(UnitOfWork& unit, Uuid id);
/// The jobs of its members that have not ended, in the order of their ids.
Task<std::vector<domain::Job>> open_jobs(UnitOfWork& unit, Uuid id, Uuid user_id);

}  // namespace aisha::stores::batches
