// SPDX-License-Identifier: Apache-2.0
// Winter, desert, space.
#include <cmath>

#include "sandbox/studio/open_air/ground.hpp"
#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/scenes/scenes.hpp"

namespace aisha::sandbox::studio {

using std::abs, std::clamp, std::max;

namespace {

/// A hut in the snow with a lit window.
void hut(Canvas& c, float x, float foot) {
  constexpr float kHalf = 0.105f, kWall = 0.115f, kRoof = 0.10f;
  const float top = foot - kWall;
  c.area(x - kHalf * 1.4f, top - kRoof - 0.01f, x + kHalf * 1.4f, foot, [&](float px, float py, Colour& v) {
    const float u = px - x, roof = top - kRoof * (1 - abs(u) / (kHalf * 1.32f));
    if (abs(u) < kHalf && py > top) {
      const float log = (py - top) / 0.016f - std::floor((py - top) / 0.016f);
      v = from_hex(0x4a3020) * (0.35f + 0.5f * std::sin(3.14f * log));
    }
    if (abs(u) < kHalf * 1.32f && py > roof - 0.020f && py < max(roof + 0.012f, top + 0.008f) && py > roof - 0.02f) {
      v = py < roof + 0.004f ? from_hex(0xe8eef8, 1.05f) : from_hex(0x33241c);
    }
  });
  c.rect(x - 0.052f, top + 0.030f, x - 0.006f, top + 0.078f, from_hex(0xffc060, 3.6f), 0.002f);
  c.rect(x + 0.022f, top + 0.030f, x + 0.066f, top + 0.078f, from_hex(0xffb850, 3.2f), 0.002f);
  for (const float at : {x - 0.029f, x + 0.044f}) {
    c.rect(at - 0.0018f, top + 0.030f, at + 0.0018f, top + 0.078f, from_hex(0x33241c));
    c.rect(at - 0.023f, top + 0.052f, at + 0.023f, top + 0.0555f, from_hex(0x33241c));
  }
  c.glow(x, top + 0.06f, 0.14f, from_hex(0xff9a40, 0.55f));
  c.glow(x, foot + 0.02f, 0.12f, from_hex(0xffa850, 0.30f), 0.35f);
}

Sky blue_hour(const Canvas& c) {
  Sky sky = sky_of(c);
  if (sky.night) {
    return sky;
  }
  sky.top = from_hex(0x4f74ac), sky.middle = from_hex(0x9fb8dc), sky.low = from_hex(0xf6dccc, 1.1f);
  sky.haze = from_hex(0xbccbe2), sky.light = from_hex(0xe6eefc), sky.shade = from_hex(0x42587c);
  sky.cloud_lit = from_hex(0xf8e4dc, 1.1f), sky.cloud_shade = from_hex(0x8a9cc0);
  sky.cover = 0.55f;
  return sky;
}

}  // namespace

void winter(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  constexpr float kHorizon = 0.60f;
  c.setting.weather = Weather::snow;
  const Sky sky = blue_hour(c);
  c.shade([&](float x, float y) { return sky.at(x, y, kHorizon, s); });
  hang_moon(c, sky, kHorizon);
  lay_meadow(c, sky, kHorizon);
  const float house = c.beside(0.10f);
  plant_forest(c, sky, kHorizon, true);
  hut(c, house, kHorizon + 0.055f);
  for (int k = 0; k < int(70 * c.aspect); ++k) {  // fairy lights in the nearest boughs
    const float x = r(0, c.aspect), y = r(0.18f, 0.58f), warm = r();
    if (abs(x - c.head_x) > 0.24f) {
      c.disc(x, y, 0.0035f, lerp(from_hex(0xffb050, 6.f), from_hex(0xffe0a0, 7.f), warm), 0.002f);
    }
  }
  c.lens(0.011f);
}

namespace {

/// Table mountains: a few heights only, with steep walls and layers of stone.
void mesas(Canvas& c, const Sky& sky, float horizon, int layer) {
  const std::uint32_t s = c.dice.state + std::uint32_t(layer) * 17U;
  const float scale = 1.6f - 0.35f * layer, haze = 0.60f - 0.28f * layer;
  const auto top_at = [&](float x) {
    const float n = fbm(x * scale + 3.7f * layer, 4, s, 3), q = n * 7,
                step = std::floor(q) + smoothstep(0.80f, 1.f, q - std::floor(q));
    const float off = clamp(abs(x - c.head_x) / (0.5f * c.aspect), 0.f, 1.f);
    return horizon - max(0.f, step / 7 - 0.28f) * lerp(0.30f, 0.95f, off) * (0.75f + 0.2f * layer);
  };
  c.area(0, 0.08f, c.aspect, horizon + 0.02f, [&](float x, float y, Colour& v) {
    const float top = top_at(x) + 0.004f * noise(x * 90, 3, s);
    if (y < top || top > horizon - 0.01f) {
      return;
    }
    const float band = noise(3, y * 60 + 0.6f * noise(x * 9, y * 20, s), s + 5),
                crack = fbm(x * 22 + 2 * noise(x * 5, y * 9, s + 8), y * 3, s + 6, 4);
    const float slope = (top_at(x + 0.006f) - top_at(x - 0.006f)) * (sky.sun_x > x ? 1.f : -1.f);
    const float lit = clamp(0.5f + 3 * slope + 0.7f * (crack - 0.5f), 0.1f, 1.f);
    const Colour stone = lerp(from_hex(0xa8482a), from_hex(0xe09058), band) * lerp(sky.shade, sky.light, lit);
    v = lerp(stone, sky.haze, clamp(haze + 0.35f * smoothstep(top, horizon, y), 0.f, 0.9f));
  });
}

void dunes(Canvas& c, const Sky& sky, float horizon) {
  const std::uint32_t s = c.dice.state;
  for (int layer = 0; layer < 4; ++layer) {
    const float base = horizon + 0.10f * float(layer), size = 0.05f + 0.03f * layer;
    const auto crest = [&](float x) {
      return base - size * (fbm(x * (2.4f - 0.4f * layer) + 5.f * layer, 2, s + 3, 2) - 0.4f);
    };
    c.area(0, horizon - 0.06f, c.aspect, 1, [&](float x, float y, Colour& v) {
      const float top = crest(x);
      if (y < top) {
        return;
      }
      const float slope = (crest(x + 0.01f) - crest(x - 0.01f)) / 0.02f * (sky.sun_x > c.head_x ? 1.f : -1.f);
      const float t = (y - top) / 0.2f,
                  ripple = std::sin((y - top) * (520 - 80 * layer) + 9 * fbm(x * 6, y * 9, s + 7, 3));
      const float lit = clamp(0.55f + 1.3f * slope * std::exp(-t) + 0.10f * ripple * smoothstep(0.f, 0.3f, t) +
                                  0.2f * (noise(x * 200, y * 200, s) - 0.5f),
                              0.f, 1.f);
      v = lerp(from_hex(0xd9a060) * lerp(sky.shade, sky.light, lit) * 1.1f, sky.haze, 0.5f - 0.16f * layer);
    });
  }
}

}  // namespace

void desert(Canvas& c) {
  constexpr float kHorizon = 0.56f;
  const std::uint32_t s = c.dice.state;
  Sky sky = sky_of(c);
  if (!sky.night) {
    sky.top = from_hex(0x5c86b8), sky.middle = from_hex(0xe6bd92), sky.low = from_hex(0xffcf8a, 1.2f);
    sky.haze = from_hex(0xf0b888), sky.light = from_hex(0xffd8a0, 1.15f), sky.shade = from_hex(0x6a4038);
    sky.cloud_lit = from_hex(0xffe4c0, 1.1f), sky.cloud_shade = from_hex(0xc89a80);
    sky.cover = 0.25f, sky.sun = true, sky.sun_y = 0.36f;
  }
  c.shade([&](float x, float y) { return sky.at(x, y, kHorizon, s); });
  hang_moon(c, sky, kHorizon);
  if (sky.sun) {
    c.disc(sky.sun_x, sky.sun_y, 0.042f, from_hex(0xfff0c8, 3.6f), 0.010f);
    c.glow(sky.sun_x, sky.sun_y, 0.16f, from_hex(0xffb860, 0.8f));
  }
  for (int layer = 0; layer < 3; ++layer) {
    mesas(c, sky, kHorizon, layer);
  }
  dunes(c, sky, kHorizon);
  c.lens(0.006f);
}

}  // namespace aisha::sandbox::studio
