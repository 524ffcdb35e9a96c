// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/raster/tone.hpp"
#include "sandbox/studio/styles/styles.hpp"

namespace aisha::sandbox::studio {
using std::clamp, std::max, std::min;
namespace {

Raster kuwahara(const Raster& m, const Raster& radius) {
  // Sums of 8-bit values in unsigned integers: they wrap, and their differences are exact all the same.
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
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const int r = max(1, int(std::lround(radius.row(y)[x])));
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
  }
  return o;
}

/// Mask of the subject at half size.
float alpha_at(const StyleContext& c, int x, int y) {
  return c.alpha.row(min(2 * y, c.alpha.height - 1))[min(2 * x, c.alpha.width - 1)];
}

/// 1 at the middle of the face, falling off around it; `reach` in squared head widths.
float nearness(const StyleContext& c, int x, int y, float reach) {
  const float dx = 2 * x - c.head_x, dy = 2 * y - c.head_y;
  return std::exp(-(dx * dx + dy * dy) / (reach * c.head_width * c.head_width)) * alpha_at(c, x, y);
}

/// The brush: fine on the face, broad on the backdrop.
Raster brush_sizes(const StyleContext& c, int w, int h) {
  Raster out(w, h, 1);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const float coarse = lerp(7.f, 4.5f, alpha_at(c, x, y));
      out.row(y)[x] = h / 1024.f * lerp(coarse, 2.6f, nearness(c, x, y, 0.40f));
    }
  }
  return out;
}

struct Cell {
  float r, g, b, bristle;
};
struct Direction {
  float x, y;
};
struct Paint {
  int w, h;
  std::vector<Cell> cells;
  std::vector<Direction> flow;
};

/// Strokes follow edges (the structure tensor's weak axis); in flat places a slow swirl.
Paint lay_paint(const Raster& flat, const StyleContext& c) {
  const int w = flat.width, h = flat.height;
  const Raster light = blur(luma_of(flat), 1.2f);
  Raster tensor(w, h, 3);
  for (int y = 1; y + 1 < h; ++y) {
    for (int x = 1; x + 1 < w; ++x) {
      const float gx = light.row(y)[x + 1] - light.row(y)[x - 1], gy = light.row(y + 1)[x] - light.row(y - 1)[x];
      tensor.set(x, y, {gx * gx, gx * gy, gy * gy});
    }
  }
  tensor = blur(tensor, h / 230.f);
  Paint paint{w, h, std::vector<Cell>(std::size_t(w) * h), std::vector<Direction>(std::size_t(w) * h)};
  for (int y = 0; y < h; ++y) {
    Direction swirl{};
    for (int x = 0; x < w; ++x) {
      if ((x & 7) == 0) {
        const float turn = 18.85f * fbm(x * 3.2f / h, y * 3.2f / h, c.seed, 2);
        swirl = {std::cos(turn) * 2e-5f, std::sin(turn) * 2e-5f};
      }
      const Colour j = tensor.rgb(x, y), q = flat.rgb(x, y);
      const float a = j.r - j.b + swirl.x, b = 2 * j.g + swirl.y, n = std::sqrt(a * a + b * b) + 1e-12f, cs = a / n;
      // Half the angle of (a, b), turned by a right angle.
      const float hx = std::sqrt(max(0.f, 0.5f * (1 + cs)));
      const float hy = std::copysign(std::sqrt(max(0.f, 0.5f * (1 - cs))), b);
      const std::size_t i = std::size_t(y) * w + x;
      paint.flow[i] = {-hy, hx}, paint.cells[i] = {q.r, q.g, q.b, c.grain.at(x, y)};
    }
  }
  return paint;
}

struct Stroke {
  Colour colour;
  float bristle;  ///< deviation about 1 whatever the length
};

/// Mean along the flow, `steps` to both sides.
Stroke stroke_at(const Paint& paint, int x, int y, int steps) {
  constexpr float kStride = 1.5f;
  Cell sum = paint.cells[std::size_t(y) * paint.w + x];
  float n = 1;
  for (const float way : {-kStride, kStride}) {
    const Direction start = paint.flow[std::size_t(y) * paint.w + x];
    float px = x + 0.5f, py = y + 0.5f, ox = way * start.x, oy = way * start.y;
    for (int q = 0; q < steps; ++q) {
      px += ox, py += oy;
      const int i = int(px), j = int(py);
      if (px < 0 || py < 0 || i >= paint.w || j >= paint.h) {
        break;
      }
      const Cell& g = paint.cells[std::size_t(j) * paint.w + i];
      const Direction e = paint.flow[std::size_t(j) * paint.w + i];
      sum.r += g.r, sum.g += g.g, sum.b += g.b, sum.bristle += g.bristle, n += 1;
      const float d = e.x * ox + e.y * oy < 0 ? -kStride : kStride;
      ox = d * e.x, oy = d * e.y;
    }
  }
  return {Colour{sum.r, sum.g, sum.b} * (1 / n), sum.bristle / std::sqrt(n)};
}

}  // namespace

void oil(Raster& m, const StyleContext& c) {
  const Raster small = shrink_half(m);
  const int w = small.width, h = small.height;
  const Raster brush = brush_sizes(c, w, h);
  const Paint paint = lay_paint(kuwahara(small, brush), c);
  Raster out(w, h, 3), relief(w, h, 1);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const Stroke stroke = stroke_at(paint, x, y, int(brush.row(y)[x] * 0.9f + 1.5f));
      out.set(x, y, stroke.colour);
      // Thick paint on a face would age it.
      const float calm = 1 - 0.72f * nearness(c, x, y, 0.42f);
      relief.row(y)[x] = calm * (stroke.bristle * 0.06f + 0.5f * luma(stroke.colour));
    }
  }
  const Raster soft = blur(out, 1.6f);
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    out.pixels[i] += 0.9f * (out.pixels[i] - soft.pixels[i]);
  }
  m = enlarge(out, m.width, m.height, true);
  relief = enlarge(relief, m.width, m.height, true);
  each(m, [&](int x, int y, Colour v) {
    const float* r = relief.row(y);
    const float slope = (r[min(x + 1, m.width - 1)] - r[max(x - 1, 0)]) +
                        (relief.row(min(y + 1, m.height - 1))[x] - relief.row(max(y - 1, 0))[x]);
    const float weave = 0.010f * ((((x / 3) ^ (y / 3)) & 1) != 0 ? 1.f : -1.f);
    v = saturate(curve(v, 0.2f), 1.18f);
    return v * (1 + clamp(1.5f * slope, -0.22f, 0.25f) + weave) + Colour{1, 1, 1} * (0.22f * max(0.f, slope - 0.03f));
  });
}

}  // namespace aisha::sandbox::studio
