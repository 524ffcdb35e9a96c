// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <vector>

#include "sandbox/studio/raster/colour.hpp"

namespace aisha::sandbox::studio {

/// Interleaved floats: 3 channels are a picture, 1 is a mask or a field.
struct Raster {
  int width = 0, height = 0, channels = 3;
  std::vector<float> pixels;

  Raster() = default;
  Raster(int w, int h, int c, float value = 0)
      : width(w), height(h), channels(c), pixels(std::size_t(w) * std::size_t(h) * std::size_t(c), value) {}

  float* row(int y) { return pixels.data() + std::size_t(y) * width * channels; }
  const float* row(int y) const { return pixels.data() + std::size_t(y) * width * channels; }
  /// Three channels only.
  Colour rgb(int x, int y) const {
    const float* at = row(y) + 3 * x;
    return {at[0], at[1], at[2]};
  }
  void set(int x, int y, Colour v) {
    float* at = row(y) + 3 * x;
    at[0] = v.r, at[1] = v.g, at[2] = v.b;
  }
};

/// Half the size, each pixel the mean of four.
Raster shrink_half(const Raster& a);
/// Bilinear, or Catmull-Rom when `cubic`.
Raster enlarge(const Raster& a, int width, int height, bool cubic = false);
/// A close likeness of a Gauss blur; `sigma` in pixels.
Raster blur(const Raster& a, float sigma);
/// One channel of Rec. 601 luma.
Raster luma_of(const Raster& a);

}  // namespace aisha::sandbox::studio
