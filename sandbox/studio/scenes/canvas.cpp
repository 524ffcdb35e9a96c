// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/scenes/canvas.hpp"

#include <cmath>

namespace aisha::sandbox::studio {

using std::clamp, std::max, std::min;

namespace {

/// Blur by a disc of radius `r`: running sums along rows make it O(r) a pixel.
void disc_blur(Raster& m, int r) {
  const int wide = m.width + 2 * r + 1;
  Raster out(m.width, m.height, 3), sum(wide, m.height, 3);
  for (int y = 0; y < m.height; ++y) {
    float* s = sum.row(y);
    const float* from = m.row(y);
    for (int x = 0; x + 1 < wide; ++x) {
      for (int k = 0; k < 3; ++k) {
        s[3 * (x + 1) + k] = s[3 * x + k] + from[3 * clamp(x - r, 0, m.width - 1) + k];
      }
    }
  }
  const auto half_chord = [&](int d) { return int(std::sqrt(float(r * r - d * d) + 0.5f)); };
  int count = 0;
  for (int d = -r; d <= r; ++d) {
    count += 2 * half_chord(d) + 1;
  }
  for (int y = 0; y < m.height; ++y) {
    float* to = out.row(y);
    for (int d = -r; d <= r; ++d) {
      const int e = half_chord(d);
      const float* s = sum.row(clamp(y + d, 0, m.height - 1));
      const float *high = s + 3 * (r + e + 1), *low = s + 3 * (r - e);
      for (int i = 0; i < 3 * m.width; ++i) {
        to[i] += high[i] - low[i];
      }
    }
    for (int i = 0; i < 3 * m.width; ++i) {
      to[i] /= float(count);
    }
  }
  m.pixels.swap(out.pixels);
}

}  // namespace

float Canvas::beside(float gap) const {
  return clamp(head_x + (head_x > aspect / 2 ? -1.f : 1.f) * (0.55f * head_width + gap), 0.08f, aspect - 0.08f);
}

void Canvas::rect(float x0, float y0, float x1, float y1, Colour c, float soft, float alpha) {
  area(x0 - soft, y0 - soft, x1 + soft, y1 + soft, [&](float x, float y, Colour& v) {
    const float d = max(max(x0 - x, x - x1), max(y0 - y, y - y1));
    v = lerp(v, c, alpha * clamp(0.5f - d / (2 * soft), 0.f, 1.f));
  });
}

void Canvas::disc(float cx, float cy, float r, Colour c, float soft, float alpha) {
  area(cx - r - soft, cy - r - soft, cx + r + soft, cy + r + soft, [&](float x, float y, Colour& v) {
    v = lerp(v, c, alpha * clamp(0.5f - (std::hypot(x - cx, y - cy) - r) / (2 * soft), 0.f, 1.f));
  });
}

void Canvas::bokeh(float cx, float cy, float r, Colour c) {
  const float reach = r + 0.004f;
  area(cx - reach, cy - reach, cx + reach, cy + reach, [&](float x, float y, Colour& v) {
    const float d = std::hypot(x - cx, y - cy) / r;
    v += c * (clamp((1 - d) * r / 0.006f + 0.5f, 0.f, 1.f) * (0.72f + 0.5f * d * d * d * d));
  });
}

void Canvas::glow(float cx, float cy, float r, Colour c, float stretch_y) {
  const float ry = r * stretch_y;
  area(cx - 2.6f * r, cy - 2.6f * ry, cx + 2.6f * r, cy + 2.6f * ry, [&](float x, float y, Colour& v) {
    const float dx = (x - cx) / r, dy = (y - cy) / ry;
    v += c * max(0.f, std::exp(-(dx * dx + dy * dy)) - 0.00115f);
  });
}

void Canvas::line(float x0, float y0, float x1, float y1, float wide, Colour c, float alpha, bool add) {
  const float ex = x1 - x0, ey = y1 - y0, length2 = ex * ex + ey * ey + 1e-9f, soft = 0.0015f;
  area(min(x0, x1) - wide, min(y0, y1) - wide, max(x0, x1) + wide, max(y0, y1) + wide,
       [&](float x, float y, Colour& v) {
         const float t = clamp(((x - x0) * ex + (y - y0) * ey) / length2, 0.f, 1.f);
         const float d = std::hypot(x - x0 - t * ex, y - y0 - t * ey);
         const float k = alpha * clamp(0.5f - (d - wide / 2) / soft, 0.f, 1.f);
         v = add ? v + c * k : lerp(v, c, k);
       });
}

void Canvas::lens(float radius) {
  const int r = int(std::lround(radius * float(height)));
  if (r < 1) {
    return;
  }
  if (r > 9) {  // wide discs on a smaller copy: the eye cannot tell, the clock can
    Raster small = shrink_half(*this);
    disc_blur(small, r / 2);
    pixels = enlarge(small, width, height).pixels;
  } else {
    disc_blur(*this, r);
  }
}

}  // namespace aisha::sandbox::studio
