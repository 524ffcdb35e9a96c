// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sandbox/studio/raster/smoothing.hpp"

namespace aisha::sandbox::studio {
using std::abs, std::max;
void recursive_smooth(Raster& m, float ss, float sr,
                      int rounds) {  // edge-preserving (domain transform, recursive form)
  const int w = m.width, h = m.height;
  Raster dx(w, h, 1), dy(w, h, 1), v(w, h, 1);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const float *p = m.row(y) + 3 * x, *l = x ? p - 3 : p, *u = y ? p - 3 * w : p;
      dx.row(y)[x] = 1 + ss / sr * (abs(p[0] - l[0]) + abs(p[1] - l[1]) + abs(p[2] - l[2]));
      dy.row(y)[x] = 1 + ss / sr * (abs(p[0] - u[0]) + abs(p[1] - u[1]) + abs(p[2] - u[2]));
    }
  }
  auto fast_exp = [](float x) {
    x = max(0.f, 1 + x / 16);
    x *= x, x *= x, x *= x;
    return x * x;
  };
  for (int k = 0; k < rounds; ++k) {
    const float s = ss * 1.7320508f * std::pow(2.f, float(rounds - k - 1)) /
                    std::sqrt(std::pow(4.f, float(rounds)) - 1),
                la = -1.41421356f / s;
    for (std::size_t i = 0; i < v.pixels.size(); ++i) v.pixels[i] = fast_exp(la * dx.pixels[i]);
    for (int y = 0; y < h; ++y) {
      float *r = m.row(y), *q = v.row(y);
      for (int x = 1; x < w; ++x)
        for (int c = 0; c < 3; ++c) r[3 * x + c] += q[x] * (r[3 * x - 3 + c] - r[3 * x + c]);
      for (int x = w - 2; x >= 0; --x)
        for (int c = 0; c < 3; ++c) r[3 * x + c] += q[x + 1] * (r[3 * x + 3 + c] - r[3 * x + c]);
    }
    for (std::size_t i = 0; i < v.pixels.size(); ++i) v.pixels[i] = fast_exp(la * dy.pixels[i]);
    auto blend = [&](int y, int from, int wt) {
      float *r = m.row(y), *q = v.row(wt);
      const float* o = m.row(from);
      for (int x = 0; x < w; ++x)
        for (int c = 0; c < 3; ++c) r[3 * x + c] += q[x] * (o[3 * x + c] - r[3 * x + c]);
    };
    for (int y = 1; y < h; ++y) blend(y, y - 1, y);
    for (int y = h - 2; y >= 0; --y) blend(y, y + 1, y + 1);
  }
}
}  // namespace aisha::sandbox::studio
