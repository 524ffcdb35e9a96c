// SPDX-License-Identifier: Apache-2.0
#include "loops/rounds.hpp"

#include <exception>

#include "base/log.hpp"

namespace aisha::loops {

Task<void> Rounds::run() {
  while (!stopping_) {
    try {
      co_await chore_.run();
    } catch (const std::exception& problem) {
      log::error("{}: {}", name_, problem.what());
    }
    if (!stopping_) {
      co_await bell_.wait(clock_, pause_);
    }
  }
}

void Rounds::stop() {
  stopping_ = true;
  bell_.wake();
}

}  // namespace aisha::loops
