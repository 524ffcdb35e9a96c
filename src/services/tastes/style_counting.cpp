// SPDX-License-Identifier: Apache-2.0
#include "services/tastes/style_counting.hpp"

#include <algorithm>

#include "cache/recall.hpp"
#include "services/tastes/popularity.hpp"
#include "stores/tastes/style_days.hpp"
#include "stores/upkeep/chores.hpp"

namespace aisha::services {
namespace {

namespace chores = stores::chores;

constexpr std::string_view kName = "style_days";
constexpr Millis kOften{30 * 60'000};
constexpr Millis kLease{300'000};

std::chrono::sys_days first_day(std::chrono::sys_days today, std::int64_t mark) {
  const auto last = std::chrono::floor<std::chrono::days>(from_epoch_ms(mark * kOften.count()));
  return std::clamp(last, today - kRisingDays, today - std::chrono::days(1));
}

}  // namespace

Task<void> StyleCounting::run() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::int64_t goal = epoch_ms(unit.now()) / kOften.count();
  const auto claim = co_await chores::claim(unit, kName, goal, kLease);
  if (!claim) {
    co_return;
  }
  const auto today = std::chrono::floor<std::chrono::days>(unit.now());
  for (auto day = first_day(today, claim->mark); day <= today; day += std::chrono::days(1)) {
    stores::UnitOfWork one(context_.db, context_.rng);
    stores::style_days::count(one, day);
    chores::renew(one, kName, *claim, kLease);
    const auto done = co_await one.commit();
    if (!done) {
      // Another process has taken over, and counts these days too.
      co_return;
    }
  }
  cache::keys::Entry copy = cache::keys::popular();
  co_await cache::forget(context_.cache, std::move(copy));
  stores::UnitOfWork ending(context_.db, context_.rng);
  chores::finish(ending, kName, *claim, goal);
  co_await ending.commit();
}

}  // namespace aisha::services
