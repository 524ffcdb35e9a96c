// SPDX-License-Identifier: Apache-2.0
// Trees and buildings of the painted land.
#include <cmath>

#include "sandbox/studio/open_air/ground.hpp"
#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

using std::abs, std::clamp;

namespace {

/// A fir with its top at (x, top), its foot at `foot`; snow lies on its boughs.
void fir(Canvas& c, float x, float top, float foot, Colour dark, Colour lit, float snow, std::uint32_t seed) {
  const float h = foot - top, half = 0.26f * h;
  c.area(x - half, top, x + half, foot, [&](float px, float py, Colour& v) {
    const float t = (py - top) / h, tier = t * 9 - std::floor(t * 9);
    const float wide =
        half * (0.06f + t) * (0.62f + 0.38f * tier) * (0.86f + 0.28f * noise(px * 90 + x * 17, py * 70, seed));
    const float d = abs(px - x);
    const float in = smoothstep(wide + 0.002f, wide - 0.002f, d);
    if (in <= 0) {
      return;
    }
    const float light = clamp(
        0.35f + 0.5f * tier - 0.4f * (px - x) / half + 0.4f * (noise(px * 120, py * 120, seed + 2) - 0.5f), 0.f, 1.f);
    Colour needles = lerp(dark, lit, light);
    needles = lerp(needles, Colour{0.78f, 0.84f, 0.95f} * (0.35f + luma(lit) * 4),
                   snow * smoothstep(0.35f, 0.75f, tier + 0.3f * (noise(px * 60, py * 60, seed + 3) - 0.5f)));
    v = lerp(v, needles, in);
  });
}

/// A round crown of leaves on a trunk.
void leaf_tree(Canvas& c, float x, float top, float foot, Colour dark, Colour lit) {
  auto& r = c.dice;
  const float radius = 0.30f * (foot - top);
  c.rect(x - 0.05f * radius, top + radius, x + 0.05f * radius, foot, from_hex(0x2c2118), 0.002f, 0.9f);
  for (int k = 0; k < 260; ++k) {
    const float a = r(0, 6.28f), q = std::sqrt(r()), size = r(0.035f, 0.11f) * radius, luck = r(-0.35f, 0.35f);
    const float px = x + radius * q * std::cos(a), py = top + 1.15f * radius + 1.2f * radius * q * std::sin(a);
    c.disc(px, py, size, lerp(dark, lit, clamp(0.5f - 0.5f * (py - top - radius) / radius + luck, 0.f, 1.f)), 0.004f);
  }
}

}  // namespace

void plant_forest(Canvas& c, const Sky& sky, float horizon, bool firs) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  const float snow = c.setting.weather == Weather::snow ? 0.85f : 0.f;
  for (int layer = 0; layer < 4; ++layer) {
    const float near = float(layer) / 3, step = lerp(0.035f, 0.14f, near);
    for (float x = -0.05f + r(0, step); x < c.aspect + 0.1f; x += step * r(0.7f, 1.3f)) {
      const float off = clamp(abs(x - c.head_x) / (0.5f * c.aspect), 0.f, 1.f);
      const float high = lerp(0.12f, lerp(0.22f, 0.66f, off), near) * r(0.8f, 1.2f);
      const float foot = horizon + 0.01f + 0.07f * near;
      const float haze = 0.72f * (1 - near), mix_in = r();
      const Colour green = c.setting.autumn && !firs ? lerp(from_hex(0xd07a24), from_hex(0xb03a1c), mix_in)
                                                     : lerp(from_hex(0x2c5a38), from_hex(0x4a6a30), mix_in);
      const Colour lit = lerp(green * sky.light * 1.5f, sky.haze, haze);
      const Colour dark = lerp(green * sky.shade * 0.8f, sky.haze, haze);
      if (firs) {
        fir(c, x, foot - high, foot, dark, lit, snow, s + std::uint32_t(layer));
      } else {
        leaf_tree(c, x, foot - high, foot, dark, lit);
      }
    }
    c.area(0, 0.1f, c.aspect, horizon + 0.05f, [&](float x, float y, Colour& v) {
      v = lerp(v, sky.haze, 0.22f * (1 - near) * smoothstep(0.2f, horizon, y) * (0.5f + fbm(x * 3, y * 6, s + 9, 3)));
    });
  }
}

