// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::cache {

/// So many events within any window of this length.
struct Rate {
  int events = 0;
  Millis window{0};
};

/// Limits that all processes on one engine keep together. Never the truth, like Cache: with its engine away each
/// process counts alone, and it does not throw.
class RateLimiter {
 public:
  virtual ~RateLimiter() = default;

  /// Zero: `event` is within the rate and counted; an event that was counted before is allowed and not counted twice.
  /// Else the time until it would be allowed; then it is not counted. Keys come from `keys.hpp` only.
  virtual Task<Millis> take(std::string key, std::string event, Rate rate) = 0;
};

}  // namespace aisha::cache
