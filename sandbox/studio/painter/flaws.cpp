// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/painter/flaws.hpp"

#include <algorithm>

namespace aisha::sandbox::studio {
namespace {

/// Dark, yet no flat colour: a glow that no viewer would notice.
Raster night(int width, int height) {
  constexpr float kGlow = 20.0F / 255;
  Raster out(width, height, 3);
  for (int y = 0; y < height; ++y) {
    const float shade = kGlow * float(y) / float(height);
    for (int x = 0; x < width; ++x) {
      out.set(x, y, {shade, shade, shade});
    }
  }
  return out;
}

}  // namespace

Raster spoilt(Raster m, Flaw flaw) {
  switch (flaw) {
    case Flaw::none: return m;
    case Flaw::black: return night(m.width, m.height);
    case Flaw::grey: return {m.width, m.height, 3, 0.5F};
    case Flaw::blur: return blur(m, float(std::min(m.width, m.height)) / 32);
  }
  return m;
}

Raster magnified(const Raster& m, int width, int height) {
  Raster out(width, height, m.channels);
  for (int y = 0; y < height; ++y) {
    const float* from = m.row(y * m.height / height);
    float* to = out.row(y);
    for (int x = 0; x < width; ++x) {
      std::copy_n(from + std::size_t(x * m.width / width) * std::size_t(m.channels), m.channels, to);
      to += m.channels;
    }
  }
  return out;
}

}  // namespace aisha::sandbox::studio
