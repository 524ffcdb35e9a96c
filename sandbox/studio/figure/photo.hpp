// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/studio/raster/raster.hpp"

namespace aisha::sandbox::studio {

/// A photo prepared for cutting out. Places are its pixels, colours are display values.
struct Photo {
  Raster rgb, alpha;
  bool masked = false;  ///< `alpha` is the subject's own outline
  bool placed = false;  ///< where the head is is known, and `alpha` goes around it
  bool cut_top = false, cut_left = false, cut_right = false;  ///< the subject leaves the photo there
  float top = 0;                                              ///< first row of the subject
  float safe = 0;                                             ///< last row where it is free of the sides
  float wide = 0;  ///< > 0 when the head fills the photo: width of the subject
  float head_x = 0, head_y = 0, head_width = 0, chin = 0;
};

/// `mask` may be empty (no pixels): the photo is then melted into the scene. Otherwise it has the photo's size, 0..1.
Photo prepare(Raster rgb, Raster mask);

}  // namespace aisha::sandbox::studio
