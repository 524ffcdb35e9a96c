// SPDX-License-Identifier: Apache-2.0
// The painted land: whatever of mountains, water, city, bridge, forest and castle the prompt names, at its hour.
#include <cmath>

#include "sandbox/studio/open_air/ground.hpp"
#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/scenes/scenes.hpp"

namespace aisha::sandbox::studio {

namespace {

/// A prompt may name only rain, or only the night: then it is a street, or a meadow with trees.
Setting completed(Setting setting) {
  if (!setting.has_land()) {
    setting.city = setting.weather == Weather::rain;
    setting.forest = !setting.city;
  }
  return setting;
}

}  // namespace

void land(Canvas& c) {
  c.setting = completed(c.setting);
  const Setting& here = c.setting;
  const Sky sky = sky_of(c);
  const std::uint32_t s = c.dice.state;
  const float horizon = here.bridge ? 0.58f : here.water ? 0.56f : 0.60f;
  c.shade([&](float x, float y) { return sky.at(x, y, horizon, s); });
  hang_moon(c, sky, horizon);
  if (sky.sun) {
    c.glow(sky.sun_x, sky.sun_y, 0.13f, from_hex(0xffb060, here.weather == Weather::clear ? 1.0f : 0.3f));
    if (here.weather == Weather::clear) {
      c.disc(sky.sun_x, sky.sun_y, 0.040f, from_hex(0xffedc0, 4.f), 0.008f);
    }
  }
  if (here.mountains) {
    raise_mountains(c, sky, horizon);
  }
  if (here.castle) {
    build_castle(c, sky, horizon);
  }
  if (here.city) {
    build_skyline(c, sky, horizon);
  }
  const bool firs = here.mountains || here.weather == Weather::snow || (!here.autumn && here.weather == Weather::fog);
  if (here.forest && here.water) {
    plant_forest(c, sky, horizon - 0.02f, firs);
  }
  if (here.water || here.bridge) {
    fill_water(c, sky, horizon);
  } else if (here.city) {
    pave(c, sky, horizon);
  } else {
    lay_meadow(c, sky, horizon);
  }
  if (here.forest && !here.water) {
    plant_forest(c, sky, horizon, firs);
  }
  c.lens(here.bridge ? 0.004f : here.forest ? 0.010f : 0.006f);
  if (here.bridge) {
    span_bridge(c, sky, horizon);
    c.lens(0.004f);
  }
}

}  // namespace aisha::sandbox::studio
