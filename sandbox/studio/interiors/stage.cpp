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
using std::abs;
float fold(float x, float y, float freq, std::uint32_t s) {  // lightness of hanging cloth, 0..1
  const float u =
      x * freq + 1.8f * noise(x * freq * 0.35f, y * 0.8f, s) + 0.35f * (noise(x * 5, y * 1.4f, s + 1) - 0.5f) * y;
  return 0.62f * std::pow(0.5f + 0.5f * std::sin(6.2831853f * u), 1.3f) +
         0.38f * (0.5f + 0.5f * std::sin(6.2831853f * (u * 0.37f + noise(x * 4, y, s + 2))));
}
void theatre(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  const float floor = 0.86f;
  c.shade([&](float x, float y) {
    const float f = fold(x, y, 7.5f, s), d = std::hypot((x - c.head_x) * 0.95f, (y - 0.42f) * 0.8f);
    Colour v = lerp(from_hex(0x2a0308), from_hex(0xc01a22), f) + from_hex(0xff6a50, 0.10f) * std::pow(f, 5.f);
    v = v * (0.13f + 1.45f * std::exp(-d * d * 6.5f));
    if (y > floor) {
      const float t = (y - floor) / (1 - floor);
      v = lerp(from_hex(0x5a3018, 0.7f), from_hex(0x1a0c06), t) *
          (0.7f + 0.6f * noise(x * 2 / (0.3f + t), 8 * t, s + 7));
    }
    return v;
  });
  c.area(0, 0, c.aspect, 0.2f, [&](float x, float y, Colour& v) {  // the valance, swagged, with a gold fringe
    const float u = x / 0.34f + 0.3f, k = u - std::floor(u), edge = 0.07f + 0.055f * std::sin(3.14159f * k),
                f = 0.5f + 0.5f * std::sin(46 * (y - 0.35f * std::sin(3.14159f * k) * 0.3f));
    if (y < edge) {
      v = lerp(from_hex(0x250206), from_hex(0xa0131c), 0.25f + 0.6f * f) * 0.55f;
    } else if (y < edge + 0.02f) {
      v = lerp(from_hex(0x6a4410), from_hex(0xe8b850), 0.5f + 0.5f * std::sin(x * 900)) * 0.7f;
    } else if (y < edge + 0.05f) {
      v = v * lerp(0.45f, 1.f, (y - edge - 0.02f) / 0.03f);
    }
  });
  for (const float x : {0.08f, 0.92f}) {  // two spotlights cross over the head
    const float ox = x * c.aspect, ex = c.head_x - ox, ey = 0.5f;
    c.area(0, 0, c.aspect, 1, [&](float px, float py, Colour& v) {
      const float t = ((px - ox) * ex + py * ey) / (ex * ex + ey * ey),
                  d = abs((px - ox) * ey - py * ex) / std::hypot(ex, ey), wd = 0.03f + 0.15f * t;
      if (t > 0) {
        v += from_hex(0xffe2b0, 0.26f) *
             (std::exp(-d * d / (wd * wd) * 1.6f) * std::exp(-t * 0.9f) * (0.7f + 0.5f * noise(px * 6, py * 6, s + 5)));
      }
    });
    c.glow(ox, 0.0f, 0.05f, from_hex(0xfff0d0, 2.2f));
  }
  for (float x = 0.05f; x < c.aspect; x += 0.11f)
    c.disc(x, 0.965f, 0.011f, from_hex(0xffd890, 8.f)), c.glow(x, 0.95f, 0.07f, from_hex(0xff9a40, 0.35f));
  c.lens(0.0075f);
}
void fashion(Canvas& c) {
  auto& r = c.dice;
  static constexpr std::uint32_t paper[][2] = {
      {0xe9a79b, 0xc4554b}, {0x9cc7bb, 0xf0c75e}, {0xe8c49a, 0x2f5d8a}, {0xb9a6d9, 0xf28c6a}, {0xd9d2c3, 0xd1442f}};
  const auto& q = paper[std::size_t(r() * 5) % 5];
  const std::uint32_t s = r.state;
  const float ox = c.head_x + r(-0.16f, 0.16f), oy = 0.46f, rad = 0.36f;
  c.shade([&](float x, float y) {
    const float d = std::hypot(x - c.head_x + 0.22f, y - 0.25f);
    Colour v = from_hex(q[0]) * (1.18f - 0.5f * smoothstep(0.1f, 1.2f, d));
    const float sh = std::hypot(x - ox - 0.02f, y - oy - 0.025f) - rad, e = std::hypot(x - ox, y - oy) - rad;
    if (y > 0.86f)
      v = lerp(v, v * 0.86f, smoothstep(0.86f, 0.9f, y));
    v = v * lerp(0.62f, 1.f, smoothstep(-0.012f, 0.03f, sh));
    if (e < 0.002f)
      v = lerp(from_hex(q[1]) * (1.12f - 0.5f * smoothstep(0.1f, 1.0f, d)), v, smoothstep(-0.002f, 0.002f, e));
    return v * (0.985f + 0.03f * noise(x * 220, y * 220, s));
  });
}
void glamour(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  static constexpr std::uint32_t velvet[][2] = {
      {0x14051f, 0x6a2a8a}, {0x04101f, 0x1f4f8a}, {0x1c040c, 0x8a1f45}, {0x03140f, 0x1a6a52}};
  const auto& q = velvet[std::size_t(r() * 4) % 4];
  c.shade([&](float x, float y) {
    const float f = fold(x + 0.12f * y, y, 4.6f, s), d = std::hypot(x - c.head_x, y - c.head_y);
    return (lerp(from_hex(q[0]), from_hex(q[1]), std::pow(f, 1.6f)) + from_hex(q[1], 0.5f) * std::pow(f, 6.f)) *
           (0.35f + 1.0f * std::exp(-d * d * 5));
  });
  c.lens(0.006f);
  for (int k = 0; k < int(75 * c.aspect); ++k) {
    const float x = r(0, c.aspect), t = r(), y = 1 - std::pow(t, 1.5f), R = r(0.006f, 0.028f);
    const Colour gold = lerp(from_hex(0xffb84a), from_hex(0xffd9a0), r());
    c.bokeh(x, y, R, gold * (std::pow(r(), 2.f) * 0.75f * (0.15f + y) + 0.02f));
  }
  for (int k = 0; k < int(22 * c.aspect); ++k) {  // star glints
    const float x = r(0, c.aspect), y = r(0.02f, 0.98f), l = r(0.012f, 0.045f) * (k % 4 ? 0.6f : 1.f);
    const Colour g = lerp(from_hex(0xfff0d0), from_hex(0xffd0f0), r());
    c.glow(x, y, l * 0.22f, g * 2.6f);
    for (int d = 0; d < 2; ++d) {
      c.area(x - l, y - l, x + l, y + l, [&](float px, float py, Colour& v) {
        const float u = abs(d ? px - x : py - y) / l, n = abs(d ? py - y : px - x);
        if (u < 1)
          v += g * (1.6f * (1 - u) * (1 - u) * std::exp(-n * n / 1.3e-6f / (1 - u + 0.02f)));
      });
    }
  }
}
}  // namespace aisha::sandbox::studio
