// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sandbox/studio/raster/smoothing.hpp"
#include "sandbox/studio/raster/tone.hpp"
#include "sandbox/studio/styles/styles.hpp"

namespace aisha::sandbox::studio {
using std::clamp, std::max, std::min;
void photo(Raster& m, const StyleContext&) {
  each(m, [](int, int, Colour v) { return curve(v, 0.22f); });
}
void film(Raster& m, const StyleContext&) {
  Raster hot = shrink_half(shrink_half(m));
  each(hot, [](int, int, Colour v) {
    const float k = smoothstep(0.72f, 1.f, luma(v));
    return Colour{k, 0.32f * k, 0.10f * k};
  });
  hot = enlarge(blur(hot, 0.016f * hot.height), m.width, m.height);
  each(m, [&](int x, int y, Colour v) {
    v = saturate(curve(v, 0.25f), 0.90f);
    const float l = luma(v);
    v = v * lerp(Colour{0.90f, 1.0f, 1.06f}, Colour{1.05f, 1.0f, 0.88f}, smoothstep(0.1f, 0.8f, l)) * 0.93f +
        Colour{0.045f, 0.040f, 0.050f};
    const Colour g = hot.rgb(x, y) * 0.22f;
    return Colour{v.r + g.r * (1 - v.r), v.g + g.g * (1 - v.g), v.b + g.b * (1 - v.b)};
  });
}
void neon_duotone(Raster& m, const StyleContext& c) {
  Raster s = shrink_half(m);
  recursive_smooth(s, s.height / 60.f, 0.5f, 2);
  Raster L = luma_of(s), b = blur(L, s.height / 700.f), E(s.width, s.height, 1);
  for (int y = 1; y + 1 < s.height; ++y) {
    for (int x = 1; x + 1 < s.width; ++x) {
      E.row(y)[x] = clamp(
          std::hypot(b.row(y)[x + 1] - b.row(y)[x - 1], b.row(y + 1)[x] - b.row(y - 1)[x]) * 5 * (s.height / 1024.f) -
              0.10f,
          0.f, 1.f);
    }
  }
  const Raster halo = enlarge(blur(E, s.height / 90.f), m.width, m.height);
  E = enlarge(E, m.width, m.height, true);
  static constexpr Colour sets[][3] = {{{0.05f, 0.02f, 0.20f}, {0.88f, 0.10f, 0.60f}, {0.60f, 1.0f, 0.98f}},
                                       {{0.02f, 0.05f, 0.22f}, {0.55f, 0.16f, 0.80f}, {1.0f, 0.80f, 0.45f}},
                                       {{0.10f, 0.01f, 0.16f}, {0.95f, 0.30f, 0.25f}, {1.0f, 0.93f, 0.60f}}};
  const auto& q = sets[c.seed % 3];
  double mean = 0, n = 1e-6;
  for (int y = max(0, int(c.head_y - 0.3f * c.head_width)) / 2;
       y < min(m.height, int(c.head_y + 0.3f * c.head_width)) / 2; ++y) {
    for (int x = max(0, int(c.head_x - 0.25f * c.head_width)) / 2;
         x < min(m.width, int(c.head_x + 0.25f * c.head_width)) / 2; ++x)
      mean += L.row(y)[x], n += 1;
  }
  const float level = clamp(0.66f / max(0.1f, float(mean / n)), 0.8f, 2.0f);
  each(m, [&](int x, int y, Colour v) {
    const float l0 = clamp(level * luma(v) - 0.02f, 0.f, 1.f), l = lerp(l0, l0 * l0 * (3 - 2 * l0), 0.35f);
    const Colour g = l < 0.5f ? lerp(q[0], q[1], l * 2) : lerp(q[1], q[2], l * 2 - 1);
    const float right = smoothstep(-0.6f, 0.6f, (x - c.head_x) / m.height);
    const Colour tube = lerp(Colour{1.0f, 0.25f, 0.85f}, Colour{0.25f, 0.95f, 1.0f}, right);
    return lerp(g, v, 0.16f) +
           tube * (0.55f * E.row(y)[x] + 0.9f * halo.row(y)[x]) * (0.96f + 0.04f * float(y / 3 & 1));
  });
}
void noir(Raster& m, const StyleContext& c) {
  const float k = 5.5f / m.height;
  each(m, [&](int x, int y, Colour v) {
    float l = clamp(0.40f * v.r + 0.46f * v.g + 0.14f * v.b, 0.f, 1.f);
    const float dx = x - c.head_x, dy = y - c.head_y,
                face = std::exp(-(dx * dx + dy * dy) / (0.7f * c.head_width * c.head_width)) * c.alpha.row(y)[x];
    const float b = (y + 0.38f * x) * k * 2.4f, f = b - std::floor(b),
                blind = smoothstep(0.10f, 0.24f, f) * smoothstep(0.90f, 0.76f, f), a = c.alpha.row(y)[x];
    l *= lerp(lerp(0.50f, 1.12f, blind), 1.08f, 0.45f * a + 0.5f * face);
    l = lerp(l, l * l * (3 - 2 * l), 0.85f);
    l = clamp(l * 1.1f - 0.03f, 0.f, 1.f);
    return Colour{l * 1.01f, l, l * 0.965f + 0.008f};
  });
}
}  // namespace aisha::sandbox::studio
