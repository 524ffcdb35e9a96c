// SPDX-License-Identifier: Apache-2.0
#include "services/generations/usual_times.hpp"

#include "stores/pictures/generations.hpp"

namespace aisha::services {
namespace {

// As many votes as the old pictures had, up to a few: new ones soon outvote them.
constexpr std::int64_t kVotes = 10;

}  // namespace

Task<void> recall_usual_times(Context context, ProviderState& gate) {
  stores::UnitOfWork unit(context.db, context.rng);
  const auto times = co_await stores::generations::median_times(unit, unit.now() - std::chrono::days(7));
  for (const auto& time : times) {
    for (std::int64_t i = 0; i < std::min(kVotes, time.pictures); ++i) {
      gate.measured(time.model, time.median);
    }
  }
}

}  // namespace aisha::services
