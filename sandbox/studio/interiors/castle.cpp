// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/scenes/canvas.hpp"
#include "sandbox/studio/scenes/scenes.hpp"

namespace aisha::sandbox::studio {
using std::abs, std::clamp, std::max, std::min;
static void flame(Canvas& c, float x, float y, float k) {
  c.glow(x, y - 0.01f, 0.24f * k, from_hex(0xff7a20, 0.75f));
  c.glow(x, y - 0.02f, 0.09f * k, from_hex(0xff9a3a, 1.4f), 1.3f);
  c.area(x - 0.05f * k, y - 0.12f * k, x + 0.05f * k, y + 0.03f * k, [&](float px, float py, Colour& v) {
    const float t = (y + 0.02f * k - py) / (0.13f * k),
                d = abs(px - x + 0.012f * k * std::sin(t * 7 + x * 50)) /
                    (0.034f * k * std::pow(max(0.f, 1 - t), 0.8f) * (0.35f + 1.3f * std::sqrt(max(t, 0.f))) + 1e-4f);
    if (t > 0 && t < 1) {
      v += lerp(from_hex(0xfff2b8, 6.f), from_hex(0xff6a10, 2.2f), clamp(0.6f * d + 0.5f * t, 0.f, 1.f)) *
           smoothstep(1.f, 0.45f, d);
    }
  });
  c.line(x, y + 0.02f * k, x, y + 0.16f * k, 0.018f * k, from_hex(0x23160c));
}

namespace {

/// A row of pointed arches with a torch between each two; the first arch frames the head.
struct Arcade {
  float middle, half, step;
  std::uint32_t seed;
  const std::uint32_t* sky;                ///< top, horizon, mist
  static constexpr float kSpring = 0.40f;  ///< height at which the arch begins to bend

  /// Distance into the opening; negative in the wall. Two circles meet at the top.
  float opening(float x, float y) const {
    const float dx = abs(x - middle - 2 * step * std::floor((x - middle) / (2 * step) + 0.5f));
    const float radius = half * 1.75f;
    return y > kSpring ? half - dx : radius - std::hypot(dx + radius - half, y - kSpring);
  }

  /// The valley outside: dusk, hills, mist.
  Colour valley(float x, float y) const {
    Colour v = lerp(from_hex(sky[0]), from_hex(sky[1], 1.1f), smoothstep(0.05f, 0.66f, y));
    v = lerp(v, v * 1.25f + from_hex(0x402838), smoothstep(0.5f, 0.75f, fbm(x * 3, y * 8, seed, 4)) * 0.5f);
    for (int k = 0; k < 3; ++k) {
      const float m = 0.50f + 0.09f * k - 0.16f * fbm(x * (2.2f + k) + 9 * k, 1, seed + std::uint32_t(k) + 40, 4);
      if (y > m) {
        v = lerp(lerp(from_hex(0x8a86a0), from_hex(0x35414a), k * 0.45f), from_hex(sky[2]),
                 0.55f * smoothstep(m, m + 0.16f, y));
      }
    }
    return v;
  }

  /// `rim`: distance from the opening, whose edge is dressed stone.
  Colour wall(float x, float y, float rim) const {
    const float row = std::floor(y / 0.085f);
    const float u = x / 0.19f + 0.5f * (int(row) & 1) + 0.1f * hash(int(row), 3, seed);
    const float bx = u - std::floor(u), by = y / 0.085f - row;
    const float edge =
        min(min(bx, 1 - bx) * 0.19f, min(by, 1 - by) * 0.085f) + 0.004f * (fbm(x * 30, y * 30, seed + 6, 2) - 0.5f);
    const float tone = 0.6f + 0.5f * hash(int(std::floor(u)), int(row), seed + 2);
    Colour v = from_hex(0x6a5e52) * (tone * (0.65f + 0.7f * fbm(x * 26, y * 26, seed + 8, 4)) *
                                     lerp(0.28f, 1.f, smoothstep(0.001f, 0.008f, edge)) * (by < 0.2f ? 1.15f : 1.f));
    if (rim < 0.055f) {
      const bool joint = std::fmod(std::atan2(y - kSpring - 0.1f, x - middle) * 7 + 70, 1.f) < 0.06f;
      v = from_hex(0x8a7a66) *
          ((0.6f + 0.6f * fbm(x * 40, y * 40, seed + 9, 3)) * (rim < 0.012f ? 0.55f : 1.f) * (joint ? 0.4f : 1.f));
    }
    return v * 0.42f;
  }

