// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/scenes/scenes.hpp"

namespace aisha::sandbox::studio {

using std::abs, std::clamp, std::max;

namespace {

struct Palette {
  std::uint32_t deep, gas, glow, heart;
};
constexpr Palette kPalettes[] = {{0x04061a, 0x3a2a8c, 0xb048b0, 0xffb4a0},
                                 {0x030a16, 0x0f5a80, 0x3a8ad0, 0xd8f0ff},
                                 {0x080512, 0x6a2a5a, 0xd0583a, 0xffd890}};

Colour nebula(float x, float y, const Palette& p, std::uint32_t s) {
  const float warp = fbm(x * 1.6f, y * 1.6f, s + 3, 4), u = x + 0.55f * warp,
              w = y + 0.55f * fbm(x * 1.6f + 7, y * 1.6f, s + 5, 4);
  const float gas = fbm(u * 1.9f, w * 1.9f, s, 6), dust = fbm(u * 3.6f + 4, w * 3.6f, s + 9, 5);
  Colour v = from_hex(p.deep);
  v += from_hex(p.gas, 1.5f) * std::pow(smoothstep(0.32f, 0.66f, gas), 1.4f);
  v += from_hex(p.glow, 1.5f) * std::pow(smoothstep(0.43f, 0.70f, gas), 1.8f);
  v += from_hex(p.heart, 1.3f) * std::pow(smoothstep(0.54f, 0.76f, gas), 2.4f);
  return v * (1 - 0.75f * smoothstep(0.48f, 0.70f, dust));
}

void stars(Canvas& c) {
  auto& r = c.dice;
  for (int k = 0; k < int(900 * c.aspect); ++k) {
    const float x = r(0, c.aspect), y = r(), size = std::pow(r(), 9.f), heat = r(), power = r(0.15f, 0.9f);
    const Colour tint = lerp(from_hex(0xa8c4ff), from_hex(0xffe0b0), heat);
    c.disc(x, y, 0.0008f + 0.0028f * size, tint * (power + 5 * size), 0.0012f);
    if (size > 0.80f) {
      c.glow(x, y, 0.020f, tint * 0.30f);
      c.line(x - 0.022f, y, x + 0.022f, y, 0.0012f, tint * 0.7f, 1, true);
      c.line(x, y - 0.022f, x, y + 0.022f, 0.0012f, tint * 0.7f, 1, true);
    }
  }
}

/// Seas, land, clouds; day on the left, an atmosphere that glows beyond the rim.
void planet(Canvas& c, float cx, float cy, float radius, std::uint32_t s) {
  const float air = radius * 1.10f;
  c.area(cx - air, cy - air, cx + air, cy + air, [&](float x, float y, Colour& v) {
    const float u = (x - cx) / radius, w = (y - cy) / radius, d = std::hypot(u, w);
    const float sun = clamp(-0.62f * u - 0.62f * w, -1.f, 1.f);
    if (d < 1) {
      const float z = std::sqrt(1 - d * d), lon = std::atan2(u, z) * 1.5f, lat = std::asin(clamp(w, -1.f, 1.f)) * 1.5f;
      const float land = fbm(lon * 1.7f + 3, lat * 2.0f, s, 6),
                  cloud = fbm(lon * 2.2f + 0.8f * land, lat * 4.4f, s + 11, 5);
      Colour ground = lerp(from_hex(0x0c3f86), from_hex(0x2a7ac0), smoothstep(0.40f, 0.50f, land));
      ground = lerp(ground, lerp(from_hex(0x4c7a3c), from_hex(0xc0a068), smoothstep(0.54f, 0.68f, land)),
                    smoothstep(0.50f, 0.525f, land));
      ground = lerp(ground, Colour{1, 1, 1},
                    0.9f * smoothstep(0.50f, 0.68f, cloud) + 0.6f * smoothstep(0.80f, 0.95f, abs(w)));
      const float lit = smoothstep(-0.12f, 0.55f, -0.62f * u - 0.62f * w + 0.48f * z);
      const float rim = std::pow(d, 7.f);
      v = ground * (0.006f + 1.25f * lit) + from_hex(0x7ab8ff, 1.3f) * (rim * (0.06f + lit));
    }
    const float halo = std::exp(-max(0.f, d - 1) * 26) * smoothstep(0.99f, 1.005f, d);
    v += from_hex(0x6aaaff, 1.1f) * (halo * smoothstep(-0.5f, 0.7f, sun));
  });
}

void moonlet(Canvas& c, float cx, float cy, float radius, std::uint32_t s) {
  c.area(cx - radius, cy - radius, cx + radius, cy + radius, [&](float x, float y, Colour& v) {
    const float u = (x - cx) / radius, w = (y - cy) / radius, d = std::hypot(u, w);
    if (d < 1) {
      const float z = std::sqrt(1 - d * d), n = fbm(u * 3.2f + 9, w * 3.2f, s + 31, 5);
      v = lerp(v,
               from_hex(0xc8b8a8) *
                   ((0.5f + 0.8f * n) * (0.02f + 1.1f * smoothstep(0.f, 0.7f, -0.62f * u - 0.62f * w + 0.48f * z))),
               smoothstep(1.f, 0.97f, d));
    }
  });
}

/// The panoramic window of a ship's bridge: struts, and a console with its lights.
void window_frame(Canvas& c) {
  auto& r = c.dice;
  const auto strut = [&](float x0, float y0, float x1, float y1, float wide) {
    c.line(x0, y0, x1, y1, wide, from_hex(0x10141c));
    c.line(x0 + 0.36f * wide, y0, x1 + 0.36f * wide, y1, 0.12f * wide, from_hex(0x4a6a90, 0.9f));
  };
  strut(0.10f * c.aspect, -0.02f, -0.06f * c.aspect, 0.82f, 0.034f);
  strut(0.90f * c.aspect, -0.02f, 1.06f * c.aspect, 0.82f, 0.034f);
  strut(-0.02f, 0.055f, c.aspect + 0.02f, 0.055f, 0.026f);
  c.area(0, 0.72f, c.aspect, 1, [&](float x, float y, Colour& v) {
    const float edge = 0.76f + 0.10f * std::pow(abs(x / c.aspect - 0.5f) * 2, 2.f);
    if (y > edge) {
      v = lerp(from_hex(0x1c2430), from_hex(0x0a0d14), smoothstep(edge, edge + 0.2f, y)) +
          from_hex(0x4a90d0, 0.5f) * std::exp(-(y - edge) * 90);
    }
  });
  for (int k = 0; k < int(110 * c.aspect); ++k) {
    const float x = r(0, c.aspect), y = r(0.82f, 0.99f), kind = r(), wide = r(0.004f, 0.02f);
    const Colour lamp = kind < 0.5f   ? from_hex(0x40c8ff, 2.6f)
                        : kind < 0.8f ? from_hex(0xffa840, 2.6f)
                                      : from_hex(0xff4a5a, 2.2f);
    c.rect(x, y, x + wide, y + 0.005f, lamp, 0.001f, 0.85f);
  }
}

}  // namespace

void space(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  const Palette palette = kPalettes[std::size_t(r() * 3) % 3];
  const float size = r(0.17f, 0.22f), shift = r(0.02f, 0.08f), high = r(0.22f, 0.34f);
  c.shade([&](float x, float y) { return nebula(x, y, palette, s); });
  stars(c);
  const float side = c.head_x > c.aspect / 2 ? -1.f : 1.f;
  planet(c, c.beside(0.10f) + side * shift, high, size, s + 40);
  moonlet(c, clamp(c.head_x - side * (0.5f * c.head_width + 0.07f), 0.05f, c.aspect - 0.05f), 0.13f, 0.035f, s);
  if (c.setting.bridge) {
    window_frame(c);
  }
  c.lens(0.0022f);
}

}  // namespace aisha::sandbox::studio
