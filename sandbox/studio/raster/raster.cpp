// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "sandbox/studio/raster/raster.hpp"

namespace aisha::sandbox::studio {
using std::clamp, std::max, std::min;
Raster shrink_half(const Raster& a) {
  Raster o((a.width + 1) / 2, (a.height + 1) / 2, a.channels);
  for (int y = 0; y < o.height; ++y) {
    const float *p = a.row(2 * y), *q = a.row(min(2 * y + 1, a.height - 1));
    float* d = o.row(y);
    for (int x = 0; x < o.width; ++x) {
      for (int k = 0; k < a.channels; ++k) {
        const int i = 2 * x * a.channels + k, j = min(2 * x + 1, a.width - 1) * a.channels + k;
        d[x * a.channels + k] = 0.25f * (p[i] + p[j] + q[i] + q[j]);
      }
    }
  }
  return o;
}
Raster enlarge(const Raster& a, int W, int H, bool cubic) {  // separable, bilinear or Catmull-Rom
  struct Tap {
    int i[4];
    float k[4];
  };
  auto taps = [&](int n, int m) {
    std::vector<Tap> t(std::size_t(m), Tap{});
    for (int x = 0; x < m; ++x) {
      const float s = (x + 0.5f) * n / m - 0.5f, f = std::floor(s), u = s - f;
      const float c[4] = {u * (-0.5f + u * (1 - 0.5f * u)), 1 + u * u * (-2.5f + 1.5f * u),
                          u * (0.5f + u * (2 - 1.5f * u)), u * u * (-0.5f + 0.5f * u)},
                  l[4] = {0, 1 - u, u, 0};
      for (int k = 0; k < 4; ++k)
        t[std::size_t(x)].i[k] = clamp(int(f) + k - 1, 0, n - 1), t[std::size_t(x)].k[k] = cubic ? c[k] : l[k];
    }
    return t;
  };
  const auto tx = taps(a.width, W), ty = taps(a.height, H);
  Raster o(W, H, a.channels);
  std::vector<float> line(std::size_t(a.width) * a.channels);
  for (int y = 0; y < H; ++y) {
    const Tap& t = ty[std::size_t(y)];
    const float *p0 = a.row(t.i[0]), *p1 = a.row(t.i[1]), *p2 = a.row(t.i[2]), *p3 = a.row(t.i[3]);
    for (std::size_t i = 0; i < line.size(); ++i)
      line[i] = t.k[0] * p0[i] + t.k[1] * p1[i] + t.k[2] * p2[i] + t.k[3] * p3[i];
    float* d = o.row(y);
    auto horizontal = [&](auto C) {
      for (int x = 0; x < W; ++x) {
        const Tap& q = tx[std::size_t(x)];
        for (int k = 0; k < C; ++k) {
          const float* s = line.data() + k;
          d[x * C + k] =
              cubic ? q.k[0] * s[q.i[0] * C] + q.k[1] * s[q.i[1] * C] + q.k[2] * s[q.i[2] * C] + q.k[3] * s[q.i[3] * C]
                    : q.k[1] * s[q.i[1] * C] + q.k[2] * s[q.i[2] * C];
        }
      }
    };
    a.channels == 3 ? horizontal(std::integral_constant<int, 3>{}) : horizontal(std::integral_constant<int, 1>{});
  }
  return o;
}
static void box_blur(Raster& a, int r) {
  const int n = 2 * r + 1, c = a.channels;
  std::vector<float> t(std::size_t(a.width) * c), acc(std::size_t(a.width) * c);
  for (int y = 0; y < a.height; ++y) {
    float* p = a.row(y);
    for (int k = 0; k < c; ++k) {
      float s = p[k] * float(r);
      for (int x = 0; x <= r; ++x) s += p[min(x, a.width - 1) * c + k];
      for (int x = 0; x < a.width; ++x) {
        t[std::size_t(x) * std::size_t(c) + std::size_t(k)] = s / float(n);
        s += p[min(x + r + 1, a.width - 1) * c + k] - p[max(x - r, 0) * c + k];
      }
    }
    std::copy(t.begin(), t.end(), p);
  }
  const Raster src = a;
  auto at = [&](int y) { return src.row(clamp(y, 0, a.height - 1)); };
  for (int y = -r; y <= r; ++y)
    for (std::size_t i = 0; i < acc.size(); ++i) acc[i] += at(y)[i];
  for (int y = 0; y < a.height; ++y) {
    float* p = a.row(y);
    const float *in = at(y + r + 1), *out = at(y - r);
    for (std::size_t i = 0; i < acc.size(); ++i) p[i] = acc[i] / float(n), acc[i] += in[i] - out[i];
  }
}
Raster blur(const Raster& a, float sigma) {  // Gauss by three boxes; wide ones on a smaller copy
  if (sigma > 7 && a.width > 32 && a.height > 32)
    return enlarge(blur(shrink_half(a), sigma / 2), a.width, a.height);
  Raster o = a;
  const int r = max(1, int(std::lround((std::sqrt(4 * sigma * sigma + 1) - 1) / 2)));
  for (int k = 0; k < 3; ++k) box_blur(o, r);
  return o;
}
Raster luma_of(const Raster& a) {
  Raster l(a.width, a.height, 1);
  for (std::size_t i = 0; i < l.pixels.size(); ++i)
    l.pixels[i] = 0.299f * a.pixels[3 * i] + 0.587f * a.pixels[3 * i + 1] + 0.114f * a.pixels[3 * i + 2];
  return l;
}
}  // namespace aisha::sandbox::studio
