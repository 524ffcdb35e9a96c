// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sandbox/studio/figure/framing.hpp"
#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {
using std::abs, std::max, std::min;
Frame compose(const Photo& f, float aspect, Dice& r) {
  const float pw = float(f.rgb.width), ph = float(f.rgb.height), zoom = r(0.60f, 1.f), side = r() < 0.5f ? -1.f : 1.f,
              shift = r(0.02f, 0.06f);
  if (!f.placed) {
    const float h = min(ph, pw / aspect) * lerp(0.97f, 1.f, zoom), w = h * aspect;
    return {(pw - w) / 2, min((ph - h) * 0.35f, ph - h), w, h};
  }
  const float bottom = max(f.top + (f.safe - f.top) * zoom, min(f.safe, f.chin + 0.75f * f.head_width));
  float h = (bottom - f.top) / (1 - (aspect < 0.7f ? 0.26f : aspect < 0.95f ? 0.18f : 0.11f));
  if (f.wide > 0)
    h = max(h, f.wide * lerp(1.02f, 1.22f, zoom) / aspect);
  if (f.cut_top)
    h = f.safe * lerp(0.93f, 1.f, zoom);
  const float w = h * aspect, off = (aspect > 1.2f ? 0.15f : f.wide > 0 ? 0.4f * shift : shift) * w * side;
  float x = f.head_x - w / 2 + off;
  if (f.cut_left)
    x = max(x, 0.f);
  if (f.cut_right)
    x = min(x, pw - w);
  return {x, f.cut_top ? 0 : bottom - h, w, h};
}
Raster cameo(int w, int h, std::uint32_t s) {
  Raster a(w, h, 1);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const float u = abs((x + 0.5f) / w * 2 - 1), t = (y + 0.5f) / h * 2 - 1, v = t > 0 ? 0.78f * t : -0.90f * t,
                  q = std::cbrt(u * u * u + v * v * v);
      a.row(y)[x] = smoothstep(1.0f, 0.78f, q + 0.16f * (fbm(5.f * x / h, 9.f * y / h, s, 3) - 0.5f));
    }
  }
  return a;
}
}  // namespace aisha::sandbox::studio
