// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "sandbox/studio/figure/photo.hpp"
#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

/// A window of the photo, in its pixels; it may reach beyond it.
struct Frame {
  float x0, y0, width, height;
};

Frame compose(const Photo& f, float aspect, Dice& r);

/// Mask of a photo that has none: a ragged, brushed edge, open at the bottom.
Raster cameo(int width, int height, std::uint32_t seed);

}  // namespace aisha::sandbox::studio
