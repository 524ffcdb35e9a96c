// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "sandbox/studio/canvas.hpp"
#include "sandbox/studio/noise.hpp"
#include "sandbox/studio/scenes.hpp"

namespace aisha::sandbox::studio {
using std::abs, std::clamp, std::min;
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

namespace {

constexpr std::uint32_t kNeon[] = {0xff2fa0, 0x18e0ff, 0xff5a3c, 0xa050ff, 0x20ffb0, 0xffc030};
constexpr float kStreet = 0.80f;

/// Where a sign hangs: on a tower from `x`, `w` wide.
struct SignPlace {
  float x, w, left, top, height, size;
};

/// A sign of abstract shapes, so that it says nothing in any language.
void neon_sign(Canvas& c, const SignPlace& at, Colour n) {
  auto& r = c.dice;
  constexpr float t = 0.0065f;
  const float sx = at.left, sy = at.top, h = at.height, q = at.size;
  const auto loop = [&](std::initializer_list<std::pair<float, float>> points) {
    auto a = points.begin();
    for (auto b = a + 1; b != points.end(); ++a, ++b) {
      c.line(sx + q * a->first, sy + q * a->second, sx + q * b->first, sy + q * b->second, t, n);
    }
  };
  switch (int(r() * 5)) {
    case 0:  // strokes under one another
      for (float y = sy; y < sy + h; y += q * 0.95f) {
        c.line(sx, y, sx + q * r(0.5f, 1.f), y, t, n);
        c.line(sx + q * r(0.2f, 0.8f), y, sx + q * 0.5f, y + q * 0.6f, t, n);
        c.line(sx + q * 0.1f, y + q * 0.6f, sx + q, y + q * 0.6f, t, n);
      }
      break;
    case 1:  // a framed board
      c.rect(sx, sy, sx + q, sy + h, n * 0.22f);
      loop({{0, 0}, {1, 0}, {1, h / q}, {0, h / q}, {0, 0}});
      for (float y = q * 0.5f; y < h - 0.01f; y += q * 0.6f) {
        c.line(sx + q * 0.28f, sy + y, sx + q * 0.72f, sy + y, t, Colour{2.5f, 2.5f, 2.7f});
      }
      break;
    case 2:  // a ring with a triangle
      for (int k = 0; k < 20; ++k) {
        const float a = 0.31416f * k, b = a + 0.32f;
        c.line(sx + q * std::cos(a), sy + q * std::sin(a), sx + q * std::cos(b), sy + q * std::sin(b), t, n);
      }
      loop({{-0.5f, 0.35f}, {0.5f, 0.35f}, {0, -0.55f}, {-0.5f, 0.35f}});
      break;
    case 3:  // a band around the tower
      c.rect(at.x + 0.006f, sy, at.x + at.w - 0.006f, sy + 0.06f, n * 0.16f);
      c.line(at.x, sy, at.x + at.w, sy, t, n);
      c.line(at.x, sy + 0.06f, at.x + at.w, sy + 0.06f, t * 0.6f, r.pick(kNeon) * 3.f);
      break;
    default:
      loop({{0, 0}, {1, 0.8f}, {0, 1.6f}, {1, 2.4f}});
      loop({{0.5f, 0}, {1.5f, 0.8f}, {0.5f, 1.6f}, {1.5f, 2.4f}});
  }
  c.glow(sx + q / 2, sy + h / 2, 0.11f, n * 0.07f);
}

/// One depth of towers, farthest first.
void tower_row(Canvas& c, int layer, std::uint32_t s) {
  auto& r = c.dice;
  for (float x = -0.05f; x < c.aspect;) {
    const float w = r(0.07f, 0.14f) * (1 + 0.35f * layer);
    const float mid = clamp(abs(x + w / 2 - c.head_x) / (0.5f * c.aspect), 0.f, 1.f);
    const float y = lerp(0.46f, 0.04f, mid) + r(-0.06f, 0.12f) + (layer == 2 && mid < 0.45f ? 0.5f : 0.f);
    c.rect(x, y, x + w, kStreet, lerp(from_hex(0x3a2366), from_hex(0x080a1a), layer * 0.5f));
    const float g = 0.0085f + 0.0035f * layer;
    const Colour tint = lerp(from_hex(0xffb36a), from_hex(0x6fd0ff), smoothstep(0.3f, 0.7f, r()));
    for (float wy = y + g; wy < kStreet; wy += g * 1.5f) {
      for (float wx = x + g * 0.7f; wx + g * 0.6f < x + w; wx += g) {
        if (r() < 0.55f * smoothstep(0.45f, 0.8f, noise(wx * 22, wy * 40, s + std::uint32_t(layer)))) {
          c.rect(wx, wy, wx + g * 0.55f, wy + g * 0.6f, tint * (0.15f + 2.2f * std::pow(r(), 3.f)), 0.0008f);
        }
      }
    }
    if (r() < (layer != 0 ? 1.f : 0.35f)) {
      const Colour n = r.pick(kNeon) * 3.8f;
      const float left = x + w * r(0.12f, 0.55f), top = y + r(0.05f, 0.2f), high = r(0.12f, 0.26f);
      const float size = r(0.035f, 0.055f);
      neon_sign(c, {x, w, left, top, high, size}, n);
    }
    x += w * r(0.7f, 1.05f);
  }
}

void wet_street(Canvas& c, std::uint32_t s) {
  const Raster above = static_cast<const Raster&>(c);
  c.area(0, kStreet, c.aspect, 1, [&](float x, float y, Colour& v) {
    const float t = y - kStreet, n = fbm(x * 7, t * 60, s + 11, 3) - 0.5f;
    Colour m;
    for (int k = 0; k < 6; ++k) {
      m += above.rgb(clamp(int((x + 0.025f * n) * c.height), 0, c.width - 1),
                     clamp(int((kStreet - t * (1.4f + 0.5f * k) - 0.004f) * c.height), 0, c.height - 1)) *
           (1 / 6.f);
    }
    v = m * 0.75f + from_hex(0x0b0a1c);
  });
}

void rain(Canvas& c) {
  auto& r = c.dice;
  for (int k = 0; k < int(360 * c.aspect); ++k) {
    const float x = r(0, c.aspect), y = r(-0.05f, 1), l = r(0.025f, 0.07f), wide = r(0.0012f, 0.002f);
    c.line(x, y, x - 0.12f * l, y + l, wide, from_hex(0xa8c8ff, r(0.03f, 0.13f)), 1, true);
  }
  for (int k = 0; k < int(9 * c.aspect); ++k) {  // drops on the lens
    const float x = r(0, c.aspect), y = r(0.05f, 0.8f), radius = r(0.02f, 0.042f);
    const Colour n = r.pick(kNeon);
    c.bokeh(x, y, radius, n * r(0.05f, 0.22f));
  }
}

}  // namespace

void cyberpunk(Canvas& c) {
  const std::uint32_t s = c.dice.state;
  c.shade([&](float x, float y) {
    return lerp(from_hex(0x0a0a24), from_hex(0x5a1f6a), smoothstep(0, kStreet, y)) +
           from_hex(0xff3aa0, 0.25f) * std::exp(-40 * (y - 0.62f) * (y - 0.62f)) +
           from_hex(0x2060ff, 0.05f) * fbm(x * 3, y * 3, s, 3);
  });
  for (int layer = 0; layer < 3; ++layer) {
    tower_row(c, layer, s);
    if (layer < 2) {  // haze before the next row
      c.area(0, 0.1f, c.aspect, kStreet, [&](float x, float y, Colour& v) {
        v += lerp(from_hex(0xff3aa0), from_hex(0x3060ff), smoothstep(0.25f, 0.75f, noise(x * 1.6f, 2, s + 3))) *
             ((0.20f - 0.07f * layer) * smoothstep(0.1f, kStreet, y));
      });
    }
  }
  c.lens(0.0065f);
  wet_street(c, s);
  rain(c);
}

}  // namespace aisha::sandbox::studio
