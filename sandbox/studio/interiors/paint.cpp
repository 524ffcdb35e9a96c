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
using std::abs, std::clamp, std::max;
void strokes(Canvas& c, std::span<const Colour> colours, int count, float len, float wid,
             float jitter) {  // flat-brush marks along a flow field
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  for (int k = 0; k < count; ++k) {
    const float u = float(k) / float(count), x0 = r(-0.1f, c.aspect + 0.1f), y0 = r(-0.1f, 1.1f),
                w = wid * lerp(1.5f, 0.55f, u) * r(0.7f, 1.3f);
    const float ang = 6.28f * fbm(x0 * 0.9f, y0 * 0.9f, s, 2) * 1.2f + r(-0.25f, 0.25f), l = len * r(0.6f, 1.3f),
                dx = std::cos(ang), dy = std::sin(ang), bend = r(-0.35f, 0.35f);
    const float f = clamp(1.9f * fbm(x0 * 1.6f, y0 * 1.6f, s + 5, 3) - 0.45f + jitter * r(-1.f, 1.f), 0.f, 0.999f) *
                    float(colours.size() - 1);
    const Colour col = lerp(colours[std::size_t(f)], colours[std::size_t(f) + 1], f - std::floor(f)) * r(0.85f, 1.15f);
    const float rx = 0.5f * (abs(dx) * l + abs(dy) * w) + 0.45f * w,
                ry = 0.5f * (abs(dy) * l + abs(dx) * w) + 0.45f * w;
    c.area(x0 - rx, y0 - ry, x0 + rx, y0 + ry, [&](float x, float y, Colour& v) {
      const float t = ((x - x0) * dx + (y - y0) * dy) / l,
                  n = (-(x - x0) * dy + (y - y0) * dx) / w + bend * (4 * t * t - 1) * 0.8f;
      if (abs(t) > 0.5f || abs(n) > 0.5f)
        return;
      const float b = noise(n * 16 + 50, t * 2.5f, std::uint32_t(k) + s), dry = smoothstep(0.1f, 0.5f, t) * 0.55f;
      const float al =
          smoothstep(0.5f, 0.4f, abs(n)) * smoothstep(0.5f, 0.45f, abs(t)) * smoothstep(dry - 0.1f, dry + 0.2f, b);
      v = lerp(v, col * (0.78f + 0.44f * b + 0.10f * (n < -0.3f)), 0.93f * al);
    });
  }
}
void art(Canvas& c) {
  static constexpr std::uint32_t sets[][6] = {{0xf2e6cf, 0xe4b04a, 0xc8553d, 0x2a6f8f, 0x16324f, 0xf7f0e0},
                                              {0xf4ead8, 0xd98f9b, 0x7fa99b, 0x35524a, 0xe9c46a, 0xfaf4ea},
                                              {0xefe3d0, 0x5b7db1, 0x243b6b, 0xe07a3f, 0xf0b866, 0xf8f2e6}};
  const auto& q = sets[std::size_t(c.dice() * 3) % 3];
  std::vector<Colour> cols;
  for (std::uint32_t v : q) cols.push_back(from_hex(v) * 0.9f);
  c.shade([&](float, float) { return cols[0]; });
  strokes(c, cols, int(210 * max(1.f, c.aspect)), 0.31f, 0.1f, 0.22f);
  c.lens(0.006f);
  c.area(0, 0, c.aspect, 1, [&](float x, float y, Colour& v) {
    v = v * (0.95f - 0.4f * smoothstep(0.25f, 0.95f, std::hypot(x - c.head_x, y - 0.45f)));
  });
  const float k = float(c.height) * 0.42f;
  c.area(0, 0, c.aspect, 1, [&](float x, float y, Colour& v) {
    v = v * (0.95f + 0.06f * std::sin(x * k * 3.1416f) * std::sin(y * k * 3.1416f));
  });
}
void artistic(Canvas& c) {
  static constexpr std::uint32_t night[] = {0x0f1a35, 0x1d3a6a, 0x2f6298, 0x5a98b0, 0xa9c4a0, 0xe8c95a, 0xf6e6ac},
                                 dusk[] = {0x1f2a4a, 0x3d3a66, 0x6a4a78, 0xa85f6a, 0xd98a5a, 0xeeb868, 0xf6dc9a};
  std::vector<Colour> cols;
  if (c.dice() < 0.5f) {
    for (std::uint32_t v : night) cols.push_back(from_hex(v));
  } else {
    for (std::uint32_t v : dusk) cols.push_back(from_hex(v));
  }
  const std::uint32_t s = c.dice.state;
  c.shade([&](float x, float y) {
    const float f = clamp(1.9f * fbm(x * 1.6f, y * 1.6f, s + 5, 3) - 0.45f, 0.f, 0.999f) * float(cols.size() - 1);
    return lerp(cols[std::size_t(f)], cols[std::size_t(f) + 1], f - std::floor(f)) * 0.9f;
  });
  strokes(c, cols, int(1000 * max(1.f, c.aspect)), 0.17f, 0.028f, 0.09f);
  c.area(0, 0, c.aspect, 1, [&](float x, float y, Colour& v) {
    const float d = std::hypot(x - c.head_x, y - 0.45f);
    v = v * lerp(0.85f, 0.55f, smoothstep(0.1f, 0.9f, d));
  });
}
void abstract_scene(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  static constexpr std::uint32_t sets[][4] = {{0x16224f, 0x7b4bb8, 0xf08a7a, 0xffd9a8},
                                              {0x0b3b4a, 0x1f8a8a, 0xf2b56b, 0xfff0c8},
                                              {0x2b1245, 0xb23a8e, 0xff8f6b, 0xffd5e0},
                                              {0x102a5c, 0x3f7fd6, 0xa8d8f0, 0xffffff},
                                              {0x3a1430, 0xc2496a, 0xf4b266, 0xffe9b8}};
  const auto& q = sets[std::size_t(r() * 5) % 5];
  c.shade([&](float x, float y) {
    const float u = fbm(x * 0.9f + 0.5f * fbm(x, y * 1.3f, s + 4, 2), y * 0.9f, s, 2), t = smoothstep(0.25f, 0.75f, u),
                k = smoothstep(0.35f, 0.8f, fbm(x * 1.2f + 5, y * 1.2f + 2, s + 8, 2));
    return lerp(lerp(from_hex(q[0]), from_hex(q[1]), t), from_hex(q[2]), 0.75f * k) * (1.1f - 0.5f * y);
  });
  for (int k = 0; k < int(42 * c.aspect); ++k) {
    const float x = r(0, c.aspect), y = r(), R = std::pow(r(), 2.f) * 0.065f + 0.012f;
    const Colour v = lerp(from_hex(q[2]), from_hex(q[3]), r());
    c.bokeh(x, y, R, v * r(0.04f, 0.34f));
  }
}

}  // namespace aisha::sandbox::studio
