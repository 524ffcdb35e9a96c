// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "sandbox/studio/figure/photo.hpp"

namespace aisha::sandbox::studio {

/// A face in a photo: its middle as shares of width and height, the side of its box as a share of the width.
struct FaceSpot {
  float x = 0, y = 0, side = 0;
};

/// A photo whose person has no mask, only a known face: head and shoulders around it are cut out with a soft, brushed
/// edge, which takes a little of what surrounds them along.
Photo prepare_bust(Raster rgb, const FaceSpot& face, std::uint32_t seed);

}  // namespace aisha::sandbox::studio
