// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/time.hpp"

namespace aisha::sandbox {

/// The sandbox's time: another clock plus an offset that only grows. Lifetimes (150 s callbacks, 48 h deletes, expiring
/// results) are judged on it; waiting is done on the clock underneath, so an advance never wakes a sleeper early.
class SandboxClock final : public Clock {
 public:
  /// `base` must outlive this object.
  explicit SandboxClock(Clock& base) : base_(base) {}

  TimePoint now() const override { return base_.now() + offset_; }
  Task<void> sleep(Millis delay) override { return base_.sleep(delay); }

  Millis offset() const { return offset_; }
  /// Negative amounts are ignored: Telegram's time does not run backwards.
  void advance(Millis by) {
    if (by > Millis(0)) {
      offset_ += by;
    }
  }
  /// `POST /sim/reset`.
  void reset() { offset_ = Millis(0); }

 private:
  Clock& base_;
  Millis offset_{0};
};

}  // namespace aisha::sandbox
