// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>

#include "sandbox/studio/raster/raster.hpp"

namespace aisha::sandbox::studio {

/// Replaces every pixel by change(x, y, colour).
template <class F>
void each(Raster& m, F change) {
  for (int y = 0; y < m.height; ++y) {
    for (int x = 0; x < m.width; ++x) {
      m.set(x, y, change(x, y, m.rgb(x, y)));
    }
  }
}

inline Colour saturate(Colour v, float k) {
  const float l = luma(v);
  return {l + (v.r - l) * k, l + (v.g - l) * k, l + (v.b - l) * k};
}

/// An S-shaped tone curve, `k` strong.
inline Colour curve(Colour v, float k) {
  const auto bend = [&](float x) {
    x = std::clamp(x, 0.f, 1.f);
    return lerp(x, x * x * (3 - 2 * x), k);
  };
  return {bend(v.r), bend(v.g), bend(v.b)};
}

}  // namespace aisha::sandbox::studio
