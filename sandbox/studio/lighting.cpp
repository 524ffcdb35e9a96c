// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sandbox/studio/lighting.hpp"

namespace aisha::sandbox::studio {
using std::abs, std::clamp, std::max, std::min;
void dye(Raster& rgb, const Photo& f, Colour wear) {  // strongly coloured clothes below the chin
  if (luma(wear) <= 0 || f.chin >= f.rgb.height)
    return;
  for (int y = int(f.chin * 0.9f); y < rgb.height; ++y)
    for (int x = 0; x < rgb.width; ++x) {
      const Colour d = rgb.rgb(x, y);
      const float hi = max({d.r, d.g, d.b}), lo = min({d.r, d.g, d.b}), sat = hi > 0 ? (hi - lo) / hi : 0;
      const float k = smoothstep(0.30f, 0.46f, sat) * smoothstep(0.03f, 0.10f, hi) *
                      smoothstep(f.chin * 0.9f, f.chin * 1.02f, float(y)) * smoothstep(0.02f, 0.10f, d.r - d.b) *
                      smoothstep(-0.02f, 0.06f, d.r - d.g);
      if (k <= 0)
        continue;
      const float l = 0.7f * to_linear(d.r) + 0.3f * to_linear(d.g);
      const Colour c = wear * (l / 0.42f) + Colour{0.5f, 0.5f, 0.5f} * (0.25f * max(0.f, l - 0.40f));
      rgb.set(x, y, lerp(d, Colour{to_display(c.r), to_display(c.g), to_display(c.b)}, k));
    }
}
void relight(Stage& s, Canvas& bg, const Light& L, bool masked) {
  const int w = s.alpha.width, h = s.alpha.height;
  const float H = float(min(w, h));
  if (L.shadow > 0 && masked) {  // a soft shadow on the paper behind
    const Raster sh = blur(s.alpha, 0.014f * H);
    const int dx = int(-L.side * 0.055f * H), dy = int(0.035f * H);
    for (int y = 0; y < h; ++y)
      for (int x = 0; x < w; ++x) {
        const float k = 1 - L.shadow * sh.row(clamp(y - dy, 0, h - 1))[clamp(x - dx, 0, w - 1)];
        bg.set(x, y, bg.rgb(x, y) * Colour{k, k, lerp(1.f, k, 0.92f)});
      }
  }
  const Raster wide = blur(s.alpha, 0.09f * H), edge = blur(s.alpha, 0.011f * H), around = blur(bg, 0.045f * H);
  double mean = 0, n = 1e-6;
  for (int y = max(0, int(s.head_y - 0.3f * s.head_width)); y < min(h, int(s.head_y + 0.3f * s.head_width)); ++y)
    for (int x = max(0, int(s.head_x - 0.25f * s.head_width)); x < min(w, int(s.head_x + 0.25f * s.head_width)); ++x)
      mean += luma(s.subject.rgb(x, y)), n += 1;
  const float expose = L.exposure * clamp(0.52f / max(0.05f, float(mean / n)), masked ? 0.85f : 0.95f,
                                          masked ? 1.25f : 1.04f);  // the face keeps its brightness in every scene
  for (int y = 0; y < h; ++y) {
    const int yu = max(0, y - 1), yd = min(h - 1, y + 1);
    for (int x = 0; x < w; ++x) {
      const float a = s.alpha.row(y)[x];
      if (a <= 0)
        continue;
      const int xl = max(0, x - 1), xr = min(w - 1, x + 1);
      Colour d = s.subject.rgb(x, y);  // grade in display values
      const float l0 = luma(d);
      d = lerp(Colour{l0, l0, l0}, d, L.saturation);
      auto con = [&](float v) { return clamp(0.45f + (v - 0.45f) * L.contrast, 0.f, 1.f); };
      Colour c{to_linear(con(d.r)), to_linear(con(d.g)), to_linear(con(d.b))};
      const float nx = clamp(-(wide.row(y)[xr] - wide.row(y)[xl]) * 0.16f * H, -1.f, 1.f),
                  ny = clamp(-(wide.row(yd)[x] - wide.row(yu)[x]) * 0.16f * H, -1.f, 1.f);
      const float t = 0.62f +
                      0.5f * L.side * (0.85f * nx + 0.70f * clamp((x - s.head_x) / (0.8f * s.head_width), -1.f, 1.f)) -
                      0.12f * ny;
      Colour tint = lerp(L.fill, L.key, smoothstep(0.05f, 0.95f, t)) * expose;
      const Colour amb = around.rgb(x, y);
      tint = tint * lerp(Colour{1, 1, 1}, amb * (1 / max(0.02f, luma(amb))), 0.10f);
      c = c * tint * (1 - 0.25f * smoothstep(0.80f, 1.05f, float(y) / float(h)));
      const float hi = max({c.r, c.g, c.b}), sat = hi > 0 ? (hi - min({c.r, c.g, c.b})) / hi : 0, l1 = luma(c);
      c = lerp(c, Colour{l1, l1, l1}, 0.13f * smoothstep(0.60f, 0.98f, sat));
      const float gx = edge.row(y)[xr] - edge.row(y)[xl], gy = edge.row(yd)[x] - edge.row(yu)[x],
                  g = std::sqrt(gx * gx + gy * gy) + 1e-5f;
      const float band = clamp((1 - edge.row(y)[x]) * 2.1f, 0.f, 1.f) * smoothstep(0.0f, 0.012f, g),
                  tex = 0.10f + 0.95f * std::sqrt(luma(c));
      const float ex = -gx / g, ey = -gy / g;
      const float wl = max(0.f, -0.92f * ex - 0.38f * ey), wr = max(0.f, 0.92f * ex - 0.38f * ey);
      const float fade = masked ? 1.f : 0.25f;
      c += (L.rim_left * wl * wl + L.rim_right * wr * wr) * (std::pow(band, 1.6f) * tex * 1.35f * fade);
      c = lerp(c, amb, masked ? 0.26f * L.wrap * band * band : 0.f);
      s.subject.set(x, y, c);
    }
  }
  Raster glow(w, h, 3);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const float a = s.alpha.row(y)[x];
      const Colour c = lerp(bg.rgb(x, y), s.subject.rgb(x, y), a);
      const float l = max({c.r, c.g, c.b}), k = l > 0.9f ? (min(l, 6.f) - 0.9f) / l : 0;
      glow.set(x, y, c * k);
    }
  const Raster g1 = blur(glow, 0.012f * H), g2 = blur(glow, 0.06f * H);
  for (std::size_t i = 0; i < glow.pixels.size(); ++i) {
    const float b = L.bloom * (0.35f * g1.pixels[i] + 0.65f * g2.pixels[i]);
    bg.pixels[i] += b, s.subject.pixels[i] += b * 0.8f;
  }
}
}  // namespace aisha::sandbox::studio
