// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/actors.hpp"

namespace aisha::sim {
namespace {

constexpr std::size_t kProcesses = 2;

}  // namespace

void Fleet::start(Owner owner) {
  universe_.trace("start", static_cast<std::uint64_t>(owner));
  auto& place = processes_.at(static_cast<std::size_t>(owner) - 1);
  place = std::make_unique<Process>(universe_, owner, owner == 1);
  // Machines disagree about the time, and a clock that was set is seen by the next process.
  const Millis skew = universe_.between(-20'000, 3'600'000);
  if (universe_.strikes(300)) {
    place->set_skew(skew);
  }
}

void Fleet::start_all() {
  processes_.resize(kProcesses);
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    if (!processes_[i]) {
      start(static_cast<Owner>(i + 1));
    }
  }
}

void Fleet::kill(Owner owner) {
  auto& place = processes_.at(static_cast<std::size_t>(owner) - 1);
  if (place) {
    universe_.trace("kill", static_cast<std::uint64_t>(owner));
    ++universe_.crashes;
    place.reset();
  }
}

void Fleet::freeze(Owner owner, Millis how_long) {
  if (auto& place = processes_.at(static_cast<std::size_t>(owner) - 1)) {
    universe_.trace("freeze", static_cast<std::uint64_t>(how_long.count()));
    ++universe_.zombies;
    place->frozen_until = universe_.timers.now() + how_long;
  }
}

Process* Fleet::awake() {
  for (const auto& process : processes_) {
    if (process && process->frozen_until <= universe_.timers.now()) {
      return process.get();
    }
  }
  return nullptr;
}

bool Fleet::bury() {
  const auto doomed = std::exchange(universe_.doomed, {});
  for (const Owner owner : doomed) {
    kill(owner);
  }
  return !doomed.empty();
}

bool Fleet::step() {
  bool any = false;
  for (const auto& process : processes_) {
    if (process && process->frozen_until <= universe_.timers.now()) {
      any = process->step() || any;
    }
  }
  return bury() || any;
}

TimePoint Fleet::frozen_until(Owner owner) const {
  if (owner == 0 || !processes_.at(static_cast<std::size_t>(owner) - 1)) {
    return {};
  }
  return processes_[static_cast<std::size_t>(owner) - 1]->frozen_until;
}

}  // namespace aisha::sim
