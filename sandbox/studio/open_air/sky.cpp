// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/open_air/sky.hpp"

#include <cmath>

#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

using std::clamp;

namespace {

Sky clear_sky(Hour hour) {
  switch (hour) {
    case Hour::night:
      return {from_hex(0x060a1e),
              from_hex(0x101c40),
              from_hex(0x33477a),
              from_hex(0x1c2a52),
              from_hex(0x5a6c98),
              from_hex(0x0a1024),
              from_hex(0x3a4a74),
              from_hex(0x121a36),
              0.42f,
              true};
    case Hour::evening:
      return {from_hex(0x2c3f78),       from_hex(0xa06a90), from_hex(0xffa95e, 1.15f),
              from_hex(0xc98a86),       from_hex(0xffb070), from_hex(0x3a2c4a),
              from_hex(0xff9a6a, 1.2f), from_hex(0x6a4a7c), 0.52f};
    case Hour::dawn:
      return {from_hex(0x7f9fd0),       from_hex(0xd8b8cc), from_hex(0xffdcb8, 1.15f),
              from_hex(0xd8c4cc),       from_hex(0xffe0c0), from_hex(0x5a5a70),
              from_hex(0xffe0d0, 1.2f), from_hex(0xa898b4), 0.5f};
    case Hour::day:
    case Hour::unsaid: break;
  }
  return {from_hex(0x2f6fc0),       from_hex(0x7fb2e4), from_hex(0xd8ebf6, 1.15f),
          from_hex(0xb4cfe4),       from_hex(0xfff0d2), from_hex(0x48586a),
          from_hex(0xffffff, 1.3f), from_hex(0xaebccb), 0.55f};
}

/// Clouds take the colours out of the sky.
Sky overcast(Sky sky, Weather weather) {
  const bool snow = weather == Weather::snow;
  const Colour grey = sky.night ? from_hex(0x1c2436) : snow ? from_hex(0xaab8cc) : from_hex(0x7a8794);
  const float k = weather == Weather::fog ? 0.8f : snow ? 0.55f : 0.62f;
  for (Colour* c : {&sky.top, &sky.middle, &sky.low, &sky.haze, &sky.light, &sky.cloud_lit}) {
    *c = lerp(*c, grey * (luma(*c) > luma(grey) ? 1.15f : 0.9f), k);
  }
  sky.cloud_shade = lerp(sky.cloud_shade, grey * 0.55f, k);
  sky.shade = lerp(sky.shade, grey * 0.35f, k);
  if (sky.sun && weather == Weather::rain) {  // an evening in the rain is a dark one
    for (Colour* c :
         {&sky.top, &sky.middle, &sky.low, &sky.haze, &sky.light, &sky.shade, &sky.cloud_lit, &sky.cloud_shade}) {
      *c = *c * Colour{0.34f, 0.40f, 0.52f};
    }
  }
  sky.cover = 0.75f;
  return sky;
}

}  // namespace

Sky sky_of(const Canvas& c) {
  const Setting& setting = c.setting;
  Hour hour = setting.hour;
  if (hour == Hour::unsaid) {
    hour = setting.moon ? Hour::night : setting.weather == Weather::rain && setting.city ? Hour::evening : Hour::day;
  }
  Sky sky = clear_sky(hour);
  sky.sun_x = c.beside(0.16f);
  sky.sun_y = hour == Hour::evening || hour == Hour::dawn ? 0.44f : 0.10f;
  sky.sun = hour == Hour::evening || hour == Hour::dawn;
  sky.moon = sky.night && setting.weather != Weather::fog;
  if (sky.night) {
    sky.sun_y = 0.15f;
  }
  if (setting.weather != Weather::clear) {
    sky = overcast(sky, setting.weather);
    sky.moon = sky.moon && setting.moon;
    sky.sun = sky.sun && setting.weather != Weather::fog;
  }
  return sky;
}

Colour Sky::at(float x, float y, float horizon, std::uint32_t seed) const {
  const float t = clamp(y / horizon, 0.f, 1.f), d = std::hypot(x - sun_x, (y - sun_y) * 1.2f);
  Colour v = t < 0.5f ? lerp(top, middle, smoothstep(0, 0.5f, t)) : lerp(middle, low, smoothstep(0.5f, 1.f, t));
  if (sun) {
    v += low * (0.8f * std::exp(-d * d * 10)) + from_hex(0xffd090, 1.3f) * std::exp(-d * 16);
  }
  const float flat = 2.2f + 5 * t;  // clouds lie flatter towards the horizon
  const float n = fbm(x * 2.0f + 0.7f * fbm(x * 2, y * 4, seed + 9, 2), y * flat, seed, 5);
  const float edge = 0.66f - 0.30f * cover;
  const float cloud = smoothstep(edge, edge + 0.16f, n) * (1 - 0.5f * smoothstep(0.8f, 1.f, t));
  const float thick = smoothstep(edge + 0.04f, edge + 0.30f, n);
  const Colour lit =
      lerp(cloud_lit, cloud_shade, thick) + (sun ? from_hex(0xffb060, 0.9f) * std::exp(-d * d * 14) : Colour{});
  return lerp(v, lit, (0.5f + 0.4f * cover) * cloud);
}

void hang_moon(Canvas& c, const Sky& sky, float horizon) {
  if (!sky.night) {
    return;
  }
  auto& r = c.dice;
  const bool clear = c.setting.weather == Weather::clear;
  for (int k = 0; clear && k < int(420 * c.aspect); ++k) {
    const float x = r(0, c.aspect), y = r(0, horizon * 0.95f), size = std::pow(r(), 5.f), bright = r(0.15f, 0.7f);
    c.disc(x, y, 0.0009f + 0.0016f * size, lerp(from_hex(0xcfdcff), from_hex(0xfff0d8), size) * (bright + 2.4f * size),
           0.001f);
  }
  if (sky.moon) {
    const float x = sky.sun_x, y = sky.sun_y, radius = 0.050f;
    c.glow(x, y, 0.20f, from_hex(0x9ab4e8, 0.35f));
    c.glow(x, y, 0.085f, from_hex(0xd8e4ff, 0.7f));
    const std::uint32_t s = c.dice.state;
    c.area(x - radius, y - radius, x + radius, y + radius, [&](float px, float py, Colour& v) {
      const float d = std::hypot(px - x, py - y) / radius;
      const float seas = smoothstep(0.45f, 0.65f, fbm((px - x) * 26 + 5, (py - y) * 26 + 5, s, 4));
      const Colour face = from_hex(0xfff6e0, 2.3f) * ((1 - 0.38f * seas) * (1 - 0.25f * d * d));
      v = lerp(v, face, smoothstep(1.0f, 0.94f, d));
    });
  }
}

}  // namespace aisha::sandbox::studio
