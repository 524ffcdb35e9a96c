// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/job.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Finding jobs: claims for workers, candidates for the reaper, figures. Every question is a probe of an index over
/// unfinished jobs, however many have ended. A claim moves `next_at` to the end of its lease as well, so that one index
/// tells what is due and what comes next.
namespace aisha::stores::job_claims {

using domain::Job;
using domain::JobKindName;
using domain::JobState;

/// Takes up to `limit` due jobs in `state` (preparing: to complete; queued: to submit; storing: to fetch and keep):
/// lease, epoch + 1. Jobs whose cancellation was asked for or whose deadline has passed are left to the reaper until
/// they are submitted. Durable at once.
Task<std::vector<Job>> claim(UnitOfWork& unit, JobKindName kind, JobState state, std::int64_t limit, Millis lease);
/// The earliest moment a job in `state` becomes claimable; nothing = none.
Task<std::optional<TimePoint>> next_due(UnitOfWork& unit, JobKindName kind, JobState state);

/// How often a running job is asked about: at first `often` apart, after `patient` polls `seldom`.
struct PollPace {
  Millis often{1'000};
  std::int64_t patient = 10;
  Millis seldom{5'000};
};
/// Running jobs whose poll is due; the next poll is set by `pace` and tries counted, durable at once.
Task<std::vector<Job>> claim_polls(UnitOfWork& unit, JobKindName kind, std::int64_t limit, PollPace pace);

/// How many queued jobs of its kind stand before this one, counted up to `kMostAhead` + 1; 0 when it is next.
inline constexpr std::int64_t kMostAhead = 100;
Task<std::int64_t> queue_ahead(UnitOfWork& unit, Job job);

/// Jobs in submitting whose lease ran out: the outcome is unknown.
Task<std::vector<Job>> expired_submits(UnitOfWork& unit, JobKindName kind, std::int64_t limit);
/// Unconfirmed jobs whose window is over.
Task<std::vector<Job>> unconfirmed_due(UnitOfWork& unit, JobKindName kind, std::int64_t limit);
/// Asked to cancel and in a state where that needs no provider (preparing, queued, unconfirmed; not leased).
Task<std::vector<Job>> cancel_candidates(UnitOfWork& unit, std::int64_t limit);
/// Asked to cancel and running: the provider must be asked.
Task<std::vector<Job>> running_cancels(UnitOfWork& unit, std::int64_t limit);
/// Past their deadline and free to fail: preparing, queued, unconfirmed, running, and storing without a live lease.
Task<std::vector<Job>> past_deadline(UnitOfWork& unit, std::int64_t limit);

struct OpenJobs {
  JobKindName kind{};
  JobState state{};
  std::int64_t count = 0;
  TimePoint oldest;  ///< when the oldest of them was asked for
};
/// States without a job are left out. Scans the index of the unfinished ones: some 15 ms for 50,000.
Task<std::vector<OpenJobs>> open_jobs(UnitOfWork& unit);

/// How long the last jobs of a model took from the tap to the end, newest first; at most `limit`, of what is kept.
Task<std::vector<Millis>> last_times(UnitOfWork& unit, std::string model, std::int64_t limit);

}  // namespace aisha::stores::job_claims
