// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/raster/smoothing.hpp"
#include "sandbox/studio/raster/tone.hpp"
#include "sandbox/studio/styles/styles.hpp"

namespace aisha::sandbox::studio {
using std::abs, std::clamp, std::max, std::min;
void watercolour(Raster& m, const StyleContext& c) {
  Raster s = shrink_half(m);
  const int w = s.width, h = s.height;
  const Raster raw = luma_of(s), p1 = blur(raw, h / 1000.f), p2 = blur(raw, h / 420.f);
  Raster pencil(w, h, 1);
  for (std::size_t i = 0; i < raw.pixels.size(); ++i)
    pencil.pixels[i] = clamp(9 * (p2.pixels[i] - p1.pixels[i]) - 0.10f, 0.f, 0.6f);
  pencil = enlarge(pencil, m.width, m.height, true);
  recursive_smooth(s, h / 34.f, 0.42f, 3);
  Raster field(w / 4 + 1, h / 4 + 1, 3);
  each(field, [&](int x, int y, Colour) {
    const float u = 4.f * x / h, v = 4.f * y / h;
    return Colour{fbm(u * 26, v * 26, c.seed, 2) - 0.5f, fbm(u * 26 + 50, v * 26, c.seed + 7, 2) - 0.5f,
                  fbm(u * 3.5f, v * 3.5f, c.seed + 3, 4)};
  });
  field = enlarge(field, w, h);
  const Raster src = s;
  each(s, [&](int x, int y, Colour) {  // trembling outlines
    const Colour f = field.rgb(x, y);
    const float dx = 2 * x - c.head_x, dy = 2 * y - c.head_y,
                k = h / 1024.f * lerp(13.f, 3.f, std::exp(-(dx * dx + dy * dy) / (0.5f * c.head_width * c.head_width)));
    return src.rgb(clamp(int(x + k * f.r), 0, w - 1), clamp(int(y + k * f.g), 0, h - 1));
  });
  const Raster L = luma_of(s), b1 = blur(L, h / 700.f), b2 = blur(L, h / 150.f);
  Raster dark(w, h, 1);
  for (std::size_t i = 0; i < L.pixels.size(); ++i) {
    dark.pixels[i] =
        clamp(1.5f * max(0.f, b2.pixels[i] - b1.pixels[i]), 0.f, 0.3f);  // pigment gathers on the dark side of an edge
  }
  dark = enlarge(dark, m.width, m.height, true), field = enlarge(field, m.width, m.height);
  m = enlarge(s, m.width, m.height, true);
  const float A = float(m.width) / m.height;
  each(m, [&](int x, int y, Colour v) {
    const float pool = field.rgb(x, y).b, g = c.grain.at(x, y), u = (x + 0.5f) / m.height, t = (y + 0.5f) / m.height;
    v = saturate(v, 1.22f);
    const float l = luma(v), gain = (0.20f + 0.86f * std::pow(max(l, 0.f), 0.82f)) / (l + 0.04f);
    v = v * min(gain, 1.9f) * (1 - dark.row(y)[x]) * (1 + 0.55f * (pool - 0.5f));
    v = lerp(v * (1 + 0.040f * g * (1.2f - l)), Colour{0.24f, 0.19f, 0.17f}, pencil.row(y)[x]);
    const float d = min(min(u, A - u), min(t, 1 - t)) - 0.035f - 0.075f * (pool - 0.42f) - 0.02f * (field.rgb(x, y).r),
                keep = smoothstep(-0.006f, 0.008f, d);
    const Colour paper = Colour{0.975f, 0.962f, 0.93f} * (1 + 0.012f * g);
    const float rimmed = 1 - 0.16f * smoothstep(0.02f, 0.0f, abs(d - 0.004f));
    auto wash = [&](float p, float q) { return lerp(q, min(1.f, p * rimmed) * (0.12f + 0.88f * q), keep); };
    return Colour{wash(v.r, paper.r), wash(v.g, paper.g), wash(v.b, paper.b)};
  });
}
}  // namespace aisha::sandbox::studio
