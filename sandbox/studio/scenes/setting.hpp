// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "sandbox/studio/raster/colour.hpp"

namespace aisha::sandbox::studio {

enum class Hour { unsaid, dawn, day, evening, night };
enum class Weather { clear, rain, snow, fog };

/// What the prompt says of the place beyond its scene.
struct Setting {
  Hour hour = Hour::unsaid;
  Weather weather = Weather::clear;
  bool mountains = false, water = false, bridge = false, city = false, forest = false, castle = false;
  bool autumn = false, moon = false;
  bool party = false;              ///< a feast by day, with balloons
  std::optional<Colour> backdrop;  ///< "on a red background", linear

  bool has_land() const { return mountains || water || bridge || city || forest || castle; }
};

}  // namespace aisha::sandbox::studio
