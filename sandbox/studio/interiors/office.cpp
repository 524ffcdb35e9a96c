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
using std::min;
void office(Canvas& c) {
  auto& r = c.dice;
  c.shade([&](float x, float y) {
    return lerp(from_hex(0x59636e), from_hex(0x2c333c), smoothstep(0.1f, 1.f, y)) *
           (0.9f + 0.2f * noise(x * 3, y * 3, 1));
  });
  const float top = 0.09f, bottom = 0.66f, x0 = 0.06f * c.aspect;
  const bool dusk = r() < 0.4f;
  c.area(x0, top, c.aspect, bottom, [&](float, float y, Colour& v) {
    v = dusk ? lerp(from_hex(0x24386e), from_hex(0xd98a6a, 1.1f), smoothstep(top, bottom, y))
             : lerp(from_hex(0xa9cdf2, 1.35f), from_hex(0xfff0dc, 1.5f), smoothstep(top, bottom, y));
  });
  for (int layer = 0; layer < 3; ++layer) {
    for (float x = x0; x < c.aspect; x += r(0.05f, 0.13f)) {
      const float y = r(0.22f, 0.5f) + 0.08f * layer - 0.06f;
      const float w = r(0.05f, 0.12f);
      c.rect(x, y, min(x + w, c.aspect), bottom,
             lerp(dusk ? from_hex(0x5a5478) : from_hex(0xb9cbdd), dusk ? from_hex(0x1b2340) : from_hex(0x6d8197),
                  0.45f * layer + r(0, 0.2f)));
      for (float wy = y + 0.015f; wy < bottom; wy += 0.022f) {
        for (float wx = x + 0.008f; wx + 0.01f < x + w; wx += 0.018f) {
          if (r() < 0.3f) {
            c.rect(wx, wy, wx + 0.009f, wy + 0.011f,
                   lerp(dusk ? from_hex(0x3a4468) : from_hex(0xdfeaf5), from_hex(0xffd28a, dusk ? 3.f : 2.f),
                        r() < (dusk ? 0.6f : 0.25f)),
                   0.001f, 0.7f);
          }
        }
      }
    }
  }
  for (float x = x0; x < c.aspect + 0.1f; x += 0.31f) c.rect(x - 0.011f, top, x + 0.011f, bottom, from_hex(0x20262d));
  c.rect(x0, 0.285f, c.aspect, 0.297f, from_hex(0x242a31));
  c.rect(0, bottom, c.aspect, bottom + 0.03f, from_hex(0x8f8578));
  for (float x = r(0.05f, 0.15f); x < c.aspect; x += 0.42f)
    c.rect(x, 0.025f, x + 0.27f, 0.045f, from_hex(0xfff4e2, 3.f));
  c.area(0, 0.78f, c.aspect, 1, [&](float x, float y, Colour& v) {
    v = lerp(from_hex(0x7a5638), from_hex(0x3b281b), (y - 0.78f) / 0.22f) * (0.9f + 0.25f * noise(x * 5, y * 60, 3));
  });
  for (float x = r(-0.05f, 0.05f); x < c.aspect; x += r(0.4f, 0.55f)) {
    c.rect(x, 0.6f, x + 0.21f, 0.745f, from_hex(0x11151a));
    c.rect(x + 0.008f, 0.608f, x + 0.202f, 0.735f, from_hex(0x7fb2e0, 0.9f));
    c.rect(x + 0.09f, 0.745f, x + 0.12f, 0.79f, from_hex(0x15181c));
    const float lx = x + 0.29f;
    c.line(lx, 0.79f, lx + 0.02f, 0.6f, 0.008f, from_hex(0x15181c));
    c.disc(lx + 0.03f, 0.6f, 0.018f, from_hex(0xffd79a, 7.f));
    c.glow(lx + 0.03f, 0.64f, 0.11f, from_hex(0xffb25a, 0.55f));
    for (int k = 0; k < 14; ++k) {
      const float px = r(-0.05f, 0.05f), py = r(-0.09f, 0.07f), R = r(0.012f, 0.026f);
      c.disc(lx + 0.11f + px, 0.7f + py, R, lerp(from_hex(0x1d4a2b), from_hex(0x6fa362), r()));
    }
  }
  c.lens(0.017f);
}

}  // namespace aisha::sandbox::studio
