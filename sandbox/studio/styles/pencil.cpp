// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "sandbox/studio/raster/smoothing.hpp"
#include "sandbox/studio/raster/tone.hpp"
#include "sandbox/studio/styles/styles.hpp"

namespace aisha::sandbox::studio {
using std::clamp, std::max, std::min;

namespace {

/// How dark graphite lies here, 0..1: strokes in one direction, denser where `tone` is darker. `u` runs along them.
float hatch(float u, float v, float tone, std::uint32_t seed) {
  const float sway = 1.2f * noise(u * 0.018f, v * 0.018f, seed + 1);
  const float across = v + 3.f * sway,
              line = 0.5f + 0.5f * std::sin(across * 1.15f + 2.2f * noise(u * 0.03f, v * 0.2f, seed + 2));
  const float pressure = 0.55f + 0.45f * noise(u * 0.045f, across * 0.16f, seed + 3);
  const float wide = clamp(1.35f * tone, 0.f, 1.2f);
  return smoothstep(1.02f - wide, 1.32f - wide, line) * pressure * min(1.f, 0.35f + tone);
}

/// Outlines: where a little blur and a larger one differ.
Raster contours(const Raster& light, float h) {
  const Raster fine = blur(light, h / 1300), wide = blur(light, h / 480), broad = blur(light, h / 170);
  Raster out(light.width, light.height, 1);
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    const float thin = 13 * (wide.pixels[i] - fine.pixels[i]) - 0.10f,
                soft = 5 * (broad.pixels[i] - wide.pixels[i]) - 0.10f;
    out.pixels[i] = clamp(max(0.f, thin) + 0.6f * max(0.f, soft), 0.f, 0.95f);
  }
  return out;
}

}  // namespace

// Two directions of hatching by tone, contours, smudges, the grain of the paper; the paper is left open around the
// figure.
void pencil(Raster& m, const StyleContext& c) {
  Raster small = shrink_half(m);
  const float h = float(small.height), size = float(min(m.width, m.height));
  const Raster lines = enlarge(contours(luma_of(small), h), m.width, m.height, true);
  recursive_smooth(small, h / 70, 0.25f, 2);
  const Raster light = enlarge(luma_of(small), m.width, m.height, true);
  const Raster figure = enlarge(blur(enlarge(c.alpha, m.width / 8, m.height / 8), size / 190), m.width, m.height);
  const float unit = size / 900;
  each(m, [&](int x, int y, Colour) {
    const float px = float(x) / unit, py = float(y) / unit;
    const float around = smoothstep(0.02f, 0.75f, figure.row(y)[x]);
    const float edge = min({px, py, float(m.width) / unit - px, float(m.height) / unit - py}) +
                       60 * (noise(px * 0.02f, py * 0.02f, c.seed) - 0.5f);
    const float open = lerp(0.42f, 1.f, around) * smoothstep(8, 70, edge);  // how much of the sheet is drawn on
    const float dx = (float(x) - c.head_x) / c.head_width, dy = (float(y) - c.head_y) / c.head_width;
    const float face = std::exp(-3.2f * (dx * dx + dy * dy));
    const float l = curve({light.row(y)[x], 0, 0}, 0.35f).r, dark = clamp(1.04f - l, 0.f, 1.f) * open;
    const float first = hatch(0.7071f * (px - py), 0.7071f * (px + py), dark, c.seed + 10);
    const float second = hatch(0.94f * px + 0.34f * py, 0.94f * py - 0.34f * px, 1.25f * dark - 0.42f, c.seed + 20);
    const float smudge = 0.50f * dark * dark + 0.20f * dark;
    float graphite = max(smudge, lerp(0.72f, 0.5f, face) * first) + 0.42f * second * (1 - 0.5f * face);
    graphite = max(graphite, 0.95f * lines.row(y)[x] * lerp(0.55f, 1.f, around) * smoothstep(0, 40, edge));
    const float tooth =
        0.62f + 0.76f * clamp(0.5f + 0.22f * c.grain.at(x, y) + 0.16f * c.grain.at(x / 2 + 31, y / 2 + 77), 0.f, 1.f);
    graphite = clamp(graphite * lerp(tooth, 1.f, 0.5f * graphite), 0.f, 0.93f);
    const Colour paper = Colour{0.965f, 0.955f, 0.935f} * (1 + 0.012f * c.grain.at(x + 50, y + 90));
    return lerp(paper, Colour{0.115f, 0.118f, 0.130f}, graphite);
  });
}

}  // namespace aisha::sandbox::studio
