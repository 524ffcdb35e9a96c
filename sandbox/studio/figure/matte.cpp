// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/figure/matte.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

using std::max, std::min;

namespace {

/// Distances in sides of the face's box, from its middle: 1 is the outline.
float head(float x, float y) {
  return std::hypot(x / 0.80f, (y + 0.16f) / 1.02f);
}

/// Between the two others, so that no mist drifts under the chin.
float neck(float x, float y) {
  return std::hypot(x / 0.74f, max(0.f, std::abs(y - 0.8f) - 0.5f) / 0.4f);
}

/// Below them the chest goes straight on.
float shoulders(float x, float y) {
  const float u = std::abs(x) / 1.75f, v = max(0.f, (2.05f - y) / 1.42f);
  return std::cbrt(u * u * u + v * v * v);
}

/// The nearer outline, without a crease where they meet.
float both(float a, float b) {
  constexpr float kSoft = 0.16f;
  const float h = max(0.f, kSoft - std::abs(a - b)) / kSoft;
  return min(a, b) - h * h * kSoft / 4;
}

}  // namespace

Photo prepare_bust(Raster rgb, const FaceSpot& face, std::uint32_t seed) {
  Photo f;
  f.rgb = std::move(rgb);
  const int w = f.rgb.width, h = f.rgb.height;
  const float side = max(8.f, face.side * w), cx = face.x * w, cy = face.y * h;
  f.alpha = Raster(w, h, 1);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const float u = (x + 0.5f - cx) / side, v = (y + 0.5f - cy) / side;
      const float ragged = 0.30f * (fbm(3.1f * u + 20, 4.3f * v + 20, seed, 3) - 0.5f);
      const float outline = both(both(head(u, v), neck(u, v)), shoulders(u, v));
      const float inside = smoothstep(1.10f, 0.80f, outline + ragged);
      // Where the photo ends, nothing of it may look cut.
      const float left = smoothstep(0, 0.4f, x / side), right = smoothstep(0, 0.4f, (w - 1 - x) / side);
      f.alpha.row(y)[x] = inside * left * right * smoothstep(0, 0.2f, y / side);
    }
  }
  f.placed = true;
  f.top = max(0.f, cy - 1.05f * side);
  f.safe = min(float(h), cy + 2.5f * side);
  f.head_x = cx, f.head_y = cy - 0.1f * side, f.head_width = 1.3f * side, f.chin = cy + 0.6f * side;
  return f;
}

}  // namespace aisha::sandbox::studio
