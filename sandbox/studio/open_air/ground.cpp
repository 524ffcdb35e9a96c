// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/open_air/ground.hpp"

#include <cmath>

#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

using std::abs, std::clamp;

namespace {

/// Sharp crests: noise folded at its middle.
float ridged(float x, float y, std::uint32_t seed, int octaves) {
  float sum = 0, gain = 0.5f, all = 0;
  for (int i = 0; i < octaves; ++i) {
    sum += gain * (1 - abs(2 * noise(x, y, seed + std::uint32_t(i)) - 1));
    all += gain, gain *= 0.5f, x *= 2.1f, y *= 2.1f;
  }
  return sum / all;
}

struct Range {
  float base, height, scale, haze;
  std::uint32_t seed;
};

/// One range of mountains; `peak` pulls it up on the roomier side of the head.
void raise_range(Canvas& c, const Sky& sky, float horizon, const Range& range, float peak) {
  const bool snowy = c.setting.weather == Weather::snow;
  const Colour rock = sky.night ? from_hex(0x1a2238) : from_hex(0x5a5a66),
               snow = sky.night ? from_hex(0x6a7ca8) : from_hex(0xf2f6fc, 1.1f);
  const float sun = sky.sun_x;
  const auto top_at = [&](float x) {
    const float near = std::exp(-(x - peak) * (x - peak) * 9);
    return range.base - range.height * (0.35f + 0.8f * near) * (ridged(x * range.scale, 7, range.seed, 6) - 0.22f);
  };
  c.area(0, 0.02f, c.aspect, horizon + 0.01f, [&](float x, float y, Colour& v) {
    const float top = top_at(x);
    if (y < top) {
      return;
    }
    const float depth = y - top;
    const float a = ridged(x * range.scale * 2.2f + 1.6f * depth, depth * 7 + x, range.seed + 20, 5);
    const float b = ridged((x + (sun > x ? 0.006f : -0.006f)) * range.scale * 2.2f + 1.6f * depth,
                           depth * 7 + x + 0.01f, range.seed + 20, 5);
    const float lit = clamp(0.5f + 9 * (b - a) + 0.25f * (a - 0.5f), 0.f, 1.f);
    const float line = (snowy ? 0.34f : 0.13f) + 0.12f * (a - 0.5f) + 0.06f * noise(x * 30, y * 30, range.seed);
    const float white = smoothstep(line + 0.02f, line - 0.02f, depth - 0.08f * lit);
    const Colour ground = lerp(rock, snow, white);
    const Colour colour = ground * lerp(sky.shade * (snowy ? 0.9f : 1.6f), sky.light, lit) * 1.25f;
    const float haze = range.haze + (1 - range.haze) * 0.75f * smoothstep(0.02f, 0.34f, depth);
    v = lerp(colour, sky.haze, clamp(haze, 0.f, 0.95f));
  });
}

}  // namespace

void raise_mountains(Canvas& c, const Sky& sky, float horizon) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  const float first = c.beside(0.16f), other = c.aspect - first;
  const float far = r(-0.06f, 0.06f);
  raise_range(c, sky, horizon, {horizon - 0.02f, 0.54f, 2.1f, 0.36f, s + 1}, other + far);
  raise_range(c, sky, horizon, {horizon + 0.0f, 0.72f, 1.7f, 0.10f, s + 40}, first);
  raise_range(c, sky, horizon, {horizon + 0.05f, 0.16f, 3.1f, 0.05f, s + 80}, other);
}

