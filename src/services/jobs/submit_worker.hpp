// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/job_kind.hpp"
#include "services/jobs/provider_state.hpp"
#include "services/spending/spending.hpp"

namespace aisha::services {

/// queued -> submitting -> running | queued | unconfirmed | failed, for one kind. The intent is written before the
/// provider is asked; an answer is written whatever the database does meanwhile, as long as the process lives. While
/// the provider is closed to us, one submit of all processes at a time finds out whether it is open again. What would
/// pass the day's cap waits until midnight, and ends when its deadline is before that.
class SubmitWorker final : public Worker {
 public:
  SubmitWorker(Context context, JobKind& kind, providers::ImageGenerator& provider, ProviderState& state)
      : context_(context), kind_(kind), provider_(provider), state_(state), spending_(context) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Job job, bool probes);
  Task<void> hold_off(domain::Job job, bool probes);
  Task<void> submit(domain::Job job, std::string token);
  Task<void> accepted(domain::Job job, std::string token, providers::RemoteJob remote);
  Task<bool> write_accepted(domain::Job job, std::string token, providers::RemoteJob remote);
  Task<void> refused(domain::Job job, std::string token, Error error);
  Task<void> unknown(domain::Job job);

  Context context_;
  JobKind& kind_;
  providers::ImageGenerator& provider_;
  ProviderState& state_;
  Spending spending_;
  std::int64_t begun_micro_usd_ = 0;  ///< of submits that no row tells of yet
};

}  // namespace aisha::services
