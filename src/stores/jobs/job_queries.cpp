// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "stores/jobs/job_steps.hpp"
#include "stores/pictures/generation_row.hpp"

// The finding half of job_steps: claims and candidates.
namespace aisha::stores::job_steps {
namespace {

constexpr auto kClaimQueuedText = joined(
    "UPDATE generation_requests SET lease_until = $1, lease_epoch = lease_epoch + 1"
    " WHERE id IN (SELECT id FROM generation_requests WHERE status = 'queued' AND finished_at IS NULL"
    " AND next_at <= $2 AND lease_until <= $2 AND cancel_requested = $4 AND deadline_at > $2"
    " ORDER BY next_at, id LIMIT $3 /*skip locked*/) RETURNING ",
    kGenerationColumns);
// A picture that came in time is fetched at least once, even when the deadline has passed meanwhile.
constexpr auto kClaimStoringText = joined(
    "UPDATE generation_requests SET lease_until = $1, lease_epoch = lease_epoch + 1"
    " WHERE id IN (SELECT id FROM generation_requests WHERE status = 'storing' AND finished_at IS NULL"
    " AND next_at <= $2 AND lease_until <= $2 ORDER BY next_at, id LIMIT $3 /*skip locked*/) RETURNING ",
    kGenerationColumns);
constexpr auto kClaimPollsText = joined(
    "UPDATE generation_requests SET next_at = CASE WHEN tries < $4 THEN $1 ELSE $5 END, tries = tries + 1"
    " WHERE id IN (SELECT id FROM generation_requests WHERE status = 'running' AND finished_at IS NULL"
    " AND next_at <= $2 ORDER BY next_at, id LIMIT $3 /*skip locked*/) RETURNING ",
    kGenerationColumns);
constexpr auto kExpiredText =
    joined("SELECT ", kGenerationColumns,
           " FROM generation_requests WHERE status = 'submitting' AND finished_at IS NULL AND lease_until <= $1"
           " ORDER BY lease_until, id LIMIT $2");
constexpr auto kUnconfirmedText =
    joined("SELECT ", kGenerationColumns,
           " FROM generation_requests WHERE status = 'unconfirmed' AND finished_at IS NULL AND next_at <= $1"
           " ORDER BY next_at, id LIMIT $2");
constexpr auto kCancelText =
    joined("SELECT ", kGenerationColumns,
           " FROM generation_requests WHERE status IN ('queued', 'unconfirmed') AND finished_at IS NULL"
           " AND cancel_requested = true AND lease_until <= $1 ORDER BY id LIMIT $2");
constexpr auto kRunningCancelText =
    joined("SELECT ", kGenerationColumns,
           " FROM generation_requests WHERE status = 'running' AND finished_at IS NULL AND cancel_requested = true"
           " ORDER BY id LIMIT $1");
constexpr auto kDeadlineText = joined(
    "SELECT ", kGenerationColumns,
    " FROM generation_requests WHERE finished_at IS NULL AND deadline_at <= $1"
    " AND (status IN ('queued', 'unconfirmed', 'running') OR (status = 'storing' AND tries > 0 AND lease_until <= $1))"
    " ORDER BY deadline_at, id LIMIT $2");
constexpr sql::Text kNextDue =
    "SELECT min(CASE WHEN next_at > lease_until THEN next_at ELSE lease_until END) FROM generation_requests"
    " WHERE status = $1 AND finished_at IS NULL";
constexpr sql::Text kLastAttempt =
    "SELECT request_id, handle, token FROM provider_attempt WHERE generation_id = $1 AND state IN ('accepted', 'ok')"
    " ORDER BY attempt_no DESC LIMIT 1";
constexpr sql::Text kResult = "SELECT result FROM generation_requests WHERE id = $1";
constexpr sql::Text kSpent =
    "SELECT coalesce(sum(cost_micro_usd), 0) FROM provider_attempt"
    " WHERE created_at >= $1 AND cost_micro_usd IS NOT NULL";

constexpr sql::Text kOpenJobs =
    "SELECT status, count(*), min(created_at) FROM generation_requests WHERE finished_at IS NULL GROUP BY status";

Task<std::vector<Poll>> with_attempts(UnitOfWork& unit, std::vector<domain::Generation> jobs) {
  std::vector<Poll> polls;
  for (domain::Generation& job : jobs) {
    const sql::Rows rows = co_await unit.read(sql::Statement(kLastAttempt, job.id));
    if (!rows.empty()) {
      Accepted attempt{rows[0].text(0), rows[0].text(1)};
      polls.push_back({std::move(job), std::move(attempt), rows[0].text(2)});
    }
  }
  co_return polls;
}

void sort_by_due(std::vector<domain::Generation>& jobs) {
  std::ranges::sort(jobs, {}, [](const domain::Generation& job) { return std::pair(job.next_at, job.id); });
}

}  // namespace

Task<std::vector<domain::Generation>> claim(UnitOfWork& unit, domain::JobState state, std::int64_t limit,
                                            Millis lease) {
  sql::Batch batch;
  if (state == domain::JobState::queued) {
    sql::Statement take(kClaimQueuedText.data(), unit.now() + lease, unit.now(), limit, false);
    batch.push_back({std::move(take), std::nullopt});
  } else {
    sql::Statement take(kClaimStoringText.data(), unit.now() + lease, unit.now(), limit);
    batch.push_back({std::move(take), std::nullopt});
  }
  const sql::Rows rows = co_await unit.at_once(std::move(batch));
  std::vector<domain::Generation> jobs = generations_of(rows);
  sort_by_due(jobs);
  co_return jobs;
}

Task<std::vector<Poll>> claim_polls(UnitOfWork& unit, std::int64_t limit, PollPace pace) {
  sql::Batch batch;
  sql::Statement take(kClaimPollsText.data(), unit.now() + pace.often, unit.now(), limit, pace.patient,
                      unit.now() + pace.seldom);
  batch.push_back({std::move(take), std::nullopt});
  const sql::Rows rows = co_await unit.at_once(std::move(batch));
  std::vector<domain::Generation> jobs = generations_of(rows);
  sort_by_due(jobs);
  co_return co_await with_attempts(unit, std::move(jobs));
}

Task<std::optional<TimePoint>> next_due(UnitOfWork& unit, domain::JobState state) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNextDue, domain::text_of(state)));
  co_return rows[0].opt_time(0);
}

