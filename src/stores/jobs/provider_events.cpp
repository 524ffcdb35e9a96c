// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/provider_events.hpp"

#include <algorithm>

#include "stores/jobs/job_sql.hpp"
#include "stores/pictures/generations.hpp"

namespace aisha::stores::provider_events {
namespace {

using domain::AttemptState;
using domain::JobState;

constexpr sql::Text kPut =
    "INSERT INTO provider_event (request_id, token, ok, body, code, retryable, received_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
constexpr sql::Text kPending =
    "SELECT request_id, token, ok, body, code, retryable FROM provider_event WHERE state = 'new'"
    " ORDER BY received_at, request_id LIMIT $1";
constexpr sql::Text kDone = "UPDATE provider_event SET state = 'done' WHERE request_id = $1 AND state = 'new'";
constexpr sql::Text kSweep = "DELETE FROM provider_event WHERE state = 'done' AND received_at < $1";
constexpr sql::Text kAttempt =
    "SELECT id, generation_id, attempt_no, state, request_id FROM provider_attempt"
    " WHERE request_id = $1 OR (token = $2 AND token <> '')";
constexpr sql::Text kOwner = "SELECT generation_id, request_id FROM provider_attempt WHERE token = $1";
constexpr sql::Text kSettle =
    "UPDATE provider_attempt SET state = $3, request_id = coalesce(request_id, $4), updated_at = $5"
    " WHERE id = $1 AND state = $2";

struct Attempt {
  Uuid id;
  Uuid job_id;
  std::int64_t number = 0;
  std::string state;
};

Task<std::optional<Attempt>> attempt_of(UnitOfWork& unit, const Event& event) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kAttempt, event.request_id, event.token));
  std::optional<Attempt> found;
  for (const sql::Row row : rows) {
    const bool by_request = row.text(4) == event.request_id;
    // The token speaks for an attempt whose answer was lost; an attempt that knows another request is not it.
    if (by_request || (row.is_null(4) && !found)) {
      found = Attempt{row.uuid(0), row.uuid(1), row.i64(2), row.text(3)};
    }
  }
  co_return found;
}

bool waits(JobState state) {
  return state == JobState::submitting || state == JobState::unconfirmed || state == JobState::running;
}

Effect apply_success(UnitOfWork& unit, const Event& event, const domain::Generation& job) {
  // Back in the queue for another attempt: the first one came after all and saves it.
  if (waits(job.state) || job.state == JobState::queued) {
    job_sql::move_to_storing(unit, job, event.body);
    return Effect::storing;
  }
  return Effect::surplus;
}

Effect apply_error(UnitOfWork& unit, const Event& event, const domain::Generation& job, const Attempt& attempt,
                   Millis retry_after) {
  if (!waits(job.state) || attempt.number != job.attempt) {
    return Effect::noted;
  }
  if (job.cancel_requested) {
    job_sql::finish(unit, job, JobState::cancelled, code_of(Errc::job_cancelled));
    return Effect::cancelled;
  }
  if (event.retryable && job.attempt < job.max_attempts) {
    job_sql::move(unit, job, {.to = JobState::queued, .next_at = unit.now() + retry_after, .new_epoch = true});
    return Effect::queued;
  }
  job_sql::finish(unit, job, JobState::failed, code_of(event.code));
  return Effect::failed;
}

AttemptState settled_as(const Event& event, Effect effect) {
  if (!event.ok) {
    return AttemptState::error;
  }
  return effect == Effect::surplus ? AttemptState::surplus : AttemptState::ok;
}

}  // namespace

Task<std::optional<Owner>> owner_of(UnitOfWork& unit, std::string token) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOwner, std::move(token)));
  std::optional<Owner> owner;
  if (!rows.empty()) {
    owner.emplace().job_id = rows[0].uuid(0);
    if (!rows[0].is_null(1)) {
      owner->request_id = rows[0].text(1);
    }
  }
  co_return owner;
}

Task<bool> put(UnitOfWork& unit, Event event) {
  sql::Statement insert(kPut, std::move(event.request_id), std::move(event.token), event.ok, std::move(event.body),
                        code_of(event.code), event.retryable, unit.now());
  sql::Batch batch;
  batch.push_back({std::move(insert), std::nullopt});
  const sql::Rows rows = co_await unit.at_once(std::move(batch));
  co_return rows.affected() == 1;
}

Task<std::vector<Event>> pending(UnitOfWork& unit, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kPending, limit));
  std::vector<Event> events;
  for (const sql::Row row : rows) {
    events.push_back({row.text(0), row.text(1), row.boolean(2), row.text(3), errc_from(row.text(4)), row.boolean(5)});
  }
  co_return events;
}

Task<Applied> apply(UnitOfWork& unit, Event event, Millis retry_after) {
  Applied applied;
  unit.write(sql::Statement(kDone, event.request_id));
  const auto attempt = co_await attempt_of(unit, event);
  if (!attempt) {
    co_return applied;
  }
  applied.job = co_await generations::load(unit, attempt->job_id);
  const domain::Generation& job = *applied.job;
  applied.effect = event.ok ? apply_success(unit, event, job) : apply_error(unit, event, job, *attempt, retry_after);
  unit.write(sql::Statement(kSettle, attempt->id, attempt->state, domain::text_of(settled_as(event, applied.effect)),
                            event.request_id, unit.now()));
  co_return applied;
}

void sweep(UnitOfWork& unit, TimePoint before) {
  unit.write_any(sql::Statement(kSweep, before));
}

}  // namespace aisha::stores::provider_events
