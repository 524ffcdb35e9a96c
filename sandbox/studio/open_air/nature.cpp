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
using std::abs, std::clamp;
void sunset(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  static constexpr std::uint32_t skies[][3] = {
      {0x27336b, 0x8a4a86, 0xff9a4a}, {0x1d4f7a, 0xc98a8a, 0xffb860}, {0x2a1f55, 0xb0406a, 0xff7f45}};
  const auto& sky = skies[std::size_t(c.dice() * 3) % 3];
  const float hz = 0.66f, sx = c.beside(0.15f), sy = hz - 0.10f;
  c.shade([&](float x, float y) {
    if (y < hz) {
      const float t = y / hz, d = std::hypot(x - sx, (y - sy) * 1.25f);
      Colour v = t < 0.5f ? lerp(from_hex(sky[0]), from_hex(sky[1]), smoothstep(0, 0.5f, t))
                          : lerp(from_hex(sky[1]), from_hex(sky[2]), smoothstep(0.5f, 1.f, t));
      v += from_hex(0xff8a3a, 0.9f) * std::exp(-d * d * 9) + from_hex(0xffc070, 1.6f) * std::exp(-d * 14);
      const float n = fbm(x * 2.2f + 0.6f * fbm(x * 2, y * 5, s + 9, 2), y * 8 - 1.2f * t, s, 5),
                  cl =
                      smoothstep(0.48f, 0.62f, n) * smoothstep(0.02f, 0.2f, t) * (1 - 0.6f * smoothstep(0.85f, 1.f, t));
      const Colour lit =
          lerp(from_hex(0x6b4a86), from_hex(0xff7f5c, 1.25f), clamp(0.15f + 0.95f * t - 0.35f * d, 0.f, 1.f)) +
          from_hex(0xffb060, 1.3f) * std::exp(-d * d * 16);
      return lerp(v, lit * (1.15f - 0.75f * smoothstep(0.55f, 0.85f, n)), 0.85f * cl);
    }
    const float t = (y - hz) / (1 - hz), z = 1 / (t + 0.045f), wave = fbm(x * z * 1.3f, z * 6, s + 20, 3),
                d = abs(x - sx) / (0.035f + 0.32f * t);
    Colour v =
        lerp(from_hex(0xf09060, 0.75f), from_hex(0x232a5a), smoothstep(-0.15f, 0.75f, t + 0.35f * (wave - 0.5f)));
    v += from_hex(0xff9c50, 0.7f) * (std::exp(-d * d) * (0.3f + 0.7f * wave));
    if (wave > 0.60f)
      v += from_hex(0xffc98a, 9.f) * (std::exp(-d * d * 1.3f) * smoothstep(0.60f, 0.74f, wave));
    return v;
  });
  c.glow(sx, sy, 0.15f, from_hex(0xffa850, 1.1f));
  c.disc(sx, sy, 0.048f, from_hex(0xffe9b0, 4.2f), 0.008f);
  c.area(0, hz - 0.06f, c.aspect, hz + 0.002f, [&](float x, float y, Colour& v) {
    if (y > hz - 0.05f * fbm(x * 2.6f, 4, s + 3, 4) * smoothstep(0.1f, 0.5f, abs(x - sx)))
      v = lerp(v, from_hex(0x5a3352), 0.85f);
  });
  c.lens(0.006f);
}
namespace {

void park(Canvas& c, bool autumn) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  const float hz = 0.66f, sunx = c.head_x > c.aspect / 2 ? 0.12f * c.aspect : 0.88f * c.aspect;
  c.shade([&](float x, float y) {
    const float d = std::hypot(x - sunx, y - 0.1f);
    Colour v = y < hz ? lerp(from_hex(0xbfe0f2, 1.15f), from_hex(0xfff3cf, 1.2f), smoothstep(0.1f, hz, y))
                      : lerp(autumn ? from_hex(0xd0b45a) : from_hex(0xb9c96a),
                             autumn ? from_hex(0x7a6a28) : from_hex(0x4a7a2c), smoothstep(hz, 1.f, y)) *
                            (0.75f + 0.5f * fbm(x * 4, y * 14, s, 3));
    const float line = 0.20f + 0.22f * fbm(x * 2.4f, 2, s + 6, 3) + 0.05f * noise(x * 14, 3, s + 7);
    if (y > line && y < hz) {
      v = lerp(autumn ? lerp(from_hex(0xd9a04a), from_hex(0x5a3a1c), smoothstep(line, hz, y))
                      : lerp(from_hex(0x8fae5a), from_hex(0x2a4a22), smoothstep(line, hz, y)),
               autumn ? from_hex(0xf2cf7a) : from_hex(0xd9e09a),
               0.55f * smoothstep(0.5f, 0.8f, fbm(x * 9, y * 9, s + 9, 3)));
    }
    return v + from_hex(0xffe0a0, 0.7f) * std::exp(-d * 3.2f);
  });
  for (int layer = 0; layer < 3; ++layer) {
    for (float x = -0.05f; x < c.aspect + 0.1f;
         x += r(0.10f, 0.2f)) {  // trees: clouds of leaves, the sunny side lighter
      const float mid = clamp(abs(x - c.head_x) / (0.5f * c.aspect), 0.f, 1.f),
                  top = lerp(0.36f, 0.02f, mid) + r(-0.05f, 0.1f), rad = r(0.08f, 0.15f);
      const Colour dark = autumn ? lerp(from_hex(0xb0703a), from_hex(0x6a2f16), r())
                                 : lerp(from_hex(0x6f9a5a), from_hex(0x23431e), layer * 0.45f),
                   lit = autumn ? lerp(from_hex(0xf0b84a), from_hex(0xe07a30), r())
                                : lerp(from_hex(0xc6d98a), from_hex(0x7fae3a), layer * 0.4f);
      c.rect(x - 0.008f, top + rad, x + 0.008f, hz + 0.01f, from_hex(0x3a2d20), 0.002f, 0.8f);
      for (int k = 0; k < 70; ++k) {
        const float a = r(0, 6.28f), q = std::sqrt(r()), px = x + rad * q * std::cos(a),
                    py = top + rad + 1.5f * rad * q * std::sin(a);
        const float R = r(0.012f, 0.028f);
        c.disc(px, py, R,
               lerp(dark, lit,
                    clamp(0.45f - 0.5f * (py - top - rad) / rad + 0.4f * (px - x) / rad * (sunx > x ? 1.f : -1.f) +
                              r(-0.35f, 0.35f),
                          0.f, 1.f)),
               0.004f);
      }
    }
    c.area(0, 0.1f, c.aspect, hz, [&](float, float y, Colour& v) {
      if (layer < 2)
        v = lerp(v, from_hex(0xf2efd0), 0.16f * smoothstep(0.15f, hz, y));
    });
  }
  for (int k = 0; k < int(70 * c.aspect); ++k) {
    const float x = r(0, c.aspect), y = r(0.05f, 0.6f);
    c.disc(x, y, 0.0042f, from_hex(0xfff6c8, r(3, 9)));
  }
  static constexpr std::uint32_t petals[] = {0xf4f0ff, 0xf6c343, 0xe86a8a, 0xb07ad8, 0xffffff};
  for (int k = 0; k < int(240 * c.aspect); ++k) {
    const float t = std::pow(r(), 1.4f), y = hz + 0.03f + (1 - hz) * t;
    const float x = r(0, c.aspect);
    const Colour petal = r.pick(petals);
    c.disc(x, y, 0.002f + 0.006f * t, petal * r(0.7f, 1.5f));
  }
  c.lens(0.021f);
}

}  // namespace

void outdoor(Canvas& c) {
  park(c, false);
}
void autumn(Canvas& c) {
  park(c, true);
}
}  // namespace aisha::sandbox::studio