void fill_water(Canvas& c, const Sky& sky, float horizon) {
  const std::uint32_t s = c.dice.state;
  const Raster above = static_cast<const Raster&>(c);
  const Colour deep = sky.night ? from_hex(0x060d22) : sky.sun ? from_hex(0x1c2450) : from_hex(0x0f4a72);
  const bool calm = !c.setting.city && c.setting.mountains;
  c.area(0, horizon, c.aspect, 1, [&](float x, float y, Colour& v) {
    const float t = (y - horizon) / (1 - horizon), z = 1 / (t + 0.05f);
    const float wave = fbm(x * z * 1.2f, z * 5.5f, s + 20, 4);
    const float sway = (wave - 0.5f) * (calm ? 0.02f : 0.05f) * (0.3f + t);
    const int row = clamp(int((horizon - (y - horizon) * 1.15f + sway * 2) * float(c.height)), 0,
                          int(horizon * float(c.height)) - 1);
    const int column = clamp(int((x + sway) * float(c.height)), 0, c.width - 1);
    const Colour mirror = above.rgb(column, row);
    const float glance = (calm ? 0.75f : 0.62f) * (1 - 0.55f * t);
    v = lerp(deep * (0.75f + 0.6f * wave), mirror, glance);
    v += sky.low * (0.10f * smoothstep(0.58f, 0.75f, wave) * (1 - 0.6f * t));
    if (sky.sun || sky.moon) {
      const float d = abs(x - sky.sun_x) / (0.04f + 0.30f * t);
      v += (sky.moon ? from_hex(0xcfdcff, 2.2f) : from_hex(0xffc080, 5.f)) *
           (std::exp(-d * d) * smoothstep(0.55f, 0.72f, wave));
    } else if (!sky.night && c.setting.weather == Weather::clear) {
      v += from_hex(0xffffff, 1.6f) * smoothstep(0.70f, 0.80f, wave) * (1 - t);
    }
  });
  if (c.setting.mountains || c.setting.city || c.setting.bridge || c.setting.forest || c.setting.castle) {
    return;
  }
  c.area(0, 0.80f, c.aspect, 1, [&](float x, float y, Colour& v) {  // surf and sand of an open shore
    const float edge = 0.86f + 0.03f * fbm(x * 3, 5, s + 33, 3) + 0.01f * std::sin(x * 9);
    const float foam = std::exp(-std::pow((y - edge) / 0.008f, 2.f)) +
                       0.6f * std::exp(-std::pow((y - edge + 0.03f) / 0.006f, 2.f)) * fbm(x * 14, y * 30, s + 34, 3);
    const Colour sand = from_hex(0xcdb48c) * sky.light * (0.55f + 0.3f * fbm(x * 40, y * 60, s + 35, 3));
    v = lerp(v, sand, smoothstep(edge, edge + 0.015f, y));
    v += sky.low * (0.8f * foam);
  });
}

void lay_meadow(Canvas& c, const Sky& sky, float horizon) {
  const std::uint32_t s = c.dice.state;
  const bool snow = c.setting.weather == Weather::snow;
  const Colour near = snow ? from_hex(0xdfe7f2) : c.setting.autumn ? from_hex(0x8a6a2c) : from_hex(0x4f7a34);
  const Colour far = snow ? from_hex(0xeef3fa, 1.1f) : c.setting.autumn ? from_hex(0xc09a4c) : from_hex(0x93ac5a);
  c.area(0, horizon - 0.03f, c.aspect, 1, [&](float x, float y, Colour& v) {
    const float edge = horizon + 0.012f * (fbm(x * 3, 2, s + 4, 3) - 0.5f);
    if (y < edge) {
      return;
    }
    const float t = (y - edge) / (1 - edge), z = 1 / (t + 0.1f);
    const float patch = fbm(x * z * 1.5f, z * 4, s + 5, 4), blade = snow ? 0 : noise(x * 150, y * 40, s + 6) - 0.5f;
    const Colour ground = lerp(far, near, smoothstep(0, 0.6f, t)) * (0.7f + 0.6f * patch + 0.3f * blade * t);
    v = lerp(ground * lerp(sky.shade, sky.light, 0.55f + 0.5f * (patch - 0.5f)), sky.haze, 0.55f * std::exp(-t * 9));
  });
}

void pave(Canvas& c, const Sky& sky, float horizon) {
  const std::uint32_t s = c.dice.state;
  const Raster above = static_cast<const Raster&>(c);
  const bool wet = c.setting.weather == Weather::rain;
  const Colour stone = c.setting.weather == Weather::snow ? from_hex(0xd5dde8) : from_hex(0x4c4a4c);
  c.area(0, horizon, c.aspect, 1, [&](float x, float y, Colour& v) {
    const float t = y - horizon, n = fbm(x * 7, t * 50, s + 11, 3) - 0.5f;
    Colour mirror;
    for (int k = 0; k < 5; ++k) {
      mirror += above.rgb(clamp(int((x + 0.02f * n) * c.height), 0, c.width - 1),
                          clamp(int((horizon - t * (1.1f + 0.45f * k) - 0.004f) * c.height), 0, c.height - 1)) *
                0.2f;
    }
    const Colour dry = stone * lerp(sky.shade, sky.light, 0.4f) * (0.8f + 0.5f * (n + 0.5f));
    v = lerp(dry, mirror, wet ? 0.62f + 0.3f * n : 0.16f);
  });
}

}  // namespace aisha::sandbox::studio
