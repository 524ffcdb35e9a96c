// SPDX-License-Identifier: Apache-2.0
#include "services/bin/clearing.hpp"

#include "base/log.hpp"
#include "cache/recall.hpp"
#include "stores/bin/clears.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

namespace clears = stores::clears;

bool is_open(const clears::Clear& clear) {
  return clear.state == clears::State::clearing || clear.state == clears::State::restoring;
}

}  // namespace

Task<std::optional<Millis>> Clearing::due_in() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await clears::next_due(unit);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> Clearing::claim(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto taken = co_await clears::claim(unit, limit, context_.policy.lease);
  std::vector<Task<void>> steps;
  for (clears::Clear& clear : taken) {
    steps.push_back(finish(std::move(clear)));
  }
  co_return steps;
}

Task<void> Clearing::finish(clears::Clear clear) {
  bool goes_on = is_open(clear);
  while (goes_on) {
    goes_on = co_await move_some(clear);
  }
}

/// False at the end, or when the clear is somebody else's by now. A picture that came back by hand meanwhile leaves the
/// step to the next claim.
Task<bool> Clearing::move_some(clears::Clear& clear) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto step = co_await clears::next(unit, clear, context_.policy.clear_step);
  clears::take(unit, clear, step, context_.policy.lease);
  // Before, so that nobody keeps what is about to be old; after, for who read in between.
  co_await cache::forget_pictures(context_.cache, clear.user_id);
  const auto moved = co_await unit.commit();
  if (!moved) {
    log::info("clear {} of pictures waits for its next claim: {}", clear.id.to_string(), moved.error().detail);
    co_return false;
  }
  co_await cache::forget_pictures(context_.cache, clear.user_id);
  co_return is_open(clear);
}

}  // namespace aisha::services
