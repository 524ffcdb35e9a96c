// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/painter/finish.hpp"

#include <algorithm>
#include <cmath>

#include "sandbox/studio/painter/lettering.hpp"
#include "sandbox/studio/raster/tone.hpp"

namespace aisha::sandbox::studio {

using std::clamp, std::min;

namespace {

/// Highlights roll off instead of clipping.
float develop(float x) {
  return to_display(x < 0.55f ? x : 0.55f + 0.45f * (1 - std::exp((0.55f - x) / 0.45f)));
}

}  // namespace

Raster merge(const Raster& backdrop, const Raster& subject, Raster& alpha, bool masked, float scale,
             const Grain& grain) {
  Raster out = enlarge(backdrop, alpha.width, alpha.height);
  const float steep = masked ? min(1.45f, 1 + 0.2f * scale) : 1.f;
  each(out, [&](int x, int y, Colour v) {
    float a = clamp(alpha.row(y)[x], 0.f, 1.f);
    if (masked && a > 0.001f && a < 0.999f) {
      a = clamp(0.5f + (a - 0.48f) * steep + 0.06f * grain.at(x / 2, y / 2) * 4 * a * (1 - a), 0.f, 1.f);
    }
    alpha.row(y)[x] = a;
    if (a > 0) {
      const float pores = 1 + 0.022f * grain.at(x, y) + 0.016f * grain.at(x / 2 + 91, y / 2 + 37);
      v = lerp(v, subject.rgb(x, y) * pores, a);
    }
    return Colour{develop(v.r), develop(v.g), develop(v.b)};
  });
  return out;
}

void finish(Raster& m, const Style& style, const Grain& grain, const std::string& words) {
  each(m, [&](int x, int y, Colour p) {
    const float u = (float(x) + 0.5f) / float(m.width) - 0.5f, v = (float(y) + 0.5f) / float(m.height) - 0.5f;
    p = p * (1 - style.vignette * (u * u + v * v) * 1.3f);
    const float l = clamp(luma(p), 0.f, 1.f);
    const float g =
        style.grain * grain.at(x + 211, y + 77) * (0.35f + 2.6f * l * (1 - l)) + 0.0022f * grain.at(x + 17, y + 301);
    return Colour{clamp(p.r + g, 0.f, 1.f), clamp(p.g + g, 0.f, 1.f), clamp(p.b + g, 0.f, 1.f)};
  });
  const float unit = float(min(m.width, m.height)) / 400.f;
  if (!words.empty()) {
    mark(m, words);
    return;
  }
  lettering(m, "sandbox", float(m.width) - unit * 46, float(m.height) - unit * 13.5f, unit, 0.62f);
}

}  // namespace aisha::sandbox::studio
