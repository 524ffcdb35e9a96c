// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "loops/pump.hpp"
#include "loops/rounds.hpp"
#include "services/context/policy.hpp"
#include "services/context/signal.hpp"

namespace aisha::loops {

/// The loops of one process. Fill it, start it, stop it; it must outlive the executor's coroutines. Loop thread only.
class Loops {
 public:
  Loops(Executor executor, Clock& clock, Rng& rng, const services::Policy& policy)
      : executor_(std::move(executor)), clock_(clock), rng_(rng), policy_(policy), still_(executor_) {}

  void drive(std::string name, services::Worker& worker, services::Signal& bell, int parallel);
  void repeat(std::string name, services::Chore& chore, Millis pause);

  void start();
  /// Claims nothing more at once and returns when everything has ended, after Policy::drain at the latest. False = some
  /// steps were still running: their rows come back when the leases are over.
  Task<bool> stop();

 private:
  void launch(Task<void> loop);

  Executor executor_;
  Clock& clock_;
  Rng& rng_;
  const services::Policy& policy_;
  std::vector<std::unique_ptr<Pump>> pumps_;
  std::vector<std::unique_ptr<Rounds>> rounds_;
  std::size_t running_ = 0;
  services::Signal still_;  ///< the last loop has ended
};

}  // namespace aisha::loops
