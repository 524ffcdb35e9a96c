// SPDX-License-Identifier: Apache-2.0
#include "services/generations/usual_times.hpp"

#include <algorithm>

#include "stores/jobs/job_claims.hpp"

namespace aisha::services {
namespace {

constexpr std::int64_t kLooked = 50;

int median_seconds(std::vector<Millis> times) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  return std::max(1, static_cast<int>((middle->count() + 500) / 1000));
}

}  // namespace

Task<void> UsualTimes::run() {
  std::map<std::string, int> fresh;
  // Of an edition that may be replaced meanwhile.
  const std::vector<catalog::ModelRef> rows = models_.all();
  for (const catalog::ModelRef& row : rows) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    auto times = co_await stores::job_claims::last_times(unit, row->endpoint, kLooked);
    if (!times.empty()) {
      fresh[row->endpoint] = median_seconds(std::move(times));
    }
  }
  seconds_ = std::move(fresh);
}

std::optional<int> UsualTimes::seconds(const std::string& model) const {
  const auto found = seconds_.find(model);
  return found == seconds_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace aisha::services
