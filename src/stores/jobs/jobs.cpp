// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/jobs.hpp"

#include "stores/jobs/attempts.hpp"
#include "stores/jobs/job_row.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::jobs {
namespace {

using domain::JobState;

constexpr sql::Text kCreate =
    "INSERT INTO jobs (id, kind, user_id, chat_id, status_message_id, trace, model, input, price, status, prev_status,"
    " max_attempts, next_at, deadline_at, created_at, updated_at, cost_micro_usd, wants, result, request_id, batch_id)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $14, 'new', $10, $11, $12, $11, $11, $13, $15, $16, $17, $18)";
constexpr auto kLoad = joined("SELECT ", kJobColumns, " FROM jobs WHERE id = $1");
constexpr sql::Text kStatusMessage = "UPDATE jobs SET status_message_id = $2, updated_at = $3 WHERE id = $1";
constexpr sql::Text kHandBack =
    "UPDATE jobs SET lease_until = $4, next_at = $5, tries = tries + $6, updated_at = $7"
    " WHERE id = $1 AND status = $2 AND lease_epoch = $3";
constexpr sql::Text kBeginSubmit =
    "UPDATE jobs SET prev_status = status, status = 'submitting', attempt = attempt + 1,"
    " submitted_at = coalesce(submitted_at, $3), lease_until = $4, next_at = $4, updated_at = $3"
    " WHERE id = $1 AND status = 'queued' AND lease_epoch = $2 AND cancel_requested = $5";
// What asks the provider needs the name of the attempt that runs; one that has ended has none.
constexpr sql::Text kMove =
    "UPDATE jobs SET prev_status = status, status = $4, lease_until = $5, lease_epoch = lease_epoch + $6,"
    " next_at = $7, max_attempts = max_attempts + $8, tries = 0, updated_at = $9, request_id = $10, handle = $11"
    " WHERE id = $1 AND status = $2 AND lease_epoch = $3";
constexpr sql::Text kPrepared =
    "UPDATE jobs SET prev_status = status, status = 'queued', input = $3, wants = $6, lease_until = $4,"
    " lease_epoch = lease_epoch + 1, next_at = $5, tries = 0, updated_at = $5"
    " WHERE id = $1 AND status = 'preparing' AND lease_epoch = $2";
constexpr sql::Text kReroll =
    "UPDATE jobs SET prev_status = status, status = 'queued', input = $4, defect = $5, rerolls = rerolls + 1,"
    " max_attempts = max_attempts + 1, lease_until = $6, lease_epoch = lease_epoch + 1, next_at = $7, tries = 0,"
    " updated_at = $7, result = NULL, request_id = NULL, handle = NULL"
    " WHERE id = $1 AND status = $2 AND lease_epoch = $3";
constexpr sql::Text kToStoring =
    "UPDATE jobs SET prev_status = status, status = 'storing', result = $4, lease_until = $5,"
    " lease_epoch = lease_epoch + 1, next_at = $6, tries = 0, updated_at = $6,"
    " handle = CASE WHEN request_id = $7 THEN handle END, request_id = $7"
    " WHERE id = $1 AND status = $2 AND lease_epoch = $3";
constexpr sql::Text kResult = "SELECT result FROM jobs WHERE id = $1";
constexpr sql::Text kFinish =
    "UPDATE jobs SET prev_status = status, status = $4, error_code = $5, finished_at = $6, lease_until = $7,"
    " lease_epoch = lease_epoch + 1, updated_at = $6, defect = $8 WHERE id = $1 AND status = $2 AND lease_epoch = $3";
constexpr sql::Text kRequestCancel =
    "UPDATE jobs SET cancel_requested = $3, updated_at = $4 WHERE id = $1 AND user_id = $2"
    " AND status NOT IN ('succeeded', 'failed', 'cancelled')";
constexpr sql::Text kSweep =
    "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE finished_at IS NOT NULL AND finished_at < $1"
    " ORDER BY finished_at LIMIT $2)";

constexpr sql::Text kSetWork =
    "UPDATE jobs SET model = $2, input = $3, cost_micro_usd = $4 WHERE id = $1 AND finished_at IS NULL";

/// To an unfinished state.
struct Move {
  JobState to;
  TimePoint next_at;
  bool new_epoch = false;  ///< shut out whoever still believes to hold the lease
  std::int64_t more_attempts = 0;
  Accepted attempt{};  ///< the one that runs from here on
};

void move(UnitOfWork& unit, const domain::Job& job, const Move& move) {
  unit.write(sql::Statement(kMove, job.id, domain::text_of(job.state), job.lease_epoch, domain::text_of(move.to),
                            from_epoch_ms(0), move.new_epoch ? 1 : 0, move.next_at, move.more_attempts, unit.now(),
                            sql::or_null(move.attempt.request_id), sql::or_null(move.attempt.handle)));
}

}  // namespace

void create(UnitOfWork& unit, const domain::Job& job, std::string_view result) {
  unit.write(sql::Statement(kCreate, job.id, domain::text_of(job.kind), job.user_id, job.chat_id, job.status_message_id,
                            job.trace, job.model, job.input, job.price, job.max_attempts, unit.now(), job.deadline_at,
                            job.cost_micro_usd, domain::text_of(job.state), job.wants, sql::or_null(result),
                            sql::or_null(job.request_id), job.batch_id));
}

