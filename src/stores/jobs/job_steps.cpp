// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/job_steps.hpp"

#include "stores/jobs/job_sql.hpp"

namespace aisha::stores::job_steps {

using domain::JobState;

void hand_back(UnitOfWork& unit, const domain::Generation& job, Millis delay, bool failed_try) {
  unit.write(sql::Statement(job_sql::kHandBack, job.id, domain::text_of(job.state), job.lease_epoch, from_epoch_ms(0),
                            unit.now() + delay, failed_try ? 1 : 0, unit.now()));
}

void begin_submit(UnitOfWork& unit, const domain::Generation& job, std::string_view token, Millis lease) {
  unit.write(sql::Statement(job_sql::kBeginSubmit, job.id, job.lease_epoch, unit.now(), unit.now() + lease, false));
  unit.write(sql::Statement(job_sql::kPrepareAttempt, unit.new_id(), job.id, job.attempt + 1, token, unit.now()));
}

void accept_submit(UnitOfWork& unit, const domain::Generation& job, std::string_view token, const Accepted& accepted,
                   Millis poll_after) {
  unit.write(
      sql::Statement(job_sql::kAcceptAttempt, token, accepted.request_id, sql::or_null(accepted.handle), unit.now()));
  job_sql::move(unit, job, {.to = JobState::running, .next_at = unit.now() + poll_after});
}

Task<bool> adopt(UnitOfWork& unit, std::string token, Accepted accepted, Millis poll_after) {
  const sql::Rows rows = co_await unit.read(sql::Statement(job_sql::kAttemptOfToken, token));
  if (rows.empty()) {
    co_return false;
  }
  const sql::Row attempt = rows[0];
  const std::string& state = attempt.text(2);
  if (state != "prepared" && state != "ambiguous") {
    co_return false;  // an event was faster and knows more
  }
  unit.write(
      sql::Statement(job_sql::kAcceptAttempt, token, accepted.request_id, sql::or_null(accepted.handle), unit.now()));
  const auto job = co_await job_sql::load(unit, attempt.uuid(0));
  if (job->state != JobState::unconfirmed || job->attempt != attempt.i64(1)) {
    co_return false;
  }
  job_sql::move(unit, *job, {.to = JobState::running, .next_at = unit.now() + poll_after, .new_epoch = true});
  co_return true;
}

JobState refuse_submit(UnitOfWork& unit, const domain::Generation& job, std::string_view token,
                       const Refusal& refusal) {
  unit.write(sql::Statement(job_sql::kRefuseAttempt, token, unit.now()));
  const std::int64_t more = refusal.burns_attempt ? 0 : 1;
  if (refusal.retry_after && job.attempt < job.max_attempts + more) {
    job_sql::move(unit, job,
                  {.to = JobState::queued, .next_at = unit.now() + *refusal.retry_after, .more_attempts = more});
    return JobState::queued;
  }
  fail(unit, job, refusal.code);
  return JobState::failed;
}

void to_unconfirmed(UnitOfWork& unit, const domain::Generation& job, Millis window) {
  unit.write_any(sql::Statement(job_sql::kAmbiguousAttempt, job.id, unit.now()));
  job_sql::move(unit, job, {.to = JobState::unconfirmed, .next_at = unit.now() + window, .new_epoch = true});
}

JobState give_up_waiting(UnitOfWork& unit, const domain::Generation& job) {
  if (job.attempt < job.max_attempts) {
    job_sql::move(unit, job, {.to = JobState::queued, .next_at = unit.now(), .new_epoch = true});
    return JobState::queued;
  }
  fail(unit, job, Errc::provider_timeout);
  return JobState::failed;
}

void succeed(UnitOfWork& unit, const domain::Generation& job, const Picture& picture) {
  unit.write(sql::Statement(job_sql::kSucceed, job.id, job.lease_epoch, unit.now(), from_epoch_ms(0), picture.bucket,
                            picture.object_key, picture.width, picture.height, picture.bytes, picture.sha256,
                            sql::or_null(picture.thumbhash), picture.content_type));
}

void fail(UnitOfWork& unit, const domain::Generation& job, Errc code) {
  job_sql::finish(unit, job, JobState::failed, code_of(code));
}

void cancel(UnitOfWork& unit, const domain::Generation& job) {
  job_sql::finish(unit, job, JobState::cancelled, code_of(Errc::job_cancelled));
}

void request_cancel(UnitOfWork& unit, const Uuid& id, const Uuid& user_id) {
  unit.write(sql::Statement(job_sql::kRequestCancel, id, user_id, true, unit.now()));
}

void set_cost(UnitOfWork& unit, const Uuid& id, std::int64_t micro_usd) {
  unit.write_any(sql::Statement(job_sql::kSetCost, id, micro_usd));
}

}  // namespace aisha::stores::job_steps
