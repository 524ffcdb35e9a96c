// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/time.hpp"

namespace aisha::fakes {

/// A clock that only tests move; whoever sleeps on it moves it and goes on at once.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start = from_epoch_ms(1'767'225'600'000)) : now_(start) {}

  TimePoint now() const override { return now_; }
  Task<void> sleep(Millis delay) override {
    now_ += delay;
    co_return;
  }
  void advance(Millis delay) { now_ += delay; }

 private:
  TimePoint now_;
};

}  // namespace aisha::fakes
