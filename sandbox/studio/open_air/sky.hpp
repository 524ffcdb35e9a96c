// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/studio/scenes/canvas.hpp"

namespace aisha::sandbox::studio {

/// The sky of an hour in a weather, and what it does to the land below. Colours are linear.
struct Sky {
  Colour top, middle, low;  ///< overhead, half way, at the horizon
  Colour haze;              ///< what distance turns things into
  Colour light, shade;      ///< on lit and on unlit ground
  Colour cloud_lit, cloud_shade;
  float cover = 0.5f;  ///< share of clouds
  bool night = false, sun = false, moon = false;
  float sun_x = 0, sun_y = 0;

  Colour at(float x, float y, float horizon, std::uint32_t seed) const;
};

/// `c` says where the head is: sun and moon stand beside it.
Sky sky_of(const Canvas& c);

/// Stars and the moon, for a canvas that already has its sky.
void hang_moon(Canvas& c, const Sky& sky, float horizon);

}  // namespace aisha::sandbox::studio
