// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/job_kind.hpp"
#include "services/jobs/provider_state.hpp"
#include "services/preparing/handover.hpp"

namespace aisha::services {

/// preparing -> queued | failed, for one kind: does what a job wants before it can be submitted. A neighbour that is
/// away is waited for until the job's deadline; nothing here costs anything, and all of it may happen twice.
class PrepareWorker final : public Worker {
 public:
  PrepareWorker(Context context, JobKind& kind, Handover& handover, ProviderState& state)
      : context_(context), kind_(kind), handover_(handover), state_(state) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Job job);
  Task<void> settle(domain::Job job, Result<std::string> input);
  Task<void> wait(domain::Job job, Error error);

  Context context_;
  JobKind& kind_;
  Handover& handover_;
  ProviderState& state_;
};

}  // namespace aisha::services
