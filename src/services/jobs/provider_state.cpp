// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/provider_state.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "stores/jobs/provider_states.hpp"

namespace aisha::services {
namespace {

namespace states = stores::provider_states;

// One provider is wired at a time; its rows outlive the program.
constexpr std::string_view kProvider = "fal";

}  // namespace

std::optional<Errc> ProviderState::refuses() const {
  return closed_ && context_.db.now() < closed_->until ? std::optional(closed_->why) : std::nullopt;
}

std::optional<TimePoint> ProviderState::probe_at() const {
  return closed_ ? std::optional(std::max(closed_->until, lost_until_)) : std::nullopt;
}

void ProviderState::learn(std::optional<Closed> closed) {
  if (closed && !closed_) {
    log::error("the provider is closed: {}", code_of(closed->why));
  } else if (!closed && closed_) {
    log::info("the provider is open again");
  }
  const bool changed = closed.has_value() != closed_.has_value() || (closed && closed->until != closed_->until);
  closed_ = closed;
  if (changed) {
    context_.signals.submit.wake();
  }
}

Task<bool> ProviderState::take_probe(Millis length) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const bool won = co_await states::take_probe(unit, kProvider, length);
  if (!won) {
    // Another process asks, or has opened or closed it meanwhile.
    lost_until_ = unit.now() + context_.policy.idle_poll;
    co_await run();
  }
  co_return won;
}

Task<void> ProviderState::opened() {
  if (!closed_) {
    co_return;
  }
  learn(std::nullopt);
  stores::UnitOfWork unit(context_.db, context_.rng);
  const bool first = co_await states::open(unit, kProvider);
  if (first) {
    context_.signals.submit.notify();
  }
}

Task<void> ProviderState::refused(Errc why) {
  const Closed closed{why, context_.db.now() + context_.policy.provider_pause};
  learn(closed);
  stores::UnitOfWork unit(context_.db, context_.rng);
  const states::Closed row{closed.why, closed.until};
  co_await states::close(unit, kProvider, row);
}

Task<void> ProviderState::not_told() {
  if (!closed_) {
    co_return;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_await states::leave_probe(unit, kProvider);
}

Task<void> ProviderState::run() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto found = co_await states::find(unit, kProvider);
  learn(found ? std::optional(Closed{found->why, found->until}) : std::nullopt);
}

}  // namespace aisha::services
