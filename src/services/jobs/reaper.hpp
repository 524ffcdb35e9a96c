// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <utility>
#include <vector>

#include "services/context/chore_steps.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/job_kind.hpp"
#include "services/jobs/remote.hpp"

namespace aisha::services {

/// Brings on what nobody works on: submits without an answer, windows and deadlines that are over, jobs to be
/// cancelled, results kept and not applied. Every part names the state and epoch it saw, so two reapers do no harm, and
/// a part or a job that fails stops no other.
class Reaper final : public Chore {
 public:
  Reaper(Context context, JobKinds kinds, ProviderLink link)
      : context_(context), kinds_(kinds), link_(link), steps_(context.metrics) {}

  Task<void> run() override;

 private:
  using Work = Task<void> (Reaper::*)(domain::Job job);
  /// All of them, whatever becomes of one; then throws what the first that failed has thrown.
  Task<void> each(std::vector<domain::Job> jobs, Work work);
  Task<void> doubt_expired_submits(const JobKind& kind);
  Task<void> doubt(domain::Job job);
  Task<void> close_windows(const JobKind& kind);
  Task<void> close_window(domain::Job job);
  Task<void> cancel_waiting();
  Task<void> cancel_running();
  Task<void> cancel_here(domain::Job job);
  Task<void> cancel_at_provider(domain::Job job);
  Task<void> enforce_deadlines();
  Task<void> enforce_deadline(domain::Job job);
  Task<void> fetch_late(domain::Job job);
  Task<bool> end_now(domain::Job job, domain::JobState state, Errc why);

  Context context_;
  JobKinds kinds_;
  ProviderLink link_;
  ChoreSteps steps_;
  std::map<Uuid, TimePoint> asked_;  // running jobs the provider was asked to stop, and when
};

}  // namespace aisha::services
