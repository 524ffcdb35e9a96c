// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/studio/figure/photo.hpp"
#include "sandbox/studio/scenes/scenes.hpp"

namespace aisha::sandbox::studio {

/// The subject at half the picture's size; the head in those pixels.
struct Stage {
  Raster subject, alpha;
  float head_x = 0, head_y = 0, head_width = 0;
};

/// Turns the subject into linear light, lit as the scene is: key, fill, rims, wrap, bloom, shadow on the backdrop.
void relight(Stage& s, Canvas& backdrop, const Light& light, bool masked);

}  // namespace aisha::sandbox::studio
