// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>

#include "sandbox/studio/figure/framing.hpp"
#include "sandbox/studio/figure/photo.hpp"
#include "sandbox/studio/wardrobe/tailor.hpp"

namespace aisha::sandbox::studio {

/// The faces whose measurements are taken: only they can be dressed, any other photo keeps its own clothes.
enum class Sitting { unknown, eileen, chelsea };

/// How a photo's head sits in units: outlines of head, face and the photo's own neck.
struct Fit {
  float unit;            ///< the photo's pixels
  float chin_x, chin_y;  ///< tip of the chin in the photo
  std::string_view head, face, neck;
  bool furry;  ///< the collar hides the chin and there is no bare neck
  Point hat{0, 0};
  float hat_scale = 1, raise = 13;
};

std::optional<Fit> fit_of(const Photo& photo, Sitting sitting);

/// Head and bust; the frame may reach beyond the photo, since nothing but the head is taken from it.
Frame bust_frame(const Fit& fit, float aspect, Dice& dice, bool hat);

/// Mean linear colour of a patch of the photo, in units.
Colour mean_of(const Photo& photo, const Fit& fit, Point low, Point high);

}  // namespace aisha::sandbox::studio
