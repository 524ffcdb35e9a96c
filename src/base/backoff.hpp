// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>

#include "base/rng.hpp"
#include "base/time.hpp"

/// How long to wait before trying again.
namespace aisha {

/// `first`, doubled `times` times, at most `last`.
constexpr Millis doubled(Millis first, std::int64_t times, Millis last) {
  Millis out = first;
  for (std::int64_t i = 0; i < times && out < last; ++i) {
    out *= 2;
  }
  return std::min(out, last);
}

/// Full jitter: anything from 1 ms to `most`, so that those who lost the same server do not come back in step.
inline Millis jittered(Rng& rng, Millis most) {
  const std::int64_t choices = std::max<std::int64_t>(1, most.count());
  return Millis(1 + static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(choices))));
}

}  // namespace aisha
