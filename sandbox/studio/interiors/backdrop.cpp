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
void business(Canvas& c) {
  const std::uint32_t s = c.dice.state;
  static constexpr std::uint32_t tone[][2] = {{0x8d969e, 0x2b3238}, {0x93a0ab, 0x25303c}, {0x9c9790, 0x332f2b}};
  const auto& q = tone[std::size_t(c.dice() * 3) % 3];
  const float tilt = c.dice(0.f, 6.28f);
  c.shade([&](float x, float y) {
    const float d = std::hypot((x - c.head_x - 0.06f) * 0.9f, y - c.head_y - 0.04f),
                m = fbm(x * 3.2f + fbm(x * 2, y * 2, s + 3, 2), y * 3.2f, s, 5);
    return lerp(from_hex(q[0], 1.1f), from_hex(q[1]), smoothstep(0.05f, 0.85f, d)) *
           ((0.78f + 0.44f * m) *
            (1 + 0.16f * smoothstep(0.25f, 0.75f, 0.5f + 0.5f * std::sin(7.5f * (x + 0.55f * y) + tilt))));
  });
}
void photoshoot(Canvas& c) {
  c.shade([&](float x, float y) {
    const float d = std::hypot((x - c.head_x) * 0.8f, y - 0.35f);
    Colour v = lerp(from_hex(0xf2f2f0, 1.0f), from_hex(0x8e9399), smoothstep(0.12f, 0.85f, d));
    return v * lerp(1.f, 0.84f, smoothstep(0.74f, 0.9f, y)) * lerp(1.f, 1.12f, smoothstep(0.9f, 1.0f, y));
  });
  auto box = [&](float x, float y, float w, float h, float lean) {  // a soft box on a stand, seen at an angle
    c.line(x + w / 2 + lean * 0.4f, y + h, x + w / 2 + lean * 0.4f, 1.02f, 0.010f, from_hex(0x1a1b1d));
    c.line(x + w / 2, 0.86f, x + w / 2 - 0.1f, 1.0f, 0.007f, from_hex(0x1a1b1d)),
        c.line(x + w / 2, 0.86f, x + w / 2 + 0.1f, 1.0f, 0.007f, from_hex(0x1a1b1d));
    c.area(x - 0.05f, y - 0.05f, x + w + 0.05f, y + h + 0.05f, [&](float px, float py, Colour& v) {
      const float k = lean * (px - x) / w, u = (px - x) / w, t = (py - y - k * 0.35f) / (h - 0.7f * k), f = 0.075f;
      if (u < 0 || u > 1 || t < 0 || t > 1)
        return;
      const bool frame = u < f || u > 1 - f || t < f * w / h || t > 1 - f * w / h;
      v = frame ? from_hex(0x17181a) : from_hex(0xfffaf0, 2.3f) * (1 - 0.35f * std::hypot(u - 0.5f, t - 0.5f));
    });
  };
  const float k = min(1.f, c.aspect);
  box(-0.03f * k, 0.06f, 0.20f * k, 0.46f, 0.10f);
  box(c.aspect - 0.17f * k, 0.10f, 0.20f * k, 0.42f, -0.10f);
  c.lens(0.006f);
}

/// A painter's cloth in the colour that the prompt names.
void backdrop(Canvas& c) {
  const std::uint32_t s = c.dice.state;
  const Colour tint = c.setting.backdrop.value_or(Colour{0.3f, 0.3f, 0.3f});
  c.shade([&](float x, float y) {
    const float d = std::hypot(x - c.head_x, y - 0.36f), mottled = fbm(x * 2.4f, y * 2.4f, s, 4);
    return tint * ((0.62f + 0.62f * mottled) * (0.55f + 0.95f * std::exp(-2.6f * d * d)));
  });
}

}  // namespace aisha::sandbox::studio
