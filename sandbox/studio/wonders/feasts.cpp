// SPDX-License-Identifier: Apache-2.0
// Trees in bloom, and a feast at nightfall.
#include <cmath>

#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/scenes/scenes.hpp"

namespace aisha::sandbox::studio {

using std::abs, std::clamp;

namespace {

constexpr std::uint32_t kPinks[] = {0xffd6e4, 0xf8b4cc, 0xffe8f0, 0xf39ab8, 0xffc4d6};

/// A cloud of blossoms around a place.
void cluster(Canvas& c, float x, float y, float radius, int count, float light) {
  auto& r = c.dice;
  for (int k = 0; k < count; ++k) {
    const float a = r(0, 6.28f), q = std::sqrt(r()), size = radius * r(0.10f, 0.24f), tone = r(0.72f, 1.25f);
    const Colour pink = r.pick(kPinks);
    const float py = y + 0.8f * radius * q * std::sin(a);
    c.disc(x + radius * q * std::cos(a), py, size, pink * (light * tone * (1.12f - 0.35f * (py - y) / radius)),
           0.3f * size, 0.92f);
  }
}

/// A branch that thins out, with blossoms on it.
void bough(Canvas& c, float x, float y, float angle, float length, float wide, int depth) {
  auto& r = c.dice;
  constexpr int kSteps = 7;
  for (int i = 0; i < kSteps; ++i) {
    const float bend = r(-0.22f, 0.22f), nx = x + length / kSteps * std::cos(angle),
                ny = y + length / kSteps * std::sin(angle);
    const float w = wide * (1 - 0.6f * float(i) / kSteps);
    c.line(x, y, nx, ny, w, from_hex(0x4a3430));
    c.line(x, y - 0.2f * w, nx, ny - 0.2f * w, 0.35f * w, from_hex(0x8a6a60));
    if (depth > 0 && (i == 2 || i == 4)) {
      bough(c, nx, ny, angle + (i == 2 ? 0.7f : -0.6f) + bend, 0.55f * length, 0.5f * w, depth - 1);
    }
    if (i > 0) {
      const float radius = r(0.020f, 0.050f);
      cluster(c, nx, ny, radius, 22, 1.f);
    }
    x = nx, y = ny, angle += bend;
  }
}

}  // namespace

void blossom(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  c.shade([&](float x, float y) {
    const Colour sky = lerp(from_hex(0xa8cdf0, 1.15f), from_hex(0xfdeef2, 1.2f), smoothstep(0, 0.6f, y));
    const float trees = fbm(x * 3.2f, y * 3.2f, s, 4), ground = smoothstep(0.60f, 0.66f, y);
    Colour v = lerp(sky, lerp(from_hex(0xf2bcd0), from_hex(0xfff0f5, 1.15f), fbm(x * 9, y * 9, s + 3, 3)),
                    smoothstep(0.40f, 0.58f, trees) * smoothstep(0.12f, 0.4f, y));
    const Colour grass = lerp(from_hex(0x9cb86a), from_hex(0x5f8a3c), smoothstep(0.62f, 1.f, y)) *
                         (0.8f + 0.4f * fbm(x * 8, y * 20, s + 5, 3));
    return lerp(v, lerp(grass, from_hex(0xf8ccd8), 0.45f * smoothstep(0.5f, 0.62f, fbm(x * 12, y * 30, s + 6, 3))),
                ground);
  });
  for (float x = r(-0.02f, 0.08f); x < c.aspect + 0.05f; x += r(0.15f, 0.24f)) {  // trees farther off
    c.line(x, 0.68f, x + 0.01f, 0.42f, 0.018f, from_hex(0x6a5048));
    const float top = r(0.26f, 0.36f);
    cluster(c, x, top, 0.13f, 130, 0.92f);
  }
  c.lens(0.014f);
  const float far_side = c.head_x > c.aspect / 2 ? 0.f : c.aspect;
  const float tilt = far_side > 0 ? 3.14f : 0.f;
  bough(c, far_side, 0.10f, tilt + (far_side > 0 ? -0.24f : 0.24f), 0.52f * c.aspect + 0.10f, 0.020f, 2);
  bough(c, c.aspect - far_side, 0.05f, 3.14f - tilt + (far_side > 0 ? 0.34f : -0.34f), 0.30f * c.aspect + 0.06f, 0.014f,
        1);
  bough(c, far_side, 0.44f, tilt + (far_side > 0 ? 0.3f : -0.3f), 0.20f, 0.010f, 1);
  c.lens(0.0045f);
  for (int k = 0; k < int(70 * c.aspect); ++k) {  // petals in the air
    const float x = r(0, c.aspect), y = r(), size = r(0.003f, 0.008f);
    const Colour pink = r.pick(kPinks);
    c.disc(x, y, size, pink * 1.1f, 0.6f * size, 0.85f);
  }
}

namespace {

constexpr std::uint32_t kParty[] = {0xff4f70, 0xffc234, 0x3ad0c0, 0x5a8cff, 0xff8a3c, 0xc86aff};

/// Bulbs on a sagging wire.
void bulbs(Canvas& c, float y0, float y1, float sag, float size, float power) {
  const float step = 0.035f + 1.6f * size;
  float px = -0.05f, py = y0;
  for (float x = -0.05f; x < c.aspect + 0.1f; x += step) {
    const float t = clamp(x / c.aspect, 0.f, 1.f), y = lerp(y0, y1, t) + sag * 4 * t * (1 - t);
    c.line(px, py, x, y, 0.0022f, from_hex(0x16121c));
    c.disc(x, y + size, size, from_hex(0xffd890, power), 0.004f);
    c.glow(x, y + size, 5 * size, from_hex(0xffa040, 0.05f * power));
    px = x, py = y;
  }
}

void balloon(Canvas& c, float x, float y, float radius, Colour tint) {
  c.line(x, y + 1.15f * radius, x + 0.02f, y + 3.6f * radius, 0.002f, from_hex(0xd8d0d0), 0.6f);
  c.area(x - radius, y - 1.2f * radius, x + radius, y + 1.3f * radius, [&](float px, float py, Colour& v) {
    const float u = (px - x) / radius, w = (py - y) / (1.18f * radius), d = std::hypot(u, w * (1 + 0.06f * w));
    const float light = 1.05f - 0.5f * d * d - 0.25f * (u + w),
                shine = std::exp(-18 * ((u + 0.35f) * (u + 0.35f) + (w + 0.42f) * (w + 0.42f)));
    v = lerp(v, tint * light + Colour{1, 1, 1} * (0.9f * shine), 0.95f * smoothstep(1.f, 0.96f, d));
  });
}

}  // namespace

namespace {

/// Flags on a string.
void bunting(Canvas& c, float y0, float y1, float sag) {
  auto& r = c.dice;
  constexpr float kStep = 0.075f;
  for (float x = -0.03f; x < c.aspect; x += kStep) {
    const auto wire = [&](float at) {
      const float t = clamp(at / c.aspect, 0.f, 1.f);
      return lerp(y0, y1, t) + sag * 4 * t * (1 - t);
    };
    c.line(x, wire(x), x + kStep, wire(x + kStep), 0.003f, from_hex(0xffffff));
    const Colour tint = r.pick(kParty);
    c.area(x, wire(x) - 0.01f, x + kStep, wire(x) + 0.10f, [&](float px, float py, Colour& v) {
      const float u = (px - x) / kStep, down = (py - wire(px)) / 0.075f;
      if (down > 0 && down < 1 && abs(u - 0.5f) < 0.42f * (1 - down)) {
        v = tint * (0.95f - 0.25f * down + 0.1f * std::sin(9 * u));
      }
    });
  }
}

/// Two tiers with icing and lit candles.
void cake(Canvas& c, float x, float foot) {
  const auto tier = [&](float half, float low, float high, Colour sponge) {
    c.area(x - half, foot - high, x + half, foot - low, [&](float px, float py, Colour& v) {
      const float u = (px - x) / half, drip = foot - high + 0.022f + 0.010f * std::sin(u * 19);
      v = (py < drip ? from_hex(0xfff4f6) : sponge) * (1.05f - 0.35f * u * u - 0.15f * u);
    });
  };
  tier(0.095f, 0, 0.075f, from_hex(0xf2a0b8));
  tier(0.062f, 0.075f, 0.135f, from_hex(0xf8c6a0));
  for (int k = -2; k <= 2; ++k) {
    const float px = x + 0.022f * float(k), top = foot - 0.185f;
    c.rect(px - 0.003f, top, px + 0.003f, foot - 0.135f, from_hex(k % 2 == 0 ? 0x5a8cffU : 0xff6a8aU));
    c.disc(px, top - 0.012f, 0.0065f, from_hex(0xffdc80, 7.f), 0.004f);
    c.glow(px, top - 0.012f, 0.03f, from_hex(0xffb050, 0.4f));
  }
}

/// A bright room with balloons, flags and a cake.
void birthday(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  c.shade([&](float x, float y) {
    const float d = std::hypot(x - c.head_x, y - 0.35f);
    const Colour wall = lerp(from_hex(0xbfe6ee, 1.1f), from_hex(0xfde3ea, 1.1f),
                             smoothstep(0.05f, 0.7f, y + 0.2f * fbm(x * 2, y * 2, s, 3)));
    return y > 0.76f ? from_hex(0xfff6ee) * (0.95f - 0.5f * (y - 0.76f)) : wall * (1.06f - 0.25f * d);
  });
  for (int k = 0; k < int(26 * c.aspect); ++k) {
    const float x = r(0, c.aspect), y = r(0.05f, 0.7f), radius = r(0.02f, 0.05f);
    const Colour tint = r.pick(kParty);
    c.bokeh(x, y, radius, lerp(tint, Colour{1, 1, 1}, 0.5f) * 0.14f);
  }
  cake(c, c.beside(0.06f), 0.79f);
  c.lens(0.010f);
  for (int k = 0; k < 16; ++k) {
    const float luck = r(), away = r(0.02f, 0.20f), y = r(0.12f, 0.62f), radius = r(0.055f, 0.078f);
    const float x = luck < 0.5f ? c.head_x - 0.62f * c.head_width - away : c.head_x + 0.62f * c.head_width + away;
    const Colour tint = r.pick(kParty);
    balloon(c, x, y, radius, tint);
  }
  bunting(c, 0.02f, 0.06f, 0.05f);
  c.lens(0.004f);
}

void scatter_confetti(Canvas& c) {
  auto& r = c.dice;
  for (int k = 0; k < int(170 * c.aspect); ++k) {
    const float x = r(0, c.aspect), y = r(0, 0.95f), a = r(0, 3.14f), length = r(0.005f, 0.013f), power = r(0.7f, 1.4f);
    const Colour tint = r.pick(kParty);
    c.line(x, y, x + length * std::cos(a), y + length * std::sin(a), 0.005f, tint * power, 0.9f);
  }
}

}  // namespace

void festival(Canvas& c) {
  if (c.setting.party) {
    birthday(c);
    scatter_confetti(c);
    return;
  }
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  c.shade([&](float x, float y) {
    const Colour sky = y < 0.35f ? lerp(from_hex(0x161a48), from_hex(0x56336e), smoothstep(0, 0.35f, y))
                                 : lerp(from_hex(0x56336e), from_hex(0xe8906a), smoothstep(0.35f, 0.72f, y));
    return lerp(sky, from_hex(0x1c1228), smoothstep(0.60f, 0.74f, y + 0.05f * fbm(x * 9, 3, s, 3))) *
           (0.9f + 0.2f * fbm(x * 2, y * 3, s + 2, 3));
  });
  for (int k = 0; k < int(150 * c.aspect); ++k) {  // stalls and people far behind
    const float x = r(0, c.aspect), y = r(0.48f, 0.80f), power = r(1.5f, 6.f);
    const Colour tint = r() < 0.6f ? from_hex(0xffb050) : r.pick(kParty);
    c.disc(x, y, 0.0042f, tint * power);
  }
  c.lens(0.020f);
  for (int k = 0; k < 9; ++k) {
    const float x = r(0, c.aspect), y = r(0.08f, 0.5f), radius = r(0.042f, 0.058f);
    const Colour tint = r.pick(kParty);
    const bool hidden = abs(x - c.head_x) < 0.7f * c.head_width;
    if (!hidden) {
      balloon(c, x, y, radius, tint);
    }
  }
  c.lens(0.004f);
  bulbs(c, 0.02f, 0.16f, 0.05f, 0.010f, 6.f);
  bulbs(c, 0.20f, 0.03f, 0.07f, 0.012f, 6.f);
  bulbs(c, 0.30f, 0.26f, 0.10f, 0.007f, 5.f);
  c.lens(0.006f);
  scatter_confetti(c);
}

}  // namespace aisha::sandbox::studio
