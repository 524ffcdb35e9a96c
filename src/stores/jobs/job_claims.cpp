// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/job_claims.hpp"

#include <algorithm>

#include "stores/jobs/job_row.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::job_claims {
namespace {

constexpr auto kClaimWaiting = joined(
    "UPDATE jobs SET lease_until = $1, next_at = $1, lease_epoch = lease_epoch + 1"
    " WHERE id IN (SELECT id FROM jobs WHERE kind = $4 AND status = $6 AND finished_at IS NULL"
    " AND next_at <= $2 AND cancel_requested = $5 AND deadline_at > $2"
    " ORDER BY next_at, id LIMIT $3 /*skip locked*/) RETURNING ",
    kJobColumns);
// A result that came in time is fetched at least once, even when the deadline has passed meanwhile.
constexpr auto kClaimStoring = joined(
    "UPDATE jobs SET lease_until = $1, next_at = $1, lease_epoch = lease_epoch + 1"
    " WHERE id IN (SELECT id FROM jobs WHERE kind = $4 AND status = 'storing' AND finished_at IS NULL"
    " AND next_at <= $2 ORDER BY next_at, id LIMIT $3 /*skip locked*/) RETURNING ",
    kJobColumns);
constexpr auto kClaimPolls = joined(
    "UPDATE jobs SET next_at = CASE WHEN tries < $4 THEN $1 ELSE $5 END, tries = tries + 1"
    " WHERE id IN (SELECT id FROM jobs WHERE kind = $6 AND status = 'running' AND finished_at IS NULL"
    " AND next_at <= $2 ORDER BY next_at, id LIMIT $3 /*skip locked*/) RETURNING ",
    kJobColumns);
constexpr sql::Text kNextDue =
    "SELECT next_at FROM jobs WHERE kind = $1 AND status = $2 AND finished_at IS NULL ORDER BY next_at LIMIT 1";
constexpr sql::Text kAhead =
    "SELECT count(*) FROM (SELECT 1 FROM jobs WHERE kind = $1 AND status = 'queued' AND finished_at IS NULL"
    " AND (next_at, id) < ($2, $3) LIMIT $4) before";
constexpr auto kDueIn = joined("SELECT ", kJobColumns,
                               " FROM jobs WHERE kind = $1 AND status = $2 AND finished_at IS NULL AND next_at <= $3"
                               " ORDER BY next_at, id LIMIT $4");
constexpr auto kCancel =
    joined("SELECT ", kJobColumns,
           " FROM jobs WHERE status IN ('preparing', 'queued', 'unconfirmed') AND finished_at IS NULL"
           " AND cancel_requested = true AND lease_until <= $1 ORDER BY id LIMIT $2");
constexpr auto kRunningCancel = joined("SELECT ", kJobColumns,
                                       " FROM jobs WHERE status = 'running' AND finished_at IS NULL"
                                       " AND cancel_requested = true ORDER BY id LIMIT $1");
constexpr auto kDeadline = joined("SELECT ", kJobColumns,
                                  " FROM jobs WHERE finished_at IS NULL AND deadline_at <= $1"
                                  " AND (status IN ('preparing', 'queued', 'unconfirmed', 'running') OR (status = "
                                  "'storing' AND tries > 0 AND lease_until <= $1))"
                                  " ORDER BY deadline_at, id LIMIT $2");
constexpr sql::Text kOpenJobs =
    "SELECT kind, status, count(*), min(created_at) FROM jobs WHERE finished_at IS NULL GROUP BY kind, status";
constexpr sql::Text kLastTimes =
    "SELECT created_at, finished_at FROM jobs WHERE model = $1 AND status = 'succeeded'"
    " ORDER BY finished_at DESC LIMIT $2";

Task<std::vector<Job>> jobs_in(UnitOfWork& unit, sql::Statement statement) {
  const sql::Rows rows = co_await unit.read(std::move(statement));
  co_return jobs_of(rows);
}

Task<std::vector<Job>> taken(UnitOfWork& unit, sql::Statement statement) {
  const sql::Rows rows = co_await unit.at_once(std::move(statement));
  std::vector<Job> jobs = jobs_of(rows);
  // An UPDATE gives its rows back in any order; ids are in the order of asking.
  std::ranges::sort(jobs, {}, &Job::id);
  co_return jobs;
}

}  // namespace

Task<std::vector<Job>> claim(UnitOfWork& unit, JobKindName kind, JobState state, std::int64_t limit, Millis lease) {
  const TimePoint until = unit.now() + lease;
  if (state != JobState::storing) {
    sql::Statement take(kClaimWaiting.data(), until, unit.now(), limit, domain::text_of(kind), false,
                        domain::text_of(state));
    return taken(unit, std::move(take));
  }
  sql::Statement take(kClaimStoring.data(), until, unit.now(), limit, domain::text_of(kind));
  return taken(unit, std::move(take));
}

Task<std::vector<Job>> claim_polls(UnitOfWork& unit, JobKindName kind, std::int64_t limit, PollPace pace) {
  sql::Statement take(kClaimPolls.data(), unit.now() + pace.often, unit.now(), limit, pace.patient,
                      unit.now() + pace.seldom, domain::text_of(kind));
  return taken(unit, std::move(take));
}

Task<std::optional<TimePoint>> next_due(UnitOfWork& unit, JobKindName kind, JobState state) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNextDue, domain::text_of(kind), domain::text_of(state)));
  co_return rows.empty() ? std::nullopt : std::optional(rows[0].time(0));
}

Task<std::int64_t> queue_ahead(UnitOfWork& unit, Job job) {
  sql::Statement count(kAhead, domain::text_of(job.kind), job.next_at, job.id, kMostAhead + 1);
  const sql::Rows rows = co_await unit.read(std::move(count));
  co_return rows[0].i64(0);
}

Task<std::vector<Job>> expired_submits(UnitOfWork& unit, JobKindName kind, std::int64_t limit) {
  sql::Statement due(kDueIn.data(), domain::text_of(kind), domain::text_of(JobState::submitting), unit.now(), limit);
  return jobs_in(unit, std::move(due));
}

Task<std::vector<Job>> unconfirmed_due(UnitOfWork& unit, JobKindName kind, std::int64_t limit) {
  sql::Statement due(kDueIn.data(), domain::text_of(kind), domain::text_of(JobState::unconfirmed), unit.now(), limit);
  return jobs_in(unit, std::move(due));
}

Task<std::vector<Job>> cancel_candidates(UnitOfWork& unit, std::int64_t limit) {
  return jobs_in(unit, sql::Statement(kCancel.data(), unit.now(), limit));
}

Task<std::vector<Job>> running_cancels(UnitOfWork& unit, std::int64_t limit) {
  return jobs_in(unit, sql::Statement(kRunningCancel.data(), limit));
}

Task<std::vector<Job>> past_deadline(UnitOfWork& unit, std::int64_t limit) {
  return jobs_in(unit, sql::Statement(kDeadline.data(), unit.now(), limit));
}

Task<std::vector<OpenJobs>> open_jobs(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOpenJobs).scan());
  std::vector<OpenJobs> out;
  for (const sql::Row row : rows) {
    out.push_back({domain::job_kind_from(row.text(0)), domain::job_state_from(row.text(1)), row.i64(2), row.time(3)});
  }
  co_return out;
}

Task<std::vector<Millis>> last_times(UnitOfWork& unit, std::string model, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLastTimes, std::move(model), limit));
  std::vector<Millis> out;
  for (const sql::Row row : rows) {
    out.push_back(row.time(1) - row.time(0));
  }
  co_return out;
}

}  // namespace aisha::stores::job_claims
