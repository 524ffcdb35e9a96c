// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "sandbox/studio/open_air/ground.hpp"
#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

using std::abs, std::clamp, std::max, std::min;

namespace {

/// The deck narrows towards a point behind the head.
struct Deck {
  float x, horizon;
  /// A point of the deck's edge: `z` 1 is at the lower corners, larger is farther away.
  float edge(float z) const { return 0.95f / z; }
  float y(float z) const { return horizon + 0.42f / z; }
};

void tower(Canvas& c, const Sky& sky, const Deck& deck, std::uint32_t s) {
  const float half = 0.30f, top = 0.035f, pier = 0.075f, spring = 0.25f, opening = 0.5f * (half - 1.5f * pier);
  c.area(deck.x - half - 0.03f, top, deck.x + half + 0.03f, deck.horizon + 0.05f, [&](float x, float y, Colour& v) {
    const float u = abs(x - deck.x), centre = 0.5f * pier + opening, dx = abs(u - centre);
    const float radius = opening * 1.9f;
    const float in = y > spring ? opening - dx : radius - std::hypot(dx + radius - opening, y - spring);
    const bool cornice = y < top + 0.035f && u < half + 0.02f;
    if ((u > half && !cornice) || (in > 0 && y > 0.1f)) {
      return;
    }
    const float row = std::floor(y / 0.026f), bx = x / 0.06f + 0.5f * float(int(row) & 1);
    const float joint = min(min(bx - std::floor(bx), 1 - (bx - std::floor(bx))) * 0.06f,
                            min(y / 0.026f - row, 1 - (y / 0.026f - row)) * 0.026f);
    const float tone = (0.75f + 0.4f * hash(int(std::floor(bx)), int(row), s)) *
                       (0.7f + 0.6f * fbm(x * 40, y * 40, s + 2, 3)) * smoothstep(0.f, 0.004f, joint + 0.0022f);
    const float rim = in > -0.016f && y > 0.1f ? 0.62f : 1.f;
    const float side = clamp(0.5f + 1.1f * (sky.sun_x > deck.x ? 1.f : -1.f) * (x - deck.x) / half, 0.f, 1.f);
    v = lerp(from_hex(0xa08a78) * lerp(sky.shade * 1.2f, sky.light * (sky.night ? 1.7f : 1.f), 0.25f + 0.5f * side) *
                 (tone * rim * (cornice ? 1.25f : 1.f)),
             sky.haze, 0.20f);
  });
}

void cables(Canvas& c, const Deck& deck, Colour steel) {
  constexpr int kSteps = 40;
  for (const float side : {-1.f, 1.f}) {
    for (const float shift : {0.f, 0.018f}) {
      float px = 0, py = 0;
      for (int i = 0; i <= kSteps; ++i) {
        const float t = float(i) / kSteps, x = deck.x + side * lerp(0.24f, 0.98f, t),
                    y = 0.05f + shift + 0.60f * std::pow(t, 1.7f);
        if (i > 0) {
          c.line(px, py, x, y, 0.0075f - 0.003f * (shift > 0 ? 1.f : 0.f), steel);
        }
        if (i % 3 == 0 && shift == 0) {  // a hanger down to the rail
          const float z = 0.95f / max(0.1f, abs(x - deck.x));
          c.line(x, y, x, deck.y(z) - 0.16f / z, 0.0022f, steel * 0.9f);
        }
        px = x, py = y;
      }
    }
  }
}

void rails(Canvas& c, const Sky& sky, const Deck& deck, Colour steel, bool lamps) {
  for (const float side : {-1.f, 1.f}) {
    for (const float high : {0.17f, 0.10f, 0.04f}) {
      float px = deck.x + side * deck.edge(1), py = deck.y(1) - high;
      for (float z = 1.1f; z < 9; z *= 1.1f) {
        const float x = deck.x + side * deck.edge(z), y = deck.y(z) - high / z;
        c.line(px, py, x, y, (high > 0.15f ? 0.013f : 0.006f) / z + 0.0015f, steel);
        px = x, py = y;
      }
    }
    for (float z = 1.05f; z < 8; z += 0.16f * z) {
      const float x = deck.x + side * deck.edge(z), y = deck.y(z);
      c.line(x, y, x, y - 0.17f / z, 0.007f / z, steel);
    }
    for (float z = 1.5f; z < 7; z *= 1.42f) {
      const float x = deck.x + side * deck.edge(z) * 1.0f, y = deck.y(z), top = y - 0.52f / z;
      c.line(x, y, x, top, 0.010f / z, steel * 0.8f);
      c.disc(x, top, 0.020f / z, lamps ? from_hex(0xffdca0, 7.f) : from_hex(0xe8ecf0), 0.003f);
      if (lamps) {
        c.glow(x, top, 0.10f / z + 0.02f, from_hex(0xffb45a, sky.night ? 0.8f : 0.6f));
      }
    }
  }
}

}  // namespace

void span_bridge(Canvas& c, const Sky& sky, float horizon) {
  const std::uint32_t s = c.dice.state;
  const Deck deck{c.head_x, horizon};
  const bool wet = c.setting.weather == Weather::rain, lamps = sky.night || sky.sun || wet;
  tower(c, sky, deck, s);
  const Colour steel = lerp(from_hex(0x3c3a40) * lerp(sky.shade, sky.light, 0.4f), sky.haze, 0.08f);
  cables(c, deck, steel);
  const Raster above = static_cast<const Raster&>(c);
  c.area(0, horizon, c.aspect, 1, [&](float x, float y, Colour& v) {
    const float z = 0.42f / max(0.02f, y - horizon), u = (x - deck.x) / deck.edge(z);
    if (abs(u) > 1) {
      return;
    }
    const float plank = u * 14 - std::floor(u * 14), grain = fbm(u * 30, z * 3, s + 8, 3);
    const Colour wood = c.setting.weather == Weather::snow ? from_hex(0xd8dfe8) : from_hex(0x6a5a4c);
    v = wood * lerp(sky.shade, sky.light, 0.5f) * ((0.7f + 0.5f * grain) * (plank < 0.08f ? 0.45f : 1.f));
    if (wet) {
      const int row = clamp(int((horizon - (y - horizon) * 1.3f) * float(c.height)), 0, c.height - 1);
      v = lerp(v, above.rgb(clamp(int((x + 0.012f * (grain - 0.5f)) * float(c.height)), 0, c.width - 1), row), 0.42f);
    }
    v = lerp(v, sky.haze, 0.5f * smoothstep(3.f, 12.f, z));
  });
  rails(c, sky, deck, steel, lamps);
}

}  // namespace aisha::sandbox::studio