void build_skyline(Canvas& c, const Sky& sky, float horizon) {
  auto& r = c.dice;
  const bool lights = sky.night || sky.sun || c.setting.weather == Weather::rain;
  for (int layer = 0; layer < 3; ++layer) {
    const float haze = 0.62f - 0.26f * float(layer);
    for (float x = -0.05f; x < c.aspect + 0.05f;) {
      const float w = r(0.05f, 0.10f) * (1 + 0.3f * layer), luck = r(), tall = r(0.5f, 1.f), tone = r(0.7f, 1.2f);
      const float off = clamp(abs(x + w / 2 - c.head_x) / (0.5f * c.aspect), 0.f, 1.f);
      const float top = horizon - lerp(0.16f, 0.44f, off) * tall * (0.7f + 0.15f * layer);
      const Colour wall = sky.night ? from_hex(0x141c34) : lerp(from_hex(0x8c96a4), from_hex(0xa8907c), luck);
      const Colour front =
          lerp(wall * lerp(sky.shade, sky.light, 0.55f) * (tone * (sky.night ? 3.f : 1.1f)), sky.haze, haze);
      c.rect(x, top, x + w, horizon + 0.02f, front);
      c.rect(x + 0.78f * w, top, x + w, horizon + 0.02f, front * 0.72f);
      if (luck > 0.7f) {
        c.rect(x + 0.46f * w, top - 0.05f, x + 0.50f * w, top, front * 0.8f);
      }
      const float g = 0.0075f + 0.0025f * layer;
      for (float wy = top + g; wy < horizon; wy += g * 1.7f) {
        for (float wx = x + g * 0.7f; wx + g * 0.6f < x + w; wx += g * 1.2f) {
          const float p = r(), warmth = r(), power = r();
          if (p < (lights ? 0.34f : 0.5f)) {
            const Colour lamp = lerp(from_hex(0xffb45a), from_hex(0xffe6b8), warmth) * (0.5f + 2.2f * power * power) *
                                (1 - 0.5f * haze);
            c.rect(wx, wy, wx + g * 0.6f, wy + g * 0.9f, lights ? lamp : lerp(front * 0.6f, sky.middle, 0.45f * warmth),
                   0.0008f, 0.85f);
          }
        }
      }
      x += w * r(0.75f, 1.1f);
    }
  }
}

void build_castle(Canvas& c, const Sky& sky, float horizon) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  const float mid = c.beside(0.10f);
  c.area(0, horizon - 0.24f, c.aspect, horizon + 0.02f, [&](float x, float y, Colour& v) {  // its hill
    const float top = horizon - 0.20f * std::exp(-(x - mid) * (x - mid) * 22) - 0.02f * fbm(x * 8, 3, s, 3);
    if (y > top) {
      v = lerp(lerp(from_hex(0x5a6a44), from_hex(0x6a5c50), fbm(x * 12, y * 18, s + 1, 3)) *
                   lerp(sky.shade, sky.light, 0.5f),
               sky.haze, 0.3f);
    }
  });
  const auto tower = [&](float x, float w, float top, bool roof) {
    const float foot = horizon - 0.14f + 0.5f * abs(x - mid);
    c.area(x - w * 0.8f, top - 1.9f * w, x + w * 0.8f, foot, [&](float px, float py, Colour& v) {
      const float u = (px - x) / w, n = noise(px * 90, py * 120, s + 5);
      const bool crown = py > top - 0.12f * w && py < top + 0.3f * w && abs(u) < 0.62f &&
                         (py > top + 0.08f * w || std::fmod(u * 5 + 20, 1.f) < 0.6f);
      const bool wall = py > top && abs(u) < 0.5f,
                 cone = roof && py < top && abs(u) < 0.62f * (1 - (top - py) / (1.8f * w));
      if (!wall && !cone && !crown) {
        return;
      }
      const float light = clamp(0.55f - 0.9f * u * (sky.sun_x > x ? -1.f : 1.f), 0.1f, 1.f);
      const Colour stone = cone ? from_hex(0x4c5a78) : from_hex(0xb0a290);
      v = lerp(stone * lerp(sky.shade * 1.3f, sky.light, light) * (0.8f + 0.4f * n), sky.haze, 0.18f);
      if (wall && abs(u) < 0.09f && py > top + 0.6f * w && py < top + 1.05f * w) {
        v = sky.night || sky.sun ? from_hex(0xffc060, 2.6f) : v * 0.3f;
      }
    });
  };
  tower(mid - 0.02f, 0.16f, horizon - 0.24f, false);
  for (const float side : {-1.f, 1.f}) {
    const float high = r(0.30f, 0.36f);
    tower(mid + side * 0.10f, 0.055f, horizon - high, true);
    tower(mid + side * 0.055f, 0.042f, horizon - high - 0.06f, true);
  }
  tower(mid, 0.060f, horizon - 0.43f, true);
}

}  // namespace aisha::sandbox::studio
