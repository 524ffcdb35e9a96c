// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "tests/sim/world/process.hpp"
#include "tests/sim/world/universe.hpp"

namespace aisha::sim {

/// The processes of the product, alive or waiting to be started again.
class Fleet {
 public:
  explicit Fleet(Universe& universe) : universe_(universe) {}

  /// Starts what is not alive.
  void start_all();
  void kill(Owner owner);
  /// Nobody runs it for so long; then it goes on where it was.
  void freeze(Owner owner, Millis how_long);
  /// One that lives and is not frozen, or null.
  Process* awake();
  /// Buries the doomed. True when something happened.
  bool bury();
  /// One ready step of each process. False = nothing was ready.
  bool step();
  TimePoint frozen_until(Owner owner) const;

 private:
  void start(Owner owner);

  Universe& universe_;
  std::vector<std::unique_ptr<Process>> processes_;  // by owner - 1; null = dead
};

/// One person: opens the chat, presses what there is to press, writes, changes their mind.
Task<void> live(Universe& universe, std::int64_t person);
/// Kills and freezes until faults end.
Task<void> wreak_havoc(Universe& universe, Fleet& fleet);
/// Carries fal's queue forward: paints, and calls webhooks until somebody answers.
Task<void> run_fal(Universe& universe, Fleet& fleet);

}  // namespace aisha::sim
