// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <utility>

#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/job_kind.hpp"
#include "services/jobs/remote.hpp"

namespace aisha::services {

/// Asks the provider about running jobs of one kind and tells the person what changed.
class PollWorker final : public Worker {
 public:
  PollWorker(Context context, JobKind& kind, ProviderLink link) : context_(context), kind_(kind), link_(link) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Job job);
  Task<void> completed(domain::Job job, providers::RemoteJob remote);
  Task<void> show(domain::Job job, providers::RemoteStatus status);
  void trouble(const domain::Job& job, const Error& error);

  Context context_;
  JobKind& kind_;
  ProviderLink link_;
  std::map<Uuid, std::pair<TimePoint, std::string>> shown_;  // last status told here, and when
};

}  // namespace aisha::services
