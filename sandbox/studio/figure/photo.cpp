// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/figure/photo.hpp"

#include <algorithm>
#include <utility>

namespace aisha::sandbox::studio {

using std::clamp, std::max, std::min;

namespace {

struct Span {
  float sum = 0;  ///< how much of the subject the row holds, in pixels
  float centre = 0;
};

Span span_of(const Raster& alpha, int y) {
  Span s;
  float moment = 0;
  for (int x = 0; x < alpha.width; ++x) {
    s.sum += alpha.row(y)[x];
    moment += alpha.row(y)[x] * (x + 0.5f);
  }
  s.centre = s.sum > 0 ? moment / s.sum : 0;
  return s;
}

/// Where the subject leaves the photo: through which sides, and down to which row it is free of them.
void find_cuts(Photo& f) {
  const int w = f.alpha.width, h = f.alpha.height;
  const auto touches = [&](int x) {
    int y = h;
    while (y > 0 && f.alpha.row(y - 1)[x] > 0.5f) {
      --y;
    }
    return float(y);
  };
  f.cut_top = f.top == 0;
  f.safe = float(h);
  for (const int x : {0, w - 1}) {
    const float y = touches(x);
    if (y > 0.6f * h) {
      f.safe = min(f.safe, y - 2.f);
    } else {
      (x == 0 ? f.cut_left : f.cut_right) = true;
    }
  }
}

/// Rows from the top: the head ends where the outline narrows again.
void find_head(Photo& f) {
  const int w = f.alpha.width, h = f.alpha.height, top = int(f.top);
  float widest = 0, centre = 0, n = 0;
  int y = top;
  for (; y < h; ++y) {
    const Span s = span_of(f.alpha, y);
    if (y > top + 8 && s.sum < 0.8f * widest) {
      break;
    }
    widest = max(widest, s.sum), centre += s.sum * s.centre, n += s.sum;
  }
  if (y < h) {
    f.head_x = centre / n, f.head_width = widest;
    f.head_y = top + 0.68f * widest, f.chin = top + 1.2f * widest;
    return;
  }
  // It fills the photo: the upper part is taken as the head.
  int x0 = w, x1 = 0;
  for (int j = top; j < lerp(float(top), f.safe, 0.6f); ++j) {
    for (int x = 0; x < w; ++x) {
      if (f.alpha.row(j)[x] > 0.5f) {
        x0 = min(x0, x), x1 = max(x1, x);
      }
    }
  }
  f.wide = float(max(1, x1 - x0)), f.head_x = 0.5f * float(x0 + x1), f.head_width = 0.7f * min(f.wide, f.safe);
  f.head_y = top + 0.58f * (f.safe - top), f.chin = float(h);
}

/// Half-transparent pixels take the colour of the sure subject beside them, or the old background would shine through.
void clean_edges(Photo& f) {
  Raster sure(f.rgb.width, f.rgb.height, 3), weight(f.rgb.width, f.rgb.height, 1);
  for (std::size_t i = 0; i < f.alpha.pixels.size(); ++i) {
    const float k = f.alpha.pixels[i] > 0.96f ? 1.f : 1e-4f;
    weight.pixels[i] = k;
    for (std::size_t c = 3 * i; c < 3 * i + 3; ++c) {
      sure.pixels[c] = k * f.rgb.pixels[c];
    }
  }
  const Raster near = blur(sure, 2.0f), near_weight = blur(weight, 2.0f);
  const Raster far = blur(sure, 9.f), far_weight = blur(weight, 9.f);
  for (std::size_t i = 0; i < f.alpha.pixels.size(); ++i) {
    const float t = smoothstep(0.97f, 0.85f, f.alpha.pixels[i]), q = smoothstep(0.002f, 0.05f, near_weight.pixels[i]);
    for (std::size_t c = 3 * i; c < 3 * i + 3; ++c) {
      const float clean = lerp(far.pixels[c] / far_weight.pixels[i], near.pixels[c] / near_weight.pixels[i], q);
      f.rgb.pixels[c] = lerp(f.rgb.pixels[c], clean, t);
    }
  }
}

}  // namespace

Photo prepare(Raster rgb, Raster mask) {
  Photo f;
  f.rgb = std::move(rgb);
  const int w = f.rgb.width, h = f.rgb.height;
  int top = 0;
  if (!mask.pixels.empty()) {
    f.alpha = std::move(mask);
    for (float& a : f.alpha.pixels) {
      a = clamp(a, 0.f, 1.f);
    }
    while (top < h && span_of(f.alpha, top).sum < 0.01f * w) {
      ++top;
    }
    f.masked = f.placed = top < h;  // an empty mask is none
  }
  if (!f.masked) {
    f.alpha = Raster(w, h, 1, 1.f);
    f.head_x = 0.5f * w, f.head_y = 0.45f * h, f.head_width = 0.4f * min(w, h), f.safe = f.chin = float(h);
    return f;
  }
  f.top = float(top);
  find_cuts(f);
  find_head(f);
  clean_edges(f);
  return f;
}

}  // namespace aisha::sandbox::studio
