// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <vector>

#include "domain/job.hpp"
#include "sql/database.hpp"

/// How rows of `jobs` become domain::Job; for the stores.
namespace aisha::stores {

/// The columns `job_of` reads, in its order; named with their table, so that they serve joins and RETURNING alike.
inline constexpr char kJobColumns[] =
    "jobs.id, jobs.kind, jobs.user_id, jobs.chat_id, jobs.status_message_id, jobs.trace, jobs.model, jobs.input,"
    " jobs.price, jobs.status, jobs.attempt, jobs.max_attempts, jobs.tries, jobs.lease_epoch, jobs.next_at,"
    " jobs.deadline_at, jobs.cancel_requested, jobs.request_id, jobs.handle, jobs.error_code, jobs.created_at,"
    " jobs.submitted_at, jobs.finished_at, jobs.rerolls, jobs.defect, jobs.cost_micro_usd, jobs.wants,"
    " jobs.batch_id";
inline constexpr std::size_t kJobColumnCount = 28;

/// `at`: the place of the first of the columns.
domain::Job job_of(const sql::Row& row, std::size_t at = 0);
std::vector<domain::Job> jobs_of(const sql::Rows& rows);

}  // namespace aisha::stores
