// SPDX-License-Identifier: Apache-2.0
#include "services/spending/spending.hpp"

#include <fmt/core.h>

#include <chrono>

#include "base/zone.hpp"
#include "stores/jobs/attempts.hpp"

namespace aisha::services {
namespace {

constexpr Millis kFresh{2'000};

TimePoint midnight_before(TimePoint now) {
  return end_of_utc_day(now) - std::chrono::days(1);
}

}  // namespace

Millis Spending::until_midnight() const {
  const TimePoint now = context_.db.now();
  return end_of_utc_day(now) - now;
}

Task<std::int64_t> Spending::spent_lately() {
  const TimePoint now = context_.db.now();
  const bool is_fresh = now - read_at_ < kFresh && midnight_before(now) == midnight_before(read_at_);
  if (!is_fresh) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    spent_ = co_await stores::attempts::spent_since(unit, midnight_before(now));
    read_at_ = now;
  }
  co_return spent_;
}

Task<Result<void>> Spending::admit(Actor& actor, std::int64_t cost_micro_usd) {
  const Policy& policy = context_.policy;
  const std::int64_t own_cap = policy.micro_usd_per_person_day;
  const std::int64_t cap = policy.micro_usd_per_day;
  std::int64_t own = 0;
  std::int64_t all = 0;
  if (own_cap > 0) {
    const TimePoint midnight = midnight_before(actor.unit().now());
    own = co_await stores::attempts::spent_by(actor.unit(), actor.user().id, midnight);
  }
  if (cap > 0) {
    all = co_await spent_lately();
  }
  const bool is_over = (own_cap > 0 && own + cost_micro_usd > own_cap) || (cap > 0 && all + cost_micro_usd > cap);
  if (is_over) {
    const about::Wait wait{std::chrono::ceil<std::chrono::seconds>(until_midnight()).count()};
    co_return fail(Errc::limit_spend, fmt::format("opens in {} s", wait.seconds), wait);
  }
  co_return Result<void>{};
}

Task<std::optional<std::int64_t>> Spending::room() {
  const std::int64_t cap = context_.policy.micro_usd_per_day;
  if (cap == 0) {
    co_return std::nullopt;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::int64_t spent = co_await stores::attempts::spent_since(unit, midnight_before(context_.db.now()));
  co_return cap - spent;
}

}  // namespace aisha::services
