// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>

#include "base/time.hpp"

namespace aisha::services {

/// `first`, doubled `times` times, at most `last`.
constexpr Millis doubled(Millis first, std::int64_t times, Millis last) {
  Millis out = first;
  for (std::int64_t i = 0; i < times && out < last; ++i) {
    out *= 2;
  }
  return std::min(out, last);
}

}  // namespace aisha::services
