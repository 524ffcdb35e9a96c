// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/provider_events.hpp"

#include "stores/jobs/attempts.hpp"
#include "stores/jobs/jobs.hpp"

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
// What came for a job that is gone may be an erased person's.
constexpr sql::Text kEmpty = "UPDATE provider_event SET body = '' WHERE request_id = $1";
// The empty text keeps PostgreSQL from the partial index of new ones, which is full of dead entries.
constexpr sql::Text kDone = "UPDATE provider_event SET state = 'done' WHERE request_id = $1 AND state || '' = 'new'";
constexpr sql::Text kFailed =
    "UPDATE provider_event SET tries = tries + 1, state = CASE WHEN tries + 1 >= $2 THEN 'poison' ELSE 'new' END"
    " WHERE request_id = $1 AND state || '' = 'new' RETURNING state";
constexpr sql::Text kSweep =
    "DELETE FROM provider_event WHERE request_id IN (SELECT request_id FROM provider_event WHERE state <> 'new'"
    " AND received_at < $1 ORDER BY received_at LIMIT $2)";

bool waits(JobState state) {
  return state == JobState::submitting || state == JobState::unconfirmed || state == JobState::running;
}

Effect apply_success(UnitOfWork& unit, const Event& event, const domain::Job& job) {
  // Back in the queue for another attempt: the first one came after all and saves it.
  if (waits(job.state) || job.state == JobState::queued) {
    jobs::to_storing(unit, job, event.body, event.request_id);
    return Effect::storing;
  }
  return Effect::surplus;
}

Effect apply_error(UnitOfWork& unit, const Event& event, const domain::Job& job, std::int64_t attempt,
                   Millis retry_after) {
  if (!waits(job.state) || attempt != job.attempt) {
    return Effect::noted;
  }
  if (job.cancel_requested) {
    return Effect::cancelled;
  }
  if (event.retryable && job.attempt < job.max_attempts) {
    jobs::requeue(unit, job, retry_after);
    return Effect::queued;
  }
  return Effect::failed;
}

AttemptState settled_as(const Event& event, Effect effect) {
  if (!event.ok) {
    return AttemptState::error;
  }
  return effect == Effect::surplus ? AttemptState::surplus : AttemptState::ok;
}

}  // namespace

Task<bool> put(UnitOfWork& unit, Event event) {
  sql::Statement insert(kPut, std::move(event.request_id), std::move(event.token), event.ok, std::move(event.body),
                        code_of(event.code), event.retryable, unit.now());
  const sql::Rows rows = co_await unit.at_once(std::move(insert));
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
  const auto attempt = co_await attempts::of_event(unit, event.request_id, event.token);
  if (!attempt) {
    co_return applied;
  }
  applied.job = co_await jobs::load(unit, attempt->job_id);
  if (!applied.job) {
    // It ended long ago: whatever this is, nobody waits for it.
    unit.write(sql::Statement(kEmpty, event.request_id));
    applied.effect = event.ok ? Effect::surplus : Effect::noted;
  } else if (event.ok) {
    applied.effect = apply_success(unit, event, *applied.job);
  } else {
    applied.effect = apply_error(unit, event, *applied.job, attempt->number, retry_after);
  }
  attempts::settle(unit, *attempt, settled_as(event, applied.effect), event.request_id);
  co_return applied;
}

Task<bool> note_failure(UnitOfWork& unit, std::string request_id, std::int64_t most) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kFailed, std::move(request_id), most));
  co_return rows.size() == 1 && rows[0].text(0) == "poison";
}

Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kSweep, before, limit));
  co_return rows.affected();
}

}  // namespace aisha::stores::provider_events
