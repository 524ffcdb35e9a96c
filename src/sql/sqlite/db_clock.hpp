// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>

#include "base/time.hpp"

namespace aisha::sql::sqlite {

/// Wall clock taken once, carried on by the steady clock, so that a jump of the wall clock moves no lease; or a clock
/// given from outside.
class DbClock {
 public:
  explicit DbClock(const Clock* outside)
      : outside_(outside),
        wall_(std::chrono::floor<Millis>(std::chrono::system_clock::now())),
        steady_(std::chrono::steady_clock::now()) {}

  TimePoint now() const {
    if (outside_ != nullptr) {
      return outside_->now();
    }
    return wall_ + std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - steady_);
  }

 private:
  const Clock* outside_;
  TimePoint wall_;
  std::chrono::steady_clock::time_point steady_;
};

}  // namespace aisha::sql::sqlite
