// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/job_kind.hpp"

namespace aisha::services {

/// storing -> succeeded | failed, for one kind: has the result kept, and only then takes the coins. The one way to end
/// a job with a result. Repeating any part of it is harmless.
class ResultWorker final : public Worker {
 public:
  ResultWorker(Context context, JobKind& kind) : context_(context), kind_(kind) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Job job);
  Task<void> succeed(domain::Job job, std::unique_ptr<Kept> kept);
  Task<void> settle(domain::Job job, Error error);

  Context context_;
  JobKind& kind_;
};

}  // namespace aisha::services
