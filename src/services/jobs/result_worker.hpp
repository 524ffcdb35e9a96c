// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/job_kind.hpp"

namespace aisha::services {

/// storing -> succeeded | failed | queued, for one kind: has the result judged and kept, and only then takes the coins.
/// The one way to end a job with a result. A result that is no good is made anew under the hold there is, as often as
/// the policy allows. Repeating any part of it is harmless.
class ResultWorker final : public Worker {
 public:
  ResultWorker(Context context, JobKind& kind) : context_(context), kind_(kind) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Job job);
  Task<void> succeed(domain::Job job, std::unique_ptr<Kept> kept);
  Task<void> settle(domain::Job job, Error error);
  void judged_bad(stores::UnitOfWork& unit, const domain::Job& job, const Error& error, const about::Defect& defect);

  Context context_;
  JobKind& kind_;
};

}  // namespace aisha::services
