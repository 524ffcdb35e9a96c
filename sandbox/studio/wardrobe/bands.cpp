// SPDX-License-Identifier: Apache-2.0
// Bands along a line: cords, stitches, chains, ribbons.
#include <algorithm>
#include <cmath>

#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/wardrobe/tailor.hpp"

namespace aisha::sandbox::studio {

using std::abs, std::clamp, std::max, std::min;

/// Around a line: how far from it (pixels), how far along it (units), on which side; then cover and height of the band.
struct Tailor::Strip {
  Raster distance, along, side, cover, height;
};

namespace {

struct Profile {
  float outside;  ///< units beyond the band's shape; negative inside
  float height;
};

float round_height(float d, float half) {
  return std::sqrt(max(0.f, 1 - d * d / (half * half))) * half;
}

/// `d`: from the middle; `f`: -0.5..0.5 within one pitch; `s`: along the line.
Profile profile_of(Band kind, float d, float f, float s, float side, float half, float pitch) {
  Profile out{d - half, round_height(d, half)};
  const float e = std::hypot(f * pitch, d);
  switch (kind) {
    case Band::stitches: out.outside = max(out.outside, abs(f) * pitch - 0.32f * pitch); break;
    case Band::beads:
    case Band::gems: return {e - min(half, 0.47f * pitch), round_height(e, half) * 1.2f};
    case Band::chain: {
      const float ring = abs(std::hypot(f * pitch * 0.9f, d * 1.25f) - half * 0.72f);
      return {ring - 0.28f * half, round_height(ring, 0.3f * half) * 1.67f};
    }
    case Band::rope: out.height *= 0.72f + 0.4f * std::sin(6.2832f * (s / pitch + side * d / (2.2f * half))); break;
    case Band::ribbon: {
      const float dot = std::hypot(f * pitch / half, d / half);
      out.height = 1.2f * smoothstep(0, 1.4f, half - d) + 0.9f * smoothstep(0.35f, 0.15f, abs(d / half - 0.78f)) +
                   0.9f * smoothstep(0.16f, 0.05f, abs(dot - 0.42f)) + smoothstep(0.2f, 0.1f, dot);
      break;
    }
    case Band::cord:
    case Band::glow: break;
  }
  return out;
}

}  // namespace

Tailor::Strip Tailor::strip_of(const Path& line, float width, Box box) const {
  const int w = box.width(), h = box.height();
  Strip out{Raster(w, h, 1, 1e9f), Raster(w, h, 1), Raster(w, h, 1), Raster(w, h, 1), Raster(w, h, 1)};
  const float unit = sitter_.stance.unit, reach = width * unit + 2;
  float length = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const Point a = sitter_.stance.to_pixels(line[i]), b = sitter_.stance.to_pixels(line[i + 1]);
    const float ex = b.x - a.x, ey = b.y - a.y, squared = ex * ex + ey * ey + 1e-6f;
    const int bottom = min(box.y1, int(max(a.y, b.y) + reach) + 1), right = min(box.x1, int(max(a.x, b.x) + reach) + 1);
    for (int y = max(box.y0, int(min(a.y, b.y) - reach)); y < bottom; ++y) {
      for (int x = max(box.x0, int(min(a.x, b.x) - reach)); x < right; ++x) {
        const float px = float(x) + 0.5f - a.x, py = float(y) + 0.5f - a.y;
        const float t = clamp((px * ex + py * ey) / squared, 0.f, 1.f), d = std::hypot(px - t * ex, py - t * ey);
        const int row = y - box.y0, column = x - box.x0;
        if (d < out.distance.row(row)[column]) {
          out.distance.row(row)[column] = d;
          out.along.row(row)[column] = (length + t * std::sqrt(squared)) / unit;
          out.side.row(row)[column] = ex * py - ey * px > 0 ? 1.f : -1.f;
        }
      }
    }
    length += std::sqrt(squared);
  }
  return out;
}

