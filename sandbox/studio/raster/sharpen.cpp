// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sandbox/studio/raster/smoothing.hpp"

namespace aisha::sandbox::studio {
using std::clamp, std::min;
void crispen(Raster& m, float s, float reach,
             float amount) {  // narrows edges without halos (samples move away from them), then a mild unsharp mask
  Raster L = blur(luma_of(m), s), E(m.width, m.height, 1);
  for (int y = 1; y + 1 < m.height; ++y) {
    for (int x = 1; x + 1 < m.width; ++x) {
      const float gx = L.row(y)[x + 1] - L.row(y)[x - 1], gy = L.row(y + 1)[x] - L.row(y - 1)[x];
      E.row(y)[x] = min(1.f, std::sqrt(gx * gx + gy * gy) * s * 4);
    }
  }
  E = blur(E, s);
  const Raster src = m;
  for (int y = 1; y + 1 < m.height; ++y) {
    for (int x = 1; x + 1 < m.width; ++x) {
      float dx = -(E.row(y)[x + 1] - E.row(y)[x - 1]) * reach * s * s,
            dy = -(E.row(y + 1)[x] - E.row(y - 1)[x]) * reach * s * s;
      const float len = std::sqrt(dx * dx + dy * dy);
      if (len < 0.02f)
        continue;
      if (len > 0.8f * s)
        dx *= 0.8f * s / len, dy *= 0.8f * s / len;
      const float sx = clamp(x + dx, 0.f, m.width - 1.001f), sy = clamp(y + dy, 0.f, m.height - 1.001f);
      const int i = int(sx), j = int(sy);
      m.set(x, y,
            lerp(lerp(src.rgb(i, j), src.rgb(i + 1, j), sx - i), lerp(src.rgb(i, j + 1), src.rgb(i + 1, j + 1), sx - i),
                 sy - j));
    }
  }
  const Raster l = luma_of(m), b = blur(l, s);
  for (std::size_t i = 0; i < l.pixels.size(); ++i) {
    const float d = clamp(amount * (l.pixels[i] - b.pixels[i]), -0.06f, 0.06f);
    for (std::size_t k = 3 * i; k < 3 * i + 3; ++k) m.pixels[k] = clamp(m.pixels[k] + d, 0.f, 1.f);
  }
}
}  // namespace aisha::sandbox::studio
