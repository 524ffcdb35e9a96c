// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sandbox/studio/raster/smoothing.hpp"
#include "sandbox/studio/raster/tone.hpp"
#include "sandbox/studio/styles/styles.hpp"

namespace aisha::sandbox::studio {
using std::min;
void comic(Raster& m, const StyleContext& c) {
  Raster s = shrink_half(m);
  recursive_smooth(s, s.height / 45.f, 0.45f, 2);
  const Raster L = luma_of(s), g1 = blur(L, s.height / 900.f), g2 = blur(L, s.height / 430.f),
               shape = blur(shrink_half(c.alpha), s.height / 480.f);
  Raster ink(s.width, s.height, 1);
  for (std::size_t i = 0; i < L.pixels.size(); ++i) {
    ink.pixels[i] = 15 * (g1.pixels[i] - g2.pixels[i]) + 0.16f + 0.45f * min(g1.pixels[i], 0.5f) -
                    0.42f * smoothstep(0.45f, 0.95f, 4 * shape.pixels[i] * (1 - shape.pixels[i]));
  }
  ink = enlarge(ink, m.width, m.height, true);
  m = enlarge(s, m.width, m.height);
  const float pitch = m.height / 150.f, hs2 = c.head_width * c.head_width;
  each(m, [&](int x, int y, Colour v) {
    const float l = luma(v), q = l * 6, f = std::floor(q), t = (f + smoothstep(0.43f, 0.57f, q - f)) / 6,
                gain = lerp(1.f, (t + 0.02f) / (l + 0.02f), 0.8f);
    v = saturate(v * gain, 1.30f);
    const float u = (x + y) * 0.7071f / pitch, w = (x - y) * 0.7071f / pitch, du = u - std::floor(u) - 0.5f,
                dw = w - std::floor(w) - 0.5f;
    const float rad = 0.60f * smoothstep(0.62f, 0.05f, l),
                dot = smoothstep(rad + 0.06f, rad - 0.06f, std::sqrt(du * du + dw * dw)) * (rad > 0.08f);
    const float dx = x - c.head_x, dy = y - c.head_y,
                face = dot > 0 ? std::exp(-(dx * dx + dy * dy) / (0.42f * hs2)) * c.alpha.row(y)[x] : 0.f;
    v = v * (1.03f - 0.30f * dot * (1 - face));
    const float k = smoothstep(0.02f, 0.13f, ink.row(y)[x]);
    return lerp(Colour{0.05f, 0.04f, 0.08f}, Colour{0.03f, 0.03f, 0.01f} + v * Colour{1.0f, 0.99f, 0.95f}, k);
  });
}
}  // namespace aisha::sandbox::studio
