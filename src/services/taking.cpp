// SPDX-License-Identifier: Apache-2.0
#include "services/taking.hpp"

#include "base/log.hpp"

namespace aisha::services {

Task<std::vector<Task<void>>> Taking::claim(int limit) {
  auto updates = co_await inbox_.claim(limit);
  std::vector<Task<void>> out;
  for (ClaimedUpdate& update : updates) {
    out.push_back(run(std::move(update)));
  }
  co_return out;
}

Task<void> Taking::run(ClaimedUpdate update) {
  bool handled = false;
  try {
    co_await handler_.handle(update);
    handled = true;
  } catch (const std::exception& problem) {
    log::error("update {}: {}", update.key, problem.what());
  }
  if (!handled) {
    co_await inbox_.retry(std::move(update));
  }
}

}  // namespace aisha::services