Task<std::optional<domain::Job>> load(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLoad.data(), id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return job_of(rows[0]);
}

void set_status_message(UnitOfWork& unit, const Uuid& id, std::int64_t message_id) {
  unit.write_any(sql::Statement(kStatusMessage, id, message_id, unit.now()));
}

void hand_back(UnitOfWork& unit, const domain::Job& job, Millis delay, bool failed_try) {
  unit.write(sql::Statement(kHandBack, job.id, domain::text_of(job.state), job.lease_epoch, from_epoch_ms(0),
                            unit.now() + delay, failed_try ? 1 : 0, unit.now()));
}

void prepared(UnitOfWork& unit, const domain::Job& job, std::string_view input, std::string_view wants) {
  unit.write(sql::Statement(kPrepared, job.id, job.lease_epoch, input, from_epoch_ms(0), unit.now(), wants));
}

domain::Job begin_submit(UnitOfWork& unit, domain::Job job, std::string_view token, Millis lease) {
  unit.write(sql::Statement(kBeginSubmit, job.id, job.lease_epoch, unit.now(), unit.now() + lease, false));
  attempts::prepare(unit, {job.id, job.attempt + 1, token, job.cost_micro_usd});
  job.state = JobState::submitting;
  ++job.attempt;
  return job;
}

void accept_submit(UnitOfWork& unit, const domain::Job& job, std::string_view token, const Accepted& accepted,
                   Millis poll_after) {
  attempts::accept(unit, token, accepted.request_id);
  move(unit, job, {.to = JobState::running, .next_at = unit.now() + poll_after, .attempt = accepted});
}

Task<bool> accept_late(UnitOfWork& unit, std::string token, Accepted accepted, Millis poll_after) {
  const auto attempt = co_await attempts::of_token(unit, token);
  if (!attempt) {
    co_return false;
  }
  if (attempt->state != domain::AttemptState::prepared && attempt->state != domain::AttemptState::ambiguous) {
    co_return false;  // an event was faster and knows more
  }
  attempts::accept(unit, token, accepted.request_id);
  const auto job = co_await load(unit, attempt->job_id);
  if (!job || job->state != JobState::unconfirmed || job->attempt != attempt->number) {
    co_return false;
  }
  move(
      unit, *job,
      {.to = JobState::running, .next_at = unit.now() + poll_after, .new_epoch = true, .attempt = std::move(accepted)});
  co_return true;
}

bool refuse_submit(UnitOfWork& unit, const domain::Job& job, std::string_view token, const Refusal& refusal) {
  attempts::refuse(unit, token);
  const std::int64_t more = refusal.burns_attempt ? 0 : 1;
  if (!refusal.retry_after || job.attempt >= job.max_attempts + more) {
    return false;
  }
  move(unit, job, {.to = JobState::queued, .next_at = unit.now() + *refusal.retry_after, .more_attempts = more});
  return true;
}

void set_work(UnitOfWork& unit, const Uuid& id, const Work& work) {
  unit.write(sql::Statement(kSetWork, id, work.model, work.input, work.cost_micro_usd));
}

void to_unconfirmed(UnitOfWork& unit, const domain::Job& job, Millis window) {
  attempts::doubt(unit, job.id);
  move(unit, job, {.to = JobState::unconfirmed, .next_at = unit.now() + window, .new_epoch = true});
}

bool submit_again(UnitOfWork& unit, const domain::Job& job) {
  if (job.attempt >= job.max_attempts) {
    return false;
  }
  requeue(unit, job, Millis(0));
  return true;
}

void requeue(UnitOfWork& unit, const domain::Job& job, Millis delay) {
  move(unit, job, {.to = JobState::queued, .next_at = unit.now() + delay, .new_epoch = true});
}

void reroll(UnitOfWork& unit, const domain::Job& job, std::string_view input, std::string_view defect) {
  unit.write(sql::Statement(kReroll, job.id, domain::text_of(JobState::storing), job.lease_epoch, input, defect,
                            from_epoch_ms(0), unit.now()));
}

void to_storing(UnitOfWork& unit, const domain::Job& job, std::string_view result, std::string_view request_id) {
  unit.write(sql::Statement(kToStoring, job.id, domain::text_of(job.state), job.lease_epoch, result, from_epoch_ms(0),
                            unit.now(), request_id));
}

Task<std::string> result_of(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kResult, id));
  co_return rows.empty() ? std::string() : rows[0].text(0);
}

void finish(UnitOfWork& unit, const domain::Job& job, JobState to, std::string_view error_code) {
  unit.write(sql::Statement(kFinish, job.id, domain::text_of(job.state), job.lease_epoch, domain::text_of(to),
                            sql::or_null(error_code), unit.now(), from_epoch_ms(0), sql::or_null(job.defect)));
}

void request_cancel(UnitOfWork& unit, const Uuid& id, const Uuid& user_id) {
  unit.write(sql::Statement(kRequestCancel, id, user_id, true, unit.now()));
}

Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kSweep, before, limit));
  co_return rows.affected();
}

}  // namespace aisha::stores::jobs
