// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sandbox/studio/noise.hpp"
#include "sandbox/studio/styles.hpp"
#include "sandbox/studio/tone.hpp"

namespace aisha::sandbox::studio {
using std::abs, std::clamp, std::max, std::min;
Raster kuwahara(const Raster& m, const Raster& radius) {  // classic, on 8-bit sums that wrap exactly
  const int w = m.width, h = m.height, W = w + 1;
  std::vector<std::uint32_t> t(std::size_t(W) * (h + 1) * 4);
  for (int y = 0; y < h; ++y) {
    std::uint32_t s[4] = {};
    for (int x = 0; x < w; ++x) {
      const float* p = m.row(y) + 3 * x;
      const std::uint32_t r = std::uint32_t(clamp(p[0], 0.f, 1.f) * 255),
                          g = std::uint32_t(clamp(p[1], 0.f, 1.f) * 255),
                          b = std::uint32_t(clamp(p[2], 0.f, 1.f) * 255), l = (2 * r + 5 * g + b) / 8;
      s[0] += r, s[1] += g, s[2] += b, s[3] += l * l;
      for (std::size_t k = 0; k < 4; ++k)
        t[(std::size_t(y + 1) * W + x + 1) * 4 + k] = t[(std::size_t(y) * W + x + 1) * 4 + k] + s[k];
    }
  }
  Raster o(w, h, 3);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const int r = max(1, int(radius.row(y)[x] + 0.5f));
      float best = 1e30f;
      Colour c;
      for (int q = 0; q < 4; ++q) {
        const int x0 = clamp(q & 1 ? x : x - r, 0, w - 1), x1 = clamp(q & 1 ? x + r : x, 0, w - 1) + 1,
                  y0 = clamp(q & 2 ? y : y - r, 0, h - 1), y1 = clamp(q & 2 ? y + r : y, 0, h - 1) + 1;
        const std::uint32_t *A = &t[(std::size_t(y0) * W + x0) * 4], *B = &t[(std::size_t(y0) * W + x1) * 4],
                            *C = &t[(std::size_t(y1) * W + x0) * 4], *D = &t[(std::size_t(y1) * W + x1) * 4];
        const float n = float((x1 - x0) * (y1 - y0)), R = float(D[0] - B[0] - C[0] + A[0]) / n,
                    G = float(D[1] - B[1] - C[1] + A[1]) / n, Bl = float(D[2] - B[2] - C[2] + A[2]) / n,
                    Q = float(D[3] - B[3] - C[3] + A[3]) / n;
        const float l = (2 * R + 5 * G + Bl) / 8, var = Q - l * l;
        if (var < best)
          best = var, c = Colour{R, G, Bl} * (1 / 255.f);
      }
      o.set(x, y, c);
    }
  return o;
}
void oil(Raster& m, const StyleContext& c) {
  Raster s = shrink_half(m);
  const int w = s.width, h = s.height;
  Raster rad(w, h, 1);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const float dx = 2 * x - c.head_x, dy = 2 * y - c.head_y,
                  face = std::exp(-(dx * dx + dy * dy) / (0.40f * c.head_width * c.head_width)) *
                         c.alpha.row(min(2 * y, m.height - 1))[min(2 * x, m.width - 1)];
      rad.row(y)[x] = h / 1024.f *
                      lerp(lerp(7.f, 4.5f, c.alpha.row(min(2 * y, m.height - 1))[min(2 * x, m.width - 1)]), 2.6f, face);
    }
  const Raster k = kuwahara(s, rad), L = blur(luma_of(k), 1.2f);
  Raster J(w, h, 3);
  for (int y = 1; y + 1 < h; ++y)
    for (int x = 1; x + 1 < w; ++x) {
      const float gx = L.row(y)[x + 1] - L.row(y)[x - 1], gy = L.row(y + 1)[x] - L.row(y - 1)[x];
      J.set(x, y, {gx * gx, gx * gy, gy * gy});
    }
  J = blur(J, h / 230.f);
  struct Cell {
    float r, g, b, bristle;
  };
  struct Dir {
    float x, y;
  };
  std::vector<Cell> cell(std::size_t(w) * h);
  std::vector<Dir> flow(cell.size());
  for (int y = 0; y < h; ++y) {
    Dir swirl{};
    for (int x = 0; x < w; ++x) {  // strokes follow edges; in flat places a slow swirl
      if ((x & 7) == 0) {
        const float sw = 18.85f * fbm(x * 3.2f / h, y * 3.2f / h, c.seed, 2);
        swirl = {std::cos(sw) * 2e-5f, std::sin(sw) * 2e-5f};
      }
      const Colour j = J.rgb(x, y), q = k.rgb(x, y);
      const float a = j.r - j.b + swirl.x, b = 2 * j.g + swirl.y, n = std::sqrt(a * a + b * b) + 1e-12f,
                  cs = a / n;  // half angle of (a, b), turned by a right angle
      const float hx = std::sqrt(max(0.f, 0.5f * (1 + cs))),
                  hy = std::copysign(std::sqrt(max(0.f, 0.5f * (1 - cs))), b);
      const std::size_t i = std::size_t(y) * w + x;
      flow[i] = {-hy, hx}, cell[i] = {q.r, q.g, q.b, c.grain.at(x, y)};
    }
  }
  Raster o(w, h, 3), hgt(w, h, 1);
  const float stride = 1.5f;
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const float rd = rad.row(y)[x];
      const int len = int(rd * 0.9f + 1.5f);
      Cell acc = cell[std::size_t(y) * w + x];
      float n = 1;
      for (float dir = -stride; dir <= stride; dir += 2 * stride) {
        const Dir f = flow[std::size_t(y) * w + x];
        float px = x + 0.5f, py = y + 0.5f, ox = dir * f.x, oy = dir * f.y;
        for (int q = 0; q < len; ++q) {
          px += ox, py += oy;
          const int i = int(px), j = int(py);
          if (px < 0 || py < 0 || i >= w || j >= h)
            break;
          const Cell& g = cell[std::size_t(j) * w + i];
          const Dir e = flow[std::size_t(j) * w + i];
          acc.r += g.r, acc.g += g.g, acc.b += g.b, acc.bristle += g.bristle, n += 1;
          const float d = e.x * ox + e.y * oy < 0 ? -stride : stride;
          ox = d * e.x, oy = d * e.y;
        }
      }
      o.set(x, y, Colour{acc.r, acc.g, acc.b} * (1 / n));
      const float fx = 2 * x - c.head_x, fy = 2 * y - c.head_y,
                  calm = 1 - 0.72f * std::exp(-(fx * fx + fy * fy) / (0.42f * c.head_width * c.head_width)) *
                                 c.alpha.row(min(2 * y, m.height - 1))[min(2 * x, m.width - 1)];
      hgt.row(y)[x] = calm * (acc.bristle / std::sqrt(n) * 0.06f + 0.5f * luma(o.rgb(x, y)));
    }
  const Raster soft = blur(o, 1.6f);
  for (std::size_t i = 0; i < o.pixels.size(); ++i) o.pixels[i] += 0.9f * (o.pixels[i] - soft.pixels[i]);
  m = enlarge(o, m.width, m.height, true);
  hgt = enlarge(hgt, m.width, m.height, true);
  each(m, [&](int x, int y, Colour v) {
    const float* r = hgt.row(y);
    const float e = (r[min(x + 1, m.width - 1)] - r[max(x - 1, 0)]) +
                    (hgt.row(min(y + 1, m.height - 1))[x] - hgt.row(max(y - 1, 0))[x]);
    const float weave = 0.010f * ((((x / 3) ^ (y / 3)) & 1) ? 1.f : -1.f);
    v = saturate(curve(v, 0.2f), 1.18f);
    return v * (1 + clamp(1.5f * e, -0.22f, 0.25f) + weave) + Colour{1, 1, 1} * (0.22f * max(0.f, e - 0.03f));
  });
}
}  // namespace aisha::sandbox::studio
