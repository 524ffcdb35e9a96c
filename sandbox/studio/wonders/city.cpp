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
