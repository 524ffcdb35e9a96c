// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/job_row.hpp"

namespace aisha::stores {

domain::Job job_of(const sql::Row& row, std::size_t at) {
  domain::Job job;
  job.id = row.uuid(at);
  job.kind = domain::job_kind_from(row.text(at + 1));
  job.user_id = row.uuid(at + 2);
  job.chat_id = row.i64(at + 3);
  job.status_message_id = row.i64(at + 4);
  job.trace = row.uuid(at + 5);
  job.model = row.text(at + 6);
  job.input = row.text(at + 7);
  job.price = row.i64(at + 8);
  job.state = domain::job_state_from(row.text(at + 9));
  job.attempt = row.i64(at + 10);
  job.max_attempts = row.i64(at + 11);
  job.tries = row.i64(at + 12);
  job.lease_epoch = row.i64(at + 13);
  job.next_at = row.time(at + 14);
  job.deadline_at = row.time(at + 15);
  job.cancel_requested = row.boolean(at + 16);
  job.request_id = row.text(at + 17);
  job.handle = row.text(at + 18);
  job.error_code = row.text(at + 19);
  job.created_at = row.time(at + 20);
  job.submitted_at = row.opt_time(at + 21);
  job.finished_at = row.opt_time(at + 22);
  job.rerolls = row.i64(at + 23);
  job.defect = row.text(at + 24);
  job.cost_micro_usd = row.i64(at + 25);
  job.wants = row.text(at + 26);
  job.batch_id = row.opt_uuid(at + 27);
  return job;
}

std::vector<domain::Job> jobs_of(const sql::Rows& rows) {
  std::vector<domain::Job> all;
  all.reserve(rows.size());
  for (const sql::Row row : rows) {
    all.push_back(job_of(row));
  }
  return all;
}

}  // namespace aisha::stores
