// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/figure/dressing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sandbox/studio/garments/patterns.hpp"

namespace aisha::sandbox::studio {

using std::clamp, std::max, std::min;

namespace {

Stance stance_of(const Stage& stage, const Fit& fit, const Frame& frame) {
  const float scale = float(stage.subject.width) / frame.width;
  Stance out;
  out.unit = fit.unit * scale;
  out.x = (fit.chin_x - frame.x0) * scale, out.y = (fit.chin_y - frame.y0) * scale;
  out.turn = stage.head_x < float(stage.subject.width) / 2 ? 1.f : -1.f;
  out.tilt *= out.turn;
  out.raise = fit.raise;
  out.hat = fit.hat, out.hat_scale = fit.hat_scale;
  return out;
}

/// Masks of the head, in the picture's pixels.
struct HeadMasks {
  Raster head;    ///< hair and face, without the suit's ring
  Raster shadow;  ///< of the face, very soft
};

/// The shadow under the jaw, and where the photo's own neck is used.
HeadMasks measure(Tailor::Sitter& sitter, const Stage& stage, const Fit& fit) {
  const int w = stage.subject.width, h = stage.subject.height;
  const float unit = sitter.stance.unit;
  const auto cover = [&](std::string_view text) { return cover_of(outline(text), sitter.stance, {0, 0, w, h}); };
  HeadMasks out{blur(cover(fit.head), 0.45f * unit), {}};
  const Raster own = blur(cover(fit.neck), 2.2f * unit), face = cover(fit.face);
  out.shadow = blur(face, 17 * unit);
  const Raster jaw = blur(face, 9 * unit);
  const int drop = int(11 * unit);
  sitter.neck = Raster(w, h, 3), sitter.neck_alpha = Raster(w, h, 1), sitter.chin = Raster(w, h, 1);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      sitter.chin.row(y)[x] = (1 - out.head.row(y)[x]) * clamp(1.25f * jaw.row(max(0, y - drop))[x], 0.f, 1.f);
      sitter.neck_alpha.row(y)[x] = smoothstep(0.45f, 0.95f, own.row(y)[x]);
      const Colour c = stage.subject.rgb(x, y);
      sitter.neck.set(x, y, {to_linear(c.r), to_linear(c.g), to_linear(c.b)});
    }
  }
  return out;
}

Colour shown(Colour c) {
  return {to_display(min(c.r, 1.f)), to_display(min(c.g, 1.f)), to_display(min(c.b, 1.f))};
}

/// Shadows on skin and cloth are a little red.
Colour dimmed(float k, float blue) {
  return {k, lerp(k, k * k, 0.2f), lerp(k, k * k, blue)};
}

/// Clothes, head, hats, from back to front.
void assemble(Stage& stage, const Tailor::Layers& clothes, const HeadMasks& masks, const Stance& stance, float side) {
  const int w = stage.subject.width, h = stage.subject.height;
  const int fall = int(34 * stance.unit), aside = int(side * 20 * stance.unit);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const float a = clamp(masks.head.row(y)[x] * stage.alpha.row(y)[x], 0.f, 1.f), b = clothes.alpha.row(y)[x];
      const float dim = 1 - 0.42f * masks.shadow.row(max(0, y - fall))[clamp(x - aside, 0, w - 1)];
      const Colour cloth = shown(clothes.colour.rgb(x, y) * dimmed(dim, 0.2f));
      const float figure = a + b * (1 - a), front = clothes.front_alpha.row(y)[x], all = front + figure * (1 - front);
      Colour v = stage.subject.rgb(x, y);
      if (figure > 0.001f) {
        v = (v * dimmed(clothes.on_head.row(y)[x], 0.25f) * a + cloth * (b * (1 - a))) * (1 / figure);
      }
      if (front > 0) {
        v = (shown(clothes.front_colour.rgb(x, y)) * front + v * (figure * (1 - front))) * (1 / max(all, 1e-4f));
      }
      stage.subject.set(x, y, v);
      stage.alpha.row(y)[x] = all;
    }
  }
}

}  // namespace

bool Outfit::hat() const {
  return (garment != nullptr && garment->hat) ||
         std::ranges::any_of(extras, [](const Extra& extra) { return extra.what->name != "scarf"; });
}

void dress(Stage& stage, const Photo& photo, const Fit& fit, const Frame& frame, const Outfit& outfit,
           const Light& light, std::uint32_t seed) {
  const int w = stage.subject.width, h = stage.subject.height;
  Tailor::Sitter sitter;
  sitter.stance = stance_of(stage, fit, frame);
  sitter.light = light;
  sitter.seed = mix(seed) & 1023U;
  sitter.furry = fit.furry;
  sitter.dye = outfit.dye;
  sitter.skin = lerp(mean_of(photo, fit, {-25, 0}, {20, 5}), mean_of(photo, fit, {-20, -28}, {22, -8}), 0.7f) * 1.10f;
  const HeadMasks masks = measure(sitter, stage, fit);
  const Stance stance = sitter.stance;
  Tailor tailor(std::move(sitter), w, h);
  skin_base(tailor, Skin::throat);
  tailor.in_front(fit.furry);  // the photo ends at the cat's chin: its collar covers that
  outfit.garment->sew(tailor);
  for (const Outfit::Extra& extra : outfit.extras) {
    extra.what->add(tailor, extra.dye.value_or(extra.what->usual));
  }
  assemble(stage, tailor.finish(), masks, stance, light.side > 0 ? -0.7f : 1.f);
}

}  // namespace aisha::sandbox::studio
