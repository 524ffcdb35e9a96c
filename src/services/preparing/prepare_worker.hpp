// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/job_kind.hpp"
#include "services/jobs/provider_state.hpp"
#include "services/preparing/handover.hpp"
#include "services/prompts/rewriting.hpp"

namespace aisha::services {

/// What preparing is done with; all outlive the worker.
struct PrepareTools {
  Handover& handover;
  Rewriter& rewriter;
  ProviderState& state;
};

/// preparing -> queued | failed, for one kind: does what a job wants before it can be submitted. A neighbour that is
/// away is waited for until the job's deadline; nothing here costs anything, and all of it may happen twice.
class PrepareWorker final : public Worker {
 public:
  PrepareWorker(Context context, JobKind& kind, PrepareTools tools) : context_(context), kind_(kind), tools_(tools) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Job job);
  Task<void> rewrite(domain::Job job, Wants wants);
  Task<void> hand_over(domain::Job job, Wants wants, std::optional<Rewriter::Rewritten> rewritten);
  Task<void> trouble(domain::Job job, Error error);
  Task<void> wait(domain::Job job, Error error);

  Context context_;
  JobKind& kind_;
  PrepareTools tools_;
};

}  // namespace aisha::services
