// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/rng.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "services/context/signal.hpp"
#include "services/context/worker.hpp"

namespace aisha::loops {

struct PumpOptions {
  std::string name;    ///< for the log
  int parallel = 1;    ///< steps running at once
  Millis idle{1'000};  ///< longest time between two looks at the table
};

/// Drives one kind of work: claims as many as fit, runs them side by side, and sleeps until the next is due, a bell
/// rings or a step has ended. A step or a claim that throws is logged; claims are then tried again with growing,
/// jittered pauses. Must outlive its coroutines. Loop thread only.
class Pump {
 public:
  Pump(Executor executor, Clock& clock, Rng& rng, services::Worker& worker, services::Signal& bell, PumpOptions options)
      : executor_(std::move(executor)),
        clock_(clock),
        rng_(rng),
        worker_(worker),
        bell_(bell),
        options_(std::move(options)) {}
  Pump(const Pump&) = delete;
  Pump& operator=(const Pump&) = delete;

  /// Until `stop` and the end of the last step. Once.
  Task<void> run();
  /// No further claim; running steps go on.
  void stop();

 private:
  Task<void> turn();
  Task<bool> claim();
  void launch(Task<void> step);

  Executor executor_;
  Clock& clock_;
  Rng& rng_;
  services::Worker& worker_;
  services::Signal& bell_;
  PumpOptions options_;
  int running_ = 0;
  int failures_ = 0;
  bool stopping_ = false;
};

}  // namespace aisha::loops