void Tailor::shape_strip(Strip& strip, float width, Band kind, float pitch) const {
  const float unit = sitter_.stance.unit;
  for (std::size_t i = 0; i < strip.cover.pixels.size(); ++i) {
    if (strip.distance.pixels[i] > 1e8f) {
      continue;
    }
    const float d = strip.distance.pixels[i] / unit, s = strip.along.pixels[i];
    if (kind == Band::glow) {
      strip.cover.pixels[i] = max(0.f, 0.34f * std::exp(-8 * d * d / (width * width)) - 0.01f);
      continue;
    }
    const float f = s / pitch - std::floor(s / pitch) - 0.5f;
    const Profile profile = profile_of(kind, d, f, s, strip.side.pixels[i], width / 2, pitch);
    strip.cover.pixels[i] = clamp(0.5f - profile.outside * unit, 0.f, 1.f);
    strip.height.pixels[i] = profile.height;
  }
}

void Tailor::paint_strip(const Strip& strip, Box box, const Cloth& cloth, Band kind, float pitch) {
  const float unit = sitter_.stance.unit;
  const auto height = [&](int i, int j) {
    return strip.height.row(clamp(j, 0, box.height() - 1))[clamp(i, 0, box.width() - 1)];
  };
  for (int y = 0; y < box.height(); ++y) {
    for (int x = 0; x < box.width(); ++x) {
      const float a = strip.cover.row(y)[x];
      const int px = box.x0 + x, py = box.y0 + y;
      if (a < 0.003f) {
        continue;
      }
      if (kind == Band::glow) {
        layers_.colour.set(px, py, layers_.colour.rgb(px, py) + cloth.glow * (a * layers_.alpha.row(py)[px]));
        continue;
      }
      float nx = -(height(x + 1, y) - height(x - 1, y)) * 0.5f * unit;
      float ny = -(height(x, y + 1) - height(x, y - 1)) * 0.5f * unit;
      const float nz = 1 / std::sqrt(nx * nx + ny * ny + 1);
      nx *= nz, ny *= nz;
      const float diffuse = max(0.f, (nx * key_x_ + ny * key_y_ + nz * key_z_ + 0.25f) / 1.25f);
      const float spec = std::pow(max(0.f, nx * key_x_ * 0.8f + ny * key_y_ * 0.8f + nz * 0.62f), cloth.gloss);
      const Point q = unit_at(px, py);
      const float tone = cloth.weave != nullptr ? cloth.weave(q.x, q.y).tone : 1.f;
      Colour v = cloth.base * ((0.28f * (0.5f - 0.5f * ny) + 0.95f * diffuse) * tone);
      if (cloth.metal > 0) {
        v = lerp(v, cloth.base * mirrored(2 * nz * nx, 2 * nz * ny, 2 * nz * nz - 1), cloth.metal);
      }
      if (kind == Band::gems) {
        const float facet = hash(int(strip.along.row(y)[x] / pitch), int(3 * nx + 9) * 7 + int(3 * ny + 9), 5);
        v += Colour{1, 1, 1} * (0.6f * facet * (abs(nx) + abs(ny)));
      }
      v += Colour{1, 1, 1} * (cloth.spec * spec) + cloth.glow;
      layers_.colour.set(px, py, lerp(layers_.colour.rgb(px, py), v, a));
      layers_.alpha.row(py)[px] = max(layers_.alpha.row(py)[px], a);
    }
  }
}

void Tailor::band(const Path& line, float width, const Cloth& cloth, Band kind, float pitch) {
  const Box box = box_of(line, width + 2.2f * cloth.lift);
  if (box.width() < 3 || box.height() < 3) {
    return;
  }
  Strip strip = strip_of(line, width, box);
  shape_strip(strip, width, kind, pitch);
  if (cloth.lift > 0 && kind != Band::glow) {
    Cloth shadow = cloth;
    shadow.lift *= 0.8f;
    drop_shadow(strip.cover, box, shadow);
  }
  paint_strip(strip, box, cloth, kind, pitch);
}

}  // namespace aisha::sandbox::studio
