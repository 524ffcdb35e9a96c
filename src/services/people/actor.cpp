// SPDX-License-Identifier: Apache-2.0
#include "services/people/actor.hpp"

#include <utility>

#include "cache/recall.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
Actor::Actor(Context context, std::unique_ptr<stores::UnitOfWork> unit, const Uuid& trace)
    : context_(context), unit_(std::move(unit)), trace_(trace) {}

Actor::~Actor() = default;
Actor::Actor(Actor&&) noexcept = default;

Uuid Actor::take_id() {
  const bool trace_is_free = !std::exchange(trace_is_used_, true) && !trace_.is_nil();
  return trace_is_free ? trace_ : unit_->new_id();
}

Task<Result<void>> Actor::commit() {
  // Before, so that nobody keeps what is about to be old; after, for who read in between.
  co_await forget_copies();
  auto saved = co_await unit_->commit();
  if (!saved) {
    co_return saved;
  }
  co_await forget_copies();
  for (Signal* bell : bells_) {
    bell->notify();
  }
  co_return saved;
}

void Actor::forget_pictures() {
  for (cache::keys::Entry& copy : cache::keys::of_pictures(user_.id)) {
    forget(std::move(copy));
  }
}

Task<void> Actor::forget_copies() {
  for (const cache::keys::Entry& entry : copies_) {
    co_await cache::forget(context_.cache, entry);
  }
}

}  // namespace aisha::services