  /// A round tower of the far castle, seen through the openings only.
  void tower(Canvas& c, float x, float y, float w, Colour stone) const {
    c.area(x - w, y - 2.4f * w, x + w, 0.62f, [&](float px, float py, Colour& v) {
      const float d = abs(px - x);
      if (opening(px, py) < 0) {
        return;
      }
      const bool roof = py < y && d < w * 0.75f * (1 - (y - py) / (2.3f * w)), wall_here = py >= y && d < w * 0.62f;
      const bool crown = py >= y && py < y + 0.35f * w && d < 0.75f * w;
      if (roof || wall_here || crown) {
        v = lerp(roof ? stone * 0.75f : stone * (px < x ? 1.15f : 0.85f), from_hex(sky[2]),
                 0.5f * smoothstep(y, 0.62f, py));
      }
      if (wall_here && d < 0.1f * w && py > y + 0.7f * w && py < y + 1.05f * w) {
        v = from_hex(0xffc060, 2.5f);
      }
    });
  }
};

constexpr std::uint32_t kDusk[] = {0x39507a, 0xf0b890, 0xd8b8a8};
constexpr std::uint32_t kNight[] = {0x1a2650, 0x7f8fc0, 0x9aa6c8};
constexpr std::uint32_t kMidnight[] = {0x080e26, 0x2c3c6c, 0x34406a};
constexpr std::uint32_t kMorning[] = {0x6a9ac0, 0xf4e2c0, 0xdfe0d4};

/// Stone, openings and the far castle behind them.
Arcade hall(Canvas& c, const std::uint32_t* sky) {
  auto& r = c.dice;
  const float half = min(0.29f, 0.34f * c.aspect);
  const Arcade arcade{c.head_x, half, half + 0.12f, r.state, sky};
  c.shade([&](float x, float y) {
    const float in = arcade.opening(x, y);
    return in > 0 ? arcade.valley(x, y) : arcade.wall(x, y, -in);
  });
  const float castle = c.head_x + (r() < 0.5f ? -1 : 1) * half * 0.62f;
  for (int k = 0; k < 5; ++k) {
    const float top = 0.33f + 0.05f * abs(k - 2) + r(-0.02f, 0.02f);
    arcade.tower(c, castle + (k - 2) * 0.055f, top, 0.042f, from_hex(0x4a4458));
  }
  return arcade;
}

/// What hangs on the pillars.
template <class F>
void on_pillars(const Canvas& c, const Arcade& arcade, F hang) {
  for (int k = -5; k <= 5; k += 2) {
    if (const float x = c.head_x + float(k) * arcade.step; x > -0.2f && x < c.aspect + 0.2f) {
      hang(x);
    }
  }
}

/// Cloth with a golden edge, cut to a point, with a golden sun.
void banner(Canvas& c, float x, std::uint32_t seed) {
  constexpr float kHalf = 0.085f;
  c.area(x - kHalf, 0.1f, x + kHalf, 0.72f, [&](float px, float py, Colour& v) {
    const float d = abs(px - x), end = 0.6f + 0.1f * (1 - d / kHalf);
    if (py > end) {
      return;
    }
    const float light = 0.35f + 0.9f * fold(px, py, 7.f, seed);
    const bool gold = d > kHalf - 0.014f || end - py < 0.016f || py < 0.116f;
    v = (gold ? from_hex(0xd8a840) : from_hex(0x8a1424)) * light;
    const float sun = std::hypot(px - x, py - 0.34f), ray = std::sin(12 * std::atan2(py - 0.34f, px - x));
    if (sun < 0.03f || (sun < 0.05f && ray > 0.2f)) {
      v = from_hex(0xe8bc50) * light;
    }
  });
}

constexpr float kBack = 0.27f;      ///< half the width of a throne's back
constexpr float kShoulder = 0.34f;  ///< above it the back is round

/// How far inside the back of a throne; negative outside.
float throne(const Canvas& c, float x, float y) {
  const float dx = abs(x - c.head_x);
  return y > kShoulder ? kBack - dx : kBack - std::hypot(dx, (y - kShoulder) * 0.95f);
}

}  // namespace

void medieval(Canvas& c) {
  const bool dusk = c.dice() < 0.6f;
  const Arcade arcade = hall(c, c.setting.hour == Hour::night ? kMidnight : dusk ? kDusk : kNight);
  on_pillars(c, arcade, [&c](float x) { flame(c, x, 0.44f, 1.15f); });
  c.area(0, 0.45f, c.aspect, 1, [&](float x, float y, Colour& v) {
    v = lerp(v, c.setting.hour == Hour::night ? from_hex(0x4a4454, 0.8f) : from_hex(0xb89a86, 0.8f),
             0.55f * smoothstep(0.5f, 1.f, y) * fbm(x * 2.5f, y * 4, arcade.seed + 30, 4));
  });
  c.lens(0.005f);
}

void knight(Canvas& c) {
  const Arcade arcade = hall(c, kMorning);
  c.area(0, 0, c.aspect, 1, [&](float x, float y, Colour& v) {
    if (arcade.opening(x, y) < 0) {
      v = lerp(v, from_hex(0xcfd6dc), 0.10f) * 1.9f;  // the stone by day
    }
  });
  on_pillars(c, arcade, [&c, &arcade](float x) { banner(c, x, arcade.seed + 11); });
  c.lens(0.004f);
}

void royal(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  c.shade([&](float x, float y) {
    const float f = fold(x, y, 5.5f, s), d = std::hypot(x - c.head_x, 0.8f * (y - 0.4f));
    return lerp(from_hex(0x16041c), from_hex(0x6a1c6e), f) * (0.22f + 1.2f * std::exp(-d * d * 5.f));
  });
  c.area(0, 0, c.aspect, 1, [&](float x, float y, Colour& v) {
    const float in = throne(c, x, y);
    if (in > 0.045f) {
      const float bx = x * 13 - std::floor(x * 13) - 0.5f, by = y * 13 - std::floor(y * 13) - 0.5f;
      v = from_hex(0x8c1228) * (0.45f + 0.5f * fbm(x * 8, y * 8, s + 3, 3)) * (bx * bx + by * by < 0.02f ? 1.7f : 1.f);
    } else if (in > 0) {
      const float edge = abs(in - 0.022f) / 0.022f;
      v = lerp(from_hex(0xffe29a, 1.3f), from_hex(0x6a4410), edge) * (0.75f + 0.4f * noise(x * 40, y * 40, s + 5));
    }
  });
  for (int k = -2; k <= 2; ++k) {
    const float dx = 0.12f * float(k), x = c.head_x + dx, y = kShoulder - std::sqrt(kBack * kBack - dx * dx) / 0.95f;
    c.disc(x, y, 0.024f, from_hex(0xf0c860, 1.2f), 0.004f);
    c.disc(x - 0.006f, y - 0.006f, 0.007f, from_hex(0xfff4d0, 1.6f), 0.003f);
  }
  for (const float side : {-1.f, 1.f}) {
    flame(c, c.head_x + side * 0.44f, 0.36f, 0.8f);
  }
  c.lens(0.004f);
}

}  // namespace aisha::sandbox::studio
