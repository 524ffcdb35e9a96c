// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "services/context/service_metrics.hpp"

namespace aisha::services {

/// The parts of a chore, each for itself: what one throws does not keep the others from running. Every failure is
/// counted (`aisha_chore_failures_total{step}`); the log hears of the first of a part, and when it works again.
class ChoreSteps {
 public:
  explicit ChoreSteps(ServiceMetrics& metrics) : metrics_(metrics) {}

  Task<void> run(std::string_view step, Task<void> work);

 private:
  ServiceMetrics& metrics_;
  std::set<std::string, std::less<>> failing_;
};

}  // namespace aisha::services
