// SPDX-License-Identifier: Apache-2.0
#include "services/context/chore_steps.hpp"

#include <exception>

#include "base/log.hpp"

namespace aisha::services {

Task<void> ChoreSteps::run(std::string_view step, Task<void> work) {
  try {
    co_await std::move(work);
  } catch (const std::exception& problem) {
    metrics_.chore_failed(step);
    if (failing_.emplace(step).second) {
      log::error("{}: {}", step, problem.what());
    }
    co_return;
  }
  if (failing_.erase(std::string(step)) > 0) {
    log::info("{}: works again", step);
  }
}

}  // namespace aisha::services
