// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/provider_state.hpp"

#include <algorithm>

namespace aisha::services {
namespace {

constexpr std::size_t kKept = 50;
constexpr std::size_t kPositions = 4096;

}  // namespace

void ProviderState::pause(Errc why, TimePoint until) {
  why_ = why;
  until_ = until;
}

void ProviderState::note_position(const Uuid& id, std::optional<int> ahead) {
  if (ahead) {
    if (positions_.size() >= kPositions) {
      // Some ended in another process, which took no place away here. The next polls tell the living ones anew.
      positions_.clear();
    }
    positions_[id] = *ahead;
  } else {
    positions_.erase(id);
  }
}

std::optional<int> ProviderState::position(const Uuid& id) const {
  const auto found = positions_.find(id);
  return found == positions_.end() ? std::nullopt : std::optional(found->second);
}

void ProviderState::measured(const std::string& model, Millis took) {
  auto& times = times_[model];
  times.push_back(took);
  if (times.size() > kKept) {
    times.erase(times.begin());
  }
}

std::optional<int> ProviderState::usual_seconds(const std::string& model) const {
  const auto found = times_.find(model);
  if (found == times_.end()) {
    return std::nullopt;
  }
  auto sorted = found->second;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::ranges::nth_element(sorted, middle);
  return std::max(1, static_cast<int>((middle->count() + 500) / 1000));
}

}  // namespace aisha::services
