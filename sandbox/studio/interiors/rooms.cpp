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
void library(Canvas& c) {
  auto& r = c.dice;
  static constexpr std::uint32_t covers[] = {0x6e1f1c, 0x8a3a22, 0x2f4a35, 0x1f3350, 0x5a4326,
                                             0x7d6a45, 0x3c1f2e, 0xa58a55, 0x22262c, 0x934d2a};
  c.shade([&](float, float) { return from_hex(0x150d08); });
  const float row_height = 0.205f, off = r(-0.1f, 0);
  for (float y = off; y < 1; y += row_height) {
    const float base = y + row_height - 0.018f;
    for (float x = -0.02f; x < c.aspect;) {
      const float w = r(0.014f, 0.036f), t = base - row_height * r(0.62f, 0.86f);
      if (r() < 0.06f) {
        x += w * r(1, 2.4f);
        continue;
      }
      const Colour cover = r.pick(covers), col = cover * r(0.75f, 1.35f);
      c.area(x, t, x + w, base, [&](float px, float, Colour& v) {
        if (px < x + w) {
          const float u = (px - x) / w;
          v = col * (0.35f + 0.95f * std::sin(3.1f * clamp(u + 0.08f, 0.f, 1.f)));
        }
      });
      if (r() < 0.75f) {
        for (float by : {0.12f, 0.2f, 0.82f}) {
          c.rect(x + 0.002f, t + (base - t) * by, x + w - 0.002f, t + (base - t) * by + 0.005f,
                 from_hex(0xd9a94a, 1.2f), 0.001f, 0.75f);
        }
      }
      x += w + 0.0012f;
    }
    c.rect(0, base, c.aspect, base + 0.018f, from_hex(0x6b4424));
    c.rect(0, base + 0.018f, c.aspect, base + 0.04f, from_hex(0x080503), 0.006f, 0.75f);
  }
  for (float x = r(0.02f, 0.2f); x < c.aspect; x += 0.62f) {
    c.rect(x, 0, x + 0.032f, 1, from_hex(0x4a2d17), 0.003f),
        c.rect(x + 0.004f, 0, x + 0.012f, 1, from_hex(0x7a5230), 0.003f);
  }
  const float lx = c.beside(0.19f), ly = 0.50f;
  c.area(0, 0, c.aspect, 1, [&](float x, float y, Colour& v) {
    const float d = std::hypot(x - lx, y - ly), e = std::hypot(x - c.head_x, y - 0.35f);
    v = v * (from_hex(0xffc078, 0.30f + 3.4f * std::exp(-d * d * 6) + 1.0f * std::exp(-e * e * 5)));
  });
  c.area(lx - 0.1f, ly - 0.1f, lx + 0.1f, ly + 0.02f, [&](float x, float y, Colour& v) {
    const float t = (y - ly + 0.09f) / 0.1f;
    if (t > 0 && t < 1 && abs(x - lx) < 0.035f + 0.05f * t)
      v = lerp(from_hex(0xffd08a, 3.4f), from_hex(0xff9e48, 1.6f), abs(x - lx) / 0.085f);
  });
  c.line(lx, ly, lx, 0.8f, 0.014f, from_hex(0x7a5a28));
  c.lens(0.0105f);
}
void casual(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  c.shade([&](float x, float y) {
    return lerp(from_hex(0x6e4a34), from_hex(0x2a1a12), smoothstep(0.2f, 1.f, y)) *
           (0.8f + 0.4f * noise(x * 3, y * 2, s));
  });
  const bool flip = c.head_x > c.aspect / 2;
  auto X = [&](float x) { return flip ? x : c.aspect - x; };
  auto box = [&](float x0, float y0, float x1, float y1, Colour v) {
    c.rect(min(X(x0), X(x1)), y0, max(X(x0), X(x1)), y1, v, 0.003f);
  };
  box(-0.02f, 0.10f, 0.36f, 0.72f, from_hex(0xdcecff, 1.9f));  // the window, street and trees outside
  for (int k = 0; k < 60; ++k) {
    const float x = r(0, 0.36f), y = r(0.3f, 0.7f), R = r(0.015f, 0.05f);
    c.disc(X(x), y, R, lerp(from_hex(0x8fb58a), from_hex(0xd8cfae, 1.3f), r()), 0.01f, 0.6f);
  }
  for (float x : {0.0f, 0.17f, 0.36f}) box(x - 0.008f, 0.10f, x + 0.008f, 0.72f, from_hex(0x3a2a20));
  box(0, 0.40f, 0.36f, 0.413f, from_hex(0x3a2a20));
  for (float y : {0.26f, 0.42f, 0.58f}) {  // shelves with bottles and cups
    c.rect(flip ? 0.5f : 0, y, flip ? c.aspect : c.aspect - 0.5f, y + 0.014f, from_hex(0x8a5a34));
    for (float x = 0.52f; x < c.aspect; x += r(0.025f, 0.05f)) {
      const float h = r(0.04f, 0.11f), w = r(0.014f, 0.026f), t0 = r(), t1 = r();
      box(x, y - h, x + w, y,
          lerp(lerp(from_hex(0x8f3d22), from_hex(0x2f5a4a), t0), lerp(from_hex(0xd8a860), from_hex(0xefe6d6), t1),
               r()));
    }
  }
  c.area(0, 0.74f, c.aspect, 1, [&](float x, float y, Colour& v) {
    v = lerp(from_hex(0x9a6a40), from_hex(0x4a2d1a), (y - 0.74f) / 0.26f) *
        (0.85f + 0.3f * noise(x * 4, y * 70, s + 2));
  });
  for (float x = r(0.1f, 0.2f); x < c.aspect; x += r(0.22f, 0.3f)) {
    const float y = r(0.10f, 0.17f);
    c.line(x, 0, x, y, 0.004f, from_hex(0x140c08));
    c.disc(x, y, 0.02f, from_hex(0xffc878, 7.f));
    c.glow(x, y, 0.16f, from_hex(0xff9a48, 0.35f));
  }
  for (float x = 0; x < c.aspect; x += 0.055f)
    c.disc(x, 0.255f + 0.03f * std::sin(x * 7) + r(-0.006f, 0.006f), 0.0055f, from_hex(0xffd090, 9.f));
  for (int k = 0; k < int(12 * c.aspect); ++k) {
    const float x = r(0, c.aspect), y = r(0.62f, 0.76f);
    c.disc(x, y, 0.005f, lerp(from_hex(0xffb060, 8.f), from_hex(0xff7040, 6.f), r()));
  }
  c.lens(0.026f);
}
}  // namespace aisha::sandbox::studio
