// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/painter.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "sandbox/studio/framing.hpp"
#include "sandbox/studio/lettering.hpp"
#include "sandbox/studio/lighting.hpp"
#include "sandbox/studio/placeholder.hpp"
#include "sandbox/studio/smoothing.hpp"
#include "sandbox/studio/tone.hpp"
#include "sandbox/studio/words.hpp"

namespace aisha::sandbox::studio {

using std::clamp, std::max, std::min;

namespace {

struct Plan {
  const Scene* scene;
  const Style* style;
  std::uint32_t seed;
  std::string mark;  ///< what is said of it beside "sandbox"; "" = nothing
};

/// "песочница не умеет: космос, кот".
std::string mark_of(const std::vector<std::string>& words) {
  std::string out;
  bool russian = false;
  for (const std::string& one : beyond(words)) {
    russian = russian || std::uint8_t(one.front()) >= 0x80;
    out += (out.empty() ? "" : ", ") + one;
  }
  return out.empty() ? out : (russian ? "песочница не умеет: " : "sandbox cannot paint: ") + out;
}

Plan plan_for(const PaintRequest& request) {
  const std::vector<std::string> words = tokens(request.prompt);
  Plan plan{};
  plan.seed = std::uint32_t(request.seed) ^ std::uint32_t(request.seed >> 32);
  plan.scene = scene_for(words);
  plan.mark = mark_of(words);
  if (plan.scene == nullptr) {  // no word is known: the prompt's letters choose the look
    plan.scene = &scenes().back();
    for (const std::string& word : words) {
      for (const char letter : word) {
        plan.seed = mix(plan.seed ^ std::uint8_t(letter));
      }
    }
  }
  plan.style = style_for(words);
  if (plan.style == nullptr) {
    plan.style = &style_named(plan.scene->style);
  }
  return plan;
}

/// Highlights roll off instead of clipping.
float develop(float x) {
  return to_display(x < 0.55f ? x : 0.55f + 0.45f * (1 - std::exp((0.55f - x) / 0.45f)));
}

/// The subject over the backdrop, both developed. `alpha` gets the steeper edge that was really used.
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

/// Vignette and grain; the grain also dithers.
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

Raster paint_plan(const Photo& f, const Plan& plan, int width, int height) {
  const Scene& scene = *plan.scene;
  const Style& style = *plan.style;
  Dice dice{mix(plan.seed * 2654435761U + std::uint32_t(&scene - scenes().data()) * 97U)};
  const int w = (width + 1) / 2, h = (height + 1) / 2;  // backdrop and light at half size
  const Frame frame = compose(f, float(width) / float(height), dice);
  const float scale = float(w) / frame.width;
  Stage stage;
  stage.head_x = (f.head_x - frame.x0) * scale, stage.head_y = (f.head_y - frame.y0) * scale;
  stage.head_width = f.head_width * scale;
  Canvas backdrop(w, h, mix(dice.state + 11));
  backdrop.head_x = stage.head_x / float(h), backdrop.head_y = stage.head_y / float(h);
  backdrop.head_width = stage.head_width / float(h);
  scene.paint(backdrop);
  Light light = scene.light;
  if (light.side > 0 && backdrop.head_x > backdrop.aspect / 2) {
    light.side = -1;
    std::swap(light.rim_left, light.rim_right);
  }
  Raster rgb = f.rgb;
  dye(rgb, f, light.wear);
  stage.subject = window(rgb, frame, w, h);
  stage.alpha = f.masked ? window(f.alpha, frame, w, h) : cameo(w, h, plan.seed);
  for (float& a : stage.alpha.pixels) {
    a = clamp(a, 0.f, 1.f);
  }
  if (scale > 1.2f) {
    crispen(stage.subject, 0.45f * scale, 1.6f, 0.5f);
  }
  if (scale > 1.2f && !style.painted) {
    crispen(stage.subject, 0.30f * scale, 1.2f, 0.35f);
  }
  relight(stage, backdrop, light, f.masked);
  Raster alpha = enlarge(stage.alpha, width, height, true);
  const Grain grain(mix(plan.seed + 5));
  Raster out = merge(backdrop, enlarge(stage.subject, width, height, true), alpha, f.masked, scale, grain);
  const StyleContext context{alpha, 2 * stage.head_x, 2 * stage.head_y, 2 * stage.head_width, plan.seed, grain};
  style.paint(out, context);
  finish(out, style, grain, plan.mark);
  return out;
}

Photo photo_of(const PaintRequest& request, std::uint32_t seed) {
  auto rgb = decode_photo(request.photo_bytes, 1100);
  if (!rgb || rgb->channels != 3 || min(rgb->width, rgb->height) < 16) {
    return placeholder_person(seed);
  }
  Raster mask(0, 0, 1);
  if (!request.mask_bytes.empty()) {
    if (auto read = decode_mask(request.mask_bytes, rgb->width, rgb->height)) {
      mask = std::move(*read);
    }
  }
  return prepare(std::move(*rgb), std::move(mask));
}

}  // namespace

std::string paint(const PaintRequest& request) {
  if (min(request.width, request.height) < 64 || max(request.width, request.height) > 4096) {
    throw std::invalid_argument("a picture is 64 to 4096 pixels a side");
  }
  if (request.blank) {
    return encode(Raster(request.width, request.height, 3), request.format);
  }
  const Plan plan = plan_for(request);
  const Photo photo = photo_of(request, plan.seed);
  // Small pictures would lose the face to the brush: painted at double size.
  const int zoom = max(request.width, request.height) <= 1200 ? 2 : 1;
  const Raster out = paint_plan(photo, plan, zoom * request.width, zoom * request.height);
  return encode(zoom == 2 ? shrink_half(out) : out, request.format);
}

}  // namespace aisha::sandbox::studio
