// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sandbox/studio/figure/lighting.hpp"

namespace aisha::sandbox::studio {
using std::clamp, std::max, std::min;
namespace {

/// A soft shadow of the subject on the paper behind it.
void cast_shadow(const Stage& s, Canvas& backdrop, const Light& light, float size) {
  const int w = s.alpha.width, h = s.alpha.height;
  const Raster soft = blur(s.alpha, 0.014f * size);
  const int dx = int(-light.side * 0.055f * size), dy = int(0.035f * size);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const float k = 1 - light.shadow * soft.row(clamp(y - dy, 0, h - 1))[clamp(x - dx, 0, w - 1)];
      backdrop.set(x, y, backdrop.rgb(x, y) * Colour{k, k, lerp(1.f, k, 0.92f)});
    }
  }
}

/// The face keeps its brightness in every scene.
float exposure_of(const Stage& s, const Light& light, bool masked) {
  const int w = s.alpha.width, h = s.alpha.height;
  const float dx = 0.25f * s.head_width, dy = 0.3f * s.head_width;
  double mean = 0, n = 1e-6;
  for (int y = max(0, int(s.head_y - dy)); y < min(h, int(s.head_y + dy)); ++y) {
    for (int x = max(0, int(s.head_x - dx)); x < min(w, int(s.head_x + dx)); ++x) {
      mean += luma(s.subject.rgb(x, y)), n += 1;
    }
  }
  const float wanted = 0.52f / max(0.05f, float(mean / n));
  return light.exposure * clamp(wanted, masked ? 0.85f : 0.95f, masked ? 1.25f : 1.04f);
}

/// Slope of a mask at a pixel.
struct Slope {
  float x, y;
};
Slope slope_at(const Raster& m, int x, int y) {
  const int left = max(0, x - 1), right = min(m.width - 1, x + 1);
  const int up = max(0, y - 1), down = min(m.height - 1, y + 1);
  return {m.row(y)[right] - m.row(y)[left], m.row(down)[x] - m.row(up)[x]};
}

/// Everything that lights one pixel of the subject, worked out once for all of them.
struct Rig {
  const Stage& stage;
  const Light& light;
  bool masked;
  float size;  ///< shorter side of the picture
  float exposure;
  Raster wide;    ///< the mask, much blurred: its slope is the shape of the body
  Raster edge;    ///< the mask, a little blurred: where rim light falls
  Raster around;  ///< the backdrop's colour near by

  Colour graded(Colour d) const {
    const float l = luma(d);
    d = lerp(Colour{l, l, l}, d, light.saturation);
    const auto con = [&](float v) { return clamp(0.45f + (v - 0.45f) * light.contrast, 0.f, 1.f); };
    return {to_linear(con(d.r)), to_linear(con(d.g)), to_linear(con(d.b))};
  }

  Colour tint_at(int x, int y, Colour ambient) const {
    const Slope slope = slope_at(wide, x, y);
    const float nx = clamp(-slope.x * 0.16f * size, -1.f, 1.f), ny = clamp(-slope.y * 0.16f * size, -1.f, 1.f);
    const float across = clamp((x - stage.head_x) / (0.8f * stage.head_width), -1.f, 1.f);
    const float t = 0.62f + 0.5f * light.side * (0.85f * nx + 0.70f * across) - 0.12f * ny;
    const Colour tint = lerp(light.fill, light.key, smoothstep(0.05f, 0.95f, t)) * exposure;
    return tint * lerp(Colour{1, 1, 1}, ambient * (1 / max(0.02f, luma(ambient))), 0.10f);
  }

  Colour lit(int x, int y) const {
    const Colour ambient = around.rgb(x, y);
    Colour c = graded(stage.subject.rgb(x, y)) * tint_at(x, y, ambient);
    c = c * (1 - 0.25f * smoothstep(0.80f, 1.05f, float(y) / float(stage.alpha.height)));
    const float hi = max({c.r, c.g, c.b}), sat = hi > 0 ? (hi - min({c.r, c.g, c.b})) / hi : 0, l = luma(c);
    c = lerp(c, Colour{l, l, l}, 0.13f * smoothstep(0.60f, 0.98f, sat));
    const Slope slope = slope_at(edge, x, y);
    const float g = std::sqrt(slope.x * slope.x + slope.y * slope.y) + 1e-5f;
    const float band = clamp((1 - edge.row(y)[x]) * 2.1f, 0.f, 1.f) * smoothstep(0.0f, 0.012f, g);
    const float texture = 0.10f + 0.95f * std::sqrt(luma(c)), ex = -slope.x / g, ey = -slope.y / g;
    const float from_left = max(0.f, -0.92f * ex - 0.38f * ey), from_right = max(0.f, 0.92f * ex - 0.38f * ey);
    c += (light.rim_left * from_left * from_left + light.rim_right * from_right * from_right) *
         (std::pow(band, 1.6f) * texture * 1.35f * (masked ? 1.f : 0.25f));
    return lerp(c, ambient, masked ? 0.26f * light.wrap * band * band : 0.f);
  }
};

void add_bloom(Stage& s, Canvas& backdrop, float strength, float size) {
  const int w = s.alpha.width, h = s.alpha.height;
  Raster glow(w, h, 3);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const Colour c = lerp(backdrop.rgb(x, y), s.subject.rgb(x, y), s.alpha.row(y)[x]);
      const float l = max({c.r, c.g, c.b}), k = l > 0.9f ? (min(l, 6.f) - 0.9f) / l : 0;
      glow.set(x, y, c * k);
    }
  }
  const Raster near = blur(glow, 0.012f * size), far = blur(glow, 0.06f * size);
  for (std::size_t i = 0; i < glow.pixels.size(); ++i) {
    const float b = strength * (0.35f * near.pixels[i] + 0.65f * far.pixels[i]);
    backdrop.pixels[i] += b, s.subject.pixels[i] += b * 0.8f;
  }
}

}  // namespace

void relight(Stage& s, Canvas& backdrop, const Light& light, bool masked) {
  const int w = s.alpha.width, h = s.alpha.height;
  const float size = float(min(w, h));
  if (light.shadow > 0 && masked) {
    cast_shadow(s, backdrop, light, size);
  }
  const float exposure = exposure_of(s, light, masked);
  const Rig rig{s,
                light,
                masked,
                size,
                exposure,
                blur(s.alpha, 0.09f * size),
                blur(s.alpha, 0.011f * size),
                blur(backdrop, 0.045f * size)};
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      if (s.alpha.row(y)[x] > 0) {
        s.subject.set(x, y, rig.lit(x, y));
      }
    }
  }
  add_bloom(s, backdrop, light.bloom, size);
}

}  // namespace aisha::sandbox::studio
