// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/painter/companion.hpp"

#include <algorithm>

#include "sandbox/studio/raster/pixels.hpp"
#include "sandbox/studio/raster/smoothing.hpp"

namespace aisha::sandbox::studio {

using std::clamp, std::max;

namespace {

/// The cat's photo through a window that puts it into the lower left corner, away from the mark; its body ends where
/// the picture does.
Stage seated(const Stage& stage, const Photo& cat) {
  constexpr float kSize = 0.74f;  ///< of the person's head
  const int w = stage.subject.width, h = stage.subject.height;
  const float scale = kSize * stage.head_width / cat.head_width;
  const float x = 0.21f * float(w);
  const Frame frame{cat.head_x - x / scale, float(cat.rgb.height) - 1.5f - float(h) / scale, float(w) / scale,
                    float(h) / scale};
  Stage out{window(cat.rgb, frame, w, h), window(cat.alpha, frame, w, h)};
  out.head_x = x, out.head_y = (cat.head_y - frame.y0) * scale, out.head_width = cat.head_width * scale;
  const float top = -frame.y0 * scale, first = -frame.x0 * scale, last = first + float(cat.rgb.width) * scale;
  for (int j = 0; j < h; ++j) {
    for (int i = 0; i < w; ++i) {  // beyond the photo there is no cat; its cut sides melt away
      const float side = std::min(float(i) - first, last - float(i)) / (0.06f * (last - first));
      const float in = float(j) < top ? 0.f : smoothstep(0, 1, side);
      out.alpha.row(j)[i] = clamp(out.alpha.row(j)[i], 0.f, 1.f) * in;
    }
  }
  if (scale > 1.2f) {
    crispen(out.subject, 0.45f * scale, 1.6f, 0.5f);
  }
  return out;
}

}  // namespace

void seat_cat(Stage& stage, Canvas& backdrop, const Photo& cat, const Light& light) {
  Stage seat = seated(stage, cat);
  Light own = light;
  own.bloom = 0, own.shadow = 0;
  relight(seat, backdrop, own, true);
  const int w = stage.subject.width, h = stage.subject.height;
  const Raster soft = blur(seat.alpha, 0.02f * float(max(w, h)));
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const float front = seat.alpha.row(y)[x], behind = stage.alpha.row(y)[x] * (1 - front), all = front + behind;
      if (all > 0.001f) {
        const Colour shaded = stage.subject.rgb(x, y) * (1 - 0.45f * soft.row(y)[x]);
        stage.subject.set(x, y, (seat.subject.rgb(x, y) * front + shaded * behind) * (1 / all));
      }
      stage.alpha.row(y)[x] = all;
    }
  }
}

}  // namespace aisha::sandbox::studio
