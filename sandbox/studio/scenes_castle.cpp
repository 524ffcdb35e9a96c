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
using std::abs, std::clamp, std::max, std::min;
void flame(Canvas& c, float x, float y, float k) {
  c.glow(x, y - 0.01f, 0.24f * k, from_hex(0xff7a20, 0.75f));
  c.glow(x, y - 0.02f, 0.09f * k, from_hex(0xff9a3a, 1.4f), 1.3f);
  c.area(x - 0.05f * k, y - 0.12f * k, x + 0.05f * k, y + 0.03f * k, [&](float px, float py, Colour& v) {
    const float t = (y + 0.02f * k - py) / (0.13f * k),
                d = abs(px - x + 0.012f * k * std::sin(t * 7 + x * 50)) /
                    (0.034f * k * std::pow(max(0.f, 1 - t), 0.8f) * (0.35f + 1.3f * std::sqrt(max(t, 0.f))) + 1e-4f);
    if (t > 0 && t < 1)
      v += lerp(from_hex(0xfff2b8, 6.f), from_hex(0xff6a10, 2.2f), clamp(0.6f * d + 0.5f * t, 0.f, 1.f)) *
           smoothstep(1.f, 0.45f, d);
  });
  c.line(x, y + 0.02f * k, x, y + 0.16f * k, 0.018f * k, from_hex(0x23160c));
}
void medieval(Canvas& c) {
  auto& r = c.dice;
  const std::uint32_t s = r.state;
  const float ax = c.head_x, half = min(0.29f, 0.34f * c.aspect), spring = 0.40f,
              tx = half + 0.12f;  // arch, torch, arch, ... in wide pictures
  static constexpr std::uint32_t skies[][3] = {
      {0x39507a, 0xf0b890, 0xd8b8a8}, {0x1a2650, 0x7f8fc0, 0x9aa6c8}, {0x6a9ac0, 0xf4e2c0, 0xdfe0d4}};
  const auto& sky = skies[std::size_t(r() * 3) % 3];
  auto in_arch = [&](float x, float y, float grow) {  // pointed arch: two circles meet
    const float dx = abs(x - ax - 2 * tx * std::floor((x - ax) / (2 * tx) + 0.5f));
    const float R = half * 1.75f;
    if (y > spring)
      return half + grow - dx;
    return R + grow - std::hypot(dx + R - half, y - spring);
  };
  c.shade([&](float x, float y) {
    const float in = in_arch(x, y, 0);
    if (in > 0) {  // the valley: dusk, far castle, mist
      Colour v = lerp(from_hex(sky[0]), from_hex(sky[1], 1.1f), smoothstep(0.05f, 0.66f, y));
      v = lerp(v, v * 1.25f + from_hex(0x402838), smoothstep(0.5f, 0.75f, fbm(x * 3, y * 8, s, 4)) * 0.5f);
      for (int k = 0; k < 3; ++k) {
        const float m = 0.50f + 0.09f * k - 0.16f * fbm(x * (2.2f + k) + 9 * k, 1, s + std::uint32_t(k) + 40, 4);
        if (y > m)
          v = lerp(lerp(from_hex(0x8a86a0), from_hex(0x35414a), k * 0.45f), from_hex(sky[2]),
                   0.55f * smoothstep(m, m + 0.16f, y));
      }
      return v;
    }
    const float row = std::floor(y / 0.085f), u = x / 0.19f + 0.5f * (int(row) & 1) + 0.1f * hash(int(row), 3, s),
                bx = u - std::floor(u), by = y / 0.085f - row;
    const float edge = min(min(bx, 1 - bx) * 0.19f, min(by, 1 - by) * 0.085f) +
                       0.004f * (fbm(x * 30, y * 30, s + 6, 2) - 0.5f),
                tone = 0.6f + 0.5f * hash(int(std::floor(u)), int(row), s + 2);
    Colour v = from_hex(0x6a5e52) * (tone * (0.65f + 0.7f * fbm(x * 26, y * 26, s + 8, 4)) *
                                     lerp(0.28f, 1.f, smoothstep(0.001f, 0.008f, edge)) * (by < 0.2f ? 1.15f : 1.f));
    const float rim = -in;  // the dressed stones around the opening
    if (rim < 0.055f)
      v = from_hex(0x8a7a66) * ((0.6f + 0.6f * fbm(x * 40, y * 40, s + 9, 3)) * (rim < 0.012f ? 0.55f : 1.f) *
                                (std::fmod(std::atan2(y - spring - 0.1f, x - ax) * 7 + 70, 1.f) < 0.06f ? 0.4f : 1.f));
    return v * 0.42f;
  });
  auto tower = [&](float x, float y, float w, Colour col) {
    c.area(x - w, y - 2.4f * w, x + w, 0.62f, [&](float px, float py, Colour& v) {
      const float d = abs(px - x);
      if (in_arch(px, py, 0) < 0)
        return;
      const bool roof = py < y && d < w * 0.75f * (1 - (y - py) / (2.3f * w)), wall = py >= y && d < w * 0.62f,
                 crown = py >= y && py < y + 0.35f * w && d < 0.75f * w;
      if (roof || wall || crown)
        v = lerp(roof ? col * 0.75f : col * (px < x ? 1.15f : 0.85f), from_hex(sky[2]),
                 0.5f * smoothstep(y, 0.62f, py));
      if (wall && d < 0.1f * w && py > y + 0.7f * w && py < y + 1.05f * w)
        v = from_hex(0xffc060, 2.5f);
    });
  };
  const float kx = ax + (r() < 0.5f ? -1 : 1) * half * 0.62f;
  for (int k = 0; k < 5; ++k)
    tower(kx + (k - 2) * 0.055f, 0.33f + 0.05f * abs(k - 2) + r(-0.02f, 0.02f), 0.042f, from_hex(0x4a4458));
  for (int k = -5; k <= 5; k += 2)
    if (const float x = ax + float(k) * tx; x > -0.2f && x < c.aspect + 0.2f)
      flame(c, x, 0.44f, 1.15f);
  c.area(0, 0.45f, c.aspect, 1, [&](float x, float y, Colour& v) {
    v = lerp(v, from_hex(0xb89a86, 0.8f), 0.55f * smoothstep(0.5f, 1.f, y) * fbm(x * 2.5f, y * 4, s + 30, 4));
  });
  c.lens(0.005f);
}
}  // namespace aisha::sandbox::studio
