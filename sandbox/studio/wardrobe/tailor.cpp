// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/wardrobe/tailor.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

using std::abs, std::clamp, std::max, std::min;

namespace {

constexpr float kShort = 0.90f;
constexpr float kNoHem = 429;  ///< what is drawn deeper is below any frame

float slimness(float v) {
  return 1 - 0.13f * smoothstep(-5, 62, v);
}

/// The chest and the shoulders, one field for all pieces.
float body_form(Point p) {
  const auto lump = [p](float u, float v, float ru, float rv) {
    return std::exp(-(p.x - u) * (p.x - u) / (ru * ru) - (p.y - v) * (p.y - v) / (rv * rv));
  };
  const float across = p.x / 185, round = 78 * std::sqrt(max(0.03f, 1 - across * across));
  return round + 17 * (lump(-58, 186, 44, 46) + lump(58, 186, 44, 46)) +
         12 * (lump(-128, 112, 36, 46) + lump(128, 112, 36, 46)) -
         26 * smoothstep(120, 20, p.y) * smoothstep(20, 70, abs(p.x)) - 14 * smoothstep(200, 330, p.y);
}

}  // namespace

Point Stance::to_pixels(Point p) const {
  if (p.y < -60 && hat_scale != 1) {
    p = {hat.x + p.x * hat_scale, hat.y - 117 + (p.y + 117) * hat_scale};
  }
  if (p.y > kNoHem) {
    p.y = 800;
  }
  const float s = smoothstep(5, 130, p.y);
  const float v = p.y > 0 ? p.y * kShort - raise * smoothstep(0, 60, p.y) : p.y;
  const float side = p.x > 0 ? 1.f : -1.f;
  return {x + unit * (p.x * slimness(p.y) * (1 - 0.09f * turn * side * s) + 14 * turn * s),
          y + unit * (v + tilt * p.x * s)};
}

Point Stance::to_units(float px, float py) const {
  float v = (py - y) / unit;
  if (v > 0) {
    float q = v / kShort;
    for (int i = 0; i < 4; ++i) {
      q = (v + raise * smoothstep(0, 60, q)) / kShort;
    }
    v = q;
  }
  const float s = smoothstep(5, 130, v);
  float u = (px - x) / unit - 14 * turn * s;
  u /= slimness(v) * (1 - 0.09f * turn * (u > 0 ? 1.f : -1.f) * s);
  return {u, v - tilt * u * s};
}

Tailor::Tailor(Sitter sitter, int width, int height)
    : sitter_(std::move(sitter)),
      width_(width),
      height_(height),
      layers_{Raster(width, height, 3), Raster(width, height, 1), Raster(width, height, 3), Raster(width, height, 1),
              Raster(width, height, 1, 1.f)},
      form_(width, height, 1),
      units_(width, height, 2),
      tint_(width / 4 + 1, height / 4 + 1, 1) {
  const float x = 0.42f * (sitter_.light.side > 0 ? 0.6f : -1.f), y = -0.56f, z = 0.70f;
  const float length = std::sqrt(x * x + y * y + z * z);
  key_x_ = x / length, key_y_ = y / length, key_z_ = z / length;
  for (int j = 0; j < height; ++j) {
    for (int i = 0; i < width; ++i) {
      const Point p = sitter_.stance.to_units(float(i) + 0.5f, float(j) + 0.5f);
      units_.row(j)[2 * i] = p.x, units_.row(j)[2 * i + 1] = p.y;
      form_.row(j)[i] = body_form(p);
    }
  }
  for (int j = 0; j < tint_.height; ++j) {
    for (int i = 0; i < tint_.width; ++i) {
      const Point p = sitter_.stance.to_units(4.f * float(i) + 2, 4.f * float(j) + 2);
      tint_.row(j)[i] = 2 * fbm(p.x * 0.022f, p.y * 0.022f, sitter_.seed + 70, 3) - 1;
    }
  }
  tint_ = enlarge(tint_, width, height);
}

Point Tailor::unit_at(int x, int y) const {
  const float* at = units_.row(y) + 2 * x;
  return {at[0], at[1]};
}

Box Tailor::box_of(const Path& line, float margin) const {
  float left = 1e9f, top = 1e9f, right = -1e9f, bottom = -1e9f;
  for (const Point p : line) {
    const Point q = sitter_.stance.to_pixels(p);
    left = min(left, q.x), top = min(top, q.y), right = max(right, q.x), bottom = max(bottom, q.y);
  }
  const float m = margin * sitter_.stance.unit + 2;
  return {clamp(int(left - m), 0, width_), clamp(int(top - m), 0, height_), clamp(int(right + m) + 1, 0, width_),
          clamp(int(bottom + m) + 1, 0, height_)};
}

// Non-zero winding; five scan lines a row, exact along x.
Raster cover_of(const Path& line, const Stance& stance, Box box) {
  constexpr int kLines = 5;
  struct Cross {
    float x;
    int direction;
  };
  Raster mask(box.width(), box.height(), 1);
  std::vector<std::vector<Cross>> rows(std::size_t(box.height()) * kLines);
  const auto at = [&](std::size_t i) {
    const Point p = stance.to_pixels(line[i % line.size()]);
    return Point{p.x - float(box.x0), p.y - float(box.y0)};
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    Point a = at(i), b = at(i + 1);
    const int direction = a.y < b.y ? 1 : -1;
    if (direction < 0) {
      std::swap(a, b);
    }
    const int first = max(0, int(std::ceil(a.y * kLines - 0.5f)));
    const int last = min(int(rows.size()), int(std::ceil(b.y * kLines - 0.5f)));
    for (int n = first; n < last; ++n) {
      rows[std::size_t(n)].push_back({a.x + ((float(n) + 0.5f) / kLines - a.y) / (b.y - a.y) * (b.x - a.x), direction});
    }
  }
  for (std::size_t n = 0; n < rows.size(); ++n) {
    auto& row = rows[n];
    std::ranges::sort(row, {}, &Cross::x);
    float* out = mask.row(int(n / kLines));
    int winding = 0;
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      winding += row[i].direction;
      const float left = clamp(row[i].x, 0.f, float(box.width())), right = clamp(row[i + 1].x, 0.f, float(box.width()));
      for (int x = int(left); winding != 0 && float(x) < right; ++x) {
        out[x] += (1.f / kLines) * (min(right, float(x + 1)) - max(left, float(x)));
      }
    }
  }
  for (float& v : mask.pixels) {
    v = min(v, 1.f);
  }
  return mask;
}

void Tailor::show_neck() {
  const Raster &own = sitter_.neck_alpha, &shadow = sitter_.chin;
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x) {
      Colour v = lerp(layers_.colour.rgb(x, y), sitter_.neck.rgb(x, y), own.row(y)[x]);
      const float s = shadow.row(y)[x];
      v = v * Colour{1 - 0.50f * s, 1 - 0.60f * s, 1 - 0.62f * s};
      layers_.colour.set(x, y, v);
    }
  }
}

void Tailor::in_front(bool on) {
  if (on != in_front_) {
    in_front_ = on;
    std::swap(layers_.colour, layers_.front_colour);
    std::swap(layers_.alpha, layers_.front_alpha);
  }
}

Tailor::Layers Tailor::finish() {
  in_front(false);
  return std::move(layers_);
}

}  // namespace aisha::sandbox::studio
