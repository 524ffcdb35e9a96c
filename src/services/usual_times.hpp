// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "services/ground.hpp"
#include "services/provider_gate.hpp"
#include "services/steps.hpp"

namespace aisha::services {

/// Tells a fresh process how long pictures took during the last week.
Task<void> recall_usual_times(Ground ground, ProviderGate& gate);

/// The same from time to time, for a process that makes no pictures itself.
class UsualTimes final : public Chore {
 public:
  UsualTimes(Ground ground, ProviderGate& gate) : ground_(ground), gate_(gate) {}

  Task<void> run() override { return recall_usual_times(ground_, gate_); }

 private:
  Ground ground_;
  ProviderGate& gate_;
};

}  // namespace aisha::services
