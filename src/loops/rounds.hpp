// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/task.hpp"
#include "base/time.hpp"
#include "services/context/signal.hpp"
#include "services/context/worker.hpp"

namespace aisha::loops {

/// Runs a chore again and again with a pause between. What it throws is logged, and the next round comes all the same.
/// Must outlive its coroutine. Loop thread only.
class Rounds {
 public:
  Rounds(const Executor& executor, Clock& clock, services::Chore& chore, std::string name, Millis pause)
      : clock_(clock), chore_(chore), name_(std::move(name)), pause_(pause), bell_(executor) {}

  /// Until `stop`. Once.
  Task<void> run();
  void stop();

 private:
  Clock& clock_;
  services::Chore& chore_;
  std::string name_;
  Millis pause_;
  services::Signal bell_;
  bool stopping_ = false;
};

}  // namespace aisha::loops
