// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/provider_state.hpp"

namespace aisha::services {

/// Tells a fresh process how long pictures took during the last week.
Task<void> recall_usual_times(Context context, ProviderState& gate);

/// The same from time to time, for a process that makes no pictures itself.
class UsualTimes final : public Chore {
 public:
  UsualTimes(Context context, ProviderState& gate) : context_(context), gate_(gate) {}

  Task<void> run() override { return recall_usual_times(context_, gate_); }

 private:
  Context context_;
  ProviderState& gate_;
};

}  // namespace aisha::services