Task<std::vector<domain::Generation>> expired_submits(UnitOfWork& unit, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kExpiredText.data(), unit.now(), limit));
  co_return generations_of(rows);
}

Task<std::vector<domain::Generation>> unconfirmed_due(UnitOfWork& unit, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kUnconfirmedText.data(), unit.now(), limit));
  co_return generations_of(rows);
}

Task<std::vector<domain::Generation>> cancel_candidates(UnitOfWork& unit, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kCancelText.data(), unit.now(), limit));
  co_return generations_of(rows);
}

Task<std::vector<Poll>> running_cancels(UnitOfWork& unit, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kRunningCancelText.data(), limit));
  std::vector<domain::Generation> jobs = generations_of(rows);
  co_return co_await with_attempts(unit, std::move(jobs));
}

Task<std::vector<domain::Generation>> past_deadline(UnitOfWork& unit, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kDeadlineText.data(), unit.now(), limit));
  co_return generations_of(rows);
}

Task<std::string> result_of(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kResult, id));
  co_return rows.empty() ? std::string() : rows[0].text(0);
}

Task<std::optional<Accepted>> last_accepted(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLastAttempt, id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  Accepted attempt{rows[0].text(0), rows[0].text(1)};
  co_return attempt;
}

Task<std::vector<OpenJobs>> open_jobs(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOpenJobs).scan());
  std::vector<OpenJobs> out;
  for (const sql::Row row : rows) {
    out.push_back({domain::job_state_from(row.text(0)), row.i64(1), row.time(2)});
  }
  co_return out;
}

Task<std::int64_t> spent_since(UnitOfWork& unit, TimePoint since) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kSpent, since).scan());
  co_return rows[0].i64(0);
}

}  // namespace aisha::stores::job_steps
