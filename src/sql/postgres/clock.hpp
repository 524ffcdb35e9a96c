// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <chrono>

#include "base/time.hpp"

namespace aisha::sql::postgres {

/// The server's clock carried on by the machine's steady one. It never steps back, whatever a later look says.
class ServerClock {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  explicit ServerClock(const Clock* outside) : outside_(outside) {}

  TimePoint now() const {
    if (outside_ != nullptr) {
      return outside_->now();
    }
    latest_ = std::max(latest_, std::chrono::floor<Millis>(TimePoint(server_ + since(looked_))));
    return latest_;
  }

  /// `server` was read somewhere between the two moments.
  void set(TimePoint server, Steady asked, Steady answered) {
    server_ = server;
    looked_ = asked + (answered - asked) / 2;
    renewed_ = answered;
  }

  bool is_old() const { return outside_ == nullptr && since(renewed_) > std::chrono::minutes(1); }
  /// Somebody looks already.
  void mark_renewed() { renewed_ = std::chrono::steady_clock::now(); }

 private:
  static Millis since(Steady moment) {
    return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - moment);
  }

  const Clock* outside_;
  TimePoint server_{};
  Steady looked_ = std::chrono::steady_clock::now();
  Steady renewed_ = looked_;
  mutable TimePoint latest_{};
};

}  // namespace aisha::sql::postgres
