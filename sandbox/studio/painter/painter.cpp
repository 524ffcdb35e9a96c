// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/painter/painter.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "sandbox/studio/figure/placeholder.hpp"
#include "sandbox/studio/painter/companion.hpp"
#include "sandbox/studio/painter/finish.hpp"
#include "sandbox/studio/prompt/reading.hpp"
#include "sandbox/studio/raster/smoothing.hpp"
#include "sandbox/studio/raster/tone.hpp"

namespace aisha::sandbox::studio {

using std::clamp, std::max, std::min;

namespace {

struct Plan {
  const Scene* scene;
  const Style* style;
  Setting setting;
  Outfit outfit;
  bool cat;
  std::uint32_t seed;
  std::string mark;  ///< what is said of it beside "sandbox"; "" = nothing
};

/// Who sits for the picture.
struct Models {
  Photo person;
  std::optional<Fit> fit;
  std::optional<Photo> cat;
};

/// "песочница не умеет: мотоцикл, зонт".
std::string mark_of(const Words& words, const Model& model) {
  std::string out;
  bool russian = false;
  for (const std::string& one : beyond(words, model)) {
    russian = russian || is_russian(one);
    out += (out.empty() ? "" : ", ") + one;
  }
  return out.empty() ? out : (russian ? "песочница не умеет: " : "sandbox cannot paint: ") + out;
}

std::uint32_t seed_of_letters(std::string_view text) {
  std::uint32_t seed = 0;
  for (const char letter : text) {
    seed = mix(seed ^ std::uint8_t(letter));
  }
  return seed;
}

Plan plan_for(const PaintRequest& request, const Model& model) {
  const Words words = tokens(request.prompt);
  const Reading reading = read(words);
  Plan plan{};
  plan.seed = std::uint32_t(request.seed) ^ std::uint32_t(request.seed >> 32);
  plan.scene = reading.scene;
  plan.setting = reading.setting;
  plan.mark = mark_of(words, model);
  if (plan.scene == nullptr) {  // no word is known: the prompt's letters choose the look
    plan.scene = &scenes().back();
    for (const std::string& word : words) {
      plan.seed ^= seed_of_letters(word);
    }
  }
  plan.style = reading.style != nullptr ? reading.style : &style_named(plan.scene->style);
  plan.outfit = outfit_of(reading, *plan.scene, plan.seed);
  plan.cat = reading.cat;
  return plan;
}

/// The backdrop at half size, and the scene's light turned to its lamp.
Canvas paint_backdrop(const Plan& plan, const Stage& stage, int w, int h, std::uint32_t seed) {
  Canvas out(w, h, seed);
  out.head_x = stage.head_x / float(h), out.head_y = stage.head_y / float(h);
  out.head_width = stage.head_width / float(h);
  out.setting = plan.setting;
  plan.scene->paint(out);
  if (plan.scene->plain && plan.style->airy > 0) {
    each(out, [&](int, int, Colour v) { return lerp(v, Colour{0.9f, 0.9f, 0.88f}, plan.style->airy); });
  }
  if (plan.scene->open_air) {
    if (!plan.scene->all_land) {
      grade(out, plan.setting);
    }
    fall_behind(out);
  }
  return out;
}

Light turned_light(const Plan& plan, const Canvas& backdrop) {
  Light light = light_of(*plan.scene, plan.setting);
  if (light.side > 0 && backdrop.head_x > backdrop.aspect / 2) {
    light.side = -1;
    std::swap(light.rim_left, light.rim_right);
  }
  return light;
}

/// Cloth is thicker than hair: less of the backdrop shines around its edge.
Light for_clothes(Light light) {
  light.wrap *= 0.45f;
  light.rim_left = light.rim_left * 0.6f, light.rim_right = light.rim_right * 0.6f;
  return light;
}

/// The photo in its frame, sharpened where it is enlarged.
void frame_subject(Stage& stage, const Photo& photo, const Frame& frame, const Plan& plan, int w, int h) {
  stage.subject = window(photo.rgb, frame, w, h);
  stage.alpha = photo.placed ? window(photo.alpha, frame, w, h) : cameo(w, h, plan.seed);
  for (float& a : stage.alpha.pixels) {
    a = clamp(a, 0.f, 1.f);
  }
  const float scale = float(w) / frame.width;
  if (scale > 1.2f) {
    crispen(stage.subject, 0.45f * scale, 1.6f, 0.5f);
  }
  if (scale > 1.2f && !plan.style->painted) {
    crispen(stage.subject, 0.30f * scale, 1.2f, 0.35f);
  }
}

/// What falls between the person and the camera.
void let_fall(Raster& picture, const Plan& plan, const Canvas& backdrop) {
  if (!plan.scene->open_air || plan.setting.weather == Weather::clear) {
    return;
  }
  Canvas near(picture.width, picture.height, mix(plan.seed + 41));
  near.setting = plan.setting;
  near.head_x = backdrop.head_x, near.head_y = backdrop.head_y, near.head_width = backdrop.head_width;
  near.pixels.swap(picture.pixels);
  fall_before(near);
  near.pixels.swap(picture.pixels);
}

Raster paint_plan(const Models& models, const Plan& plan, int width, int height) {
  const Photo& person = models.person;
  Dice dice{mix(plan.seed * 2654435761U + seed_of_letters(plan.scene->name) * 97U)};
  const int w = (width + 1) / 2, h = (height + 1) / 2;  // backdrop and light at half size
  const bool dressed = models.fit.has_value() && plan.outfit.garment != nullptr;
  const float aspect = float(width) / float(height);
  const Frame frame =
      dressed ? bust_frame(*models.fit, aspect, dice, plan.outfit.hat()) : compose(person, aspect, dice);
  const float scale = float(w) / frame.width;
  Stage stage;
  stage.head_x = (person.head_x - frame.x0) * scale, stage.head_y = (person.head_y - frame.y0) * scale;
  stage.head_width = person.head_width * scale;
  Canvas backdrop = paint_backdrop(plan, stage, w, h, mix(dice.state + 11));
  Light light = turned_light(plan, backdrop);
  frame_subject(stage, person, frame, plan, w, h);
  if (dressed) {
    dress(stage, person, *models.fit, frame, plan.outfit, light, plan.seed);
    light = for_clothes(light);
  }
  relight(stage, backdrop, light, person.masked);
  if (models.cat) {
    seat_cat(stage, backdrop, *models.cat, light);
  }
  Raster alpha = enlarge(stage.alpha, width, height, true);
  const Grain grain(mix(plan.seed + 5));
  Raster out = merge(backdrop, enlarge(stage.subject, width, height, true), alpha, person.masked, scale, grain);
  let_fall(out, plan, backdrop);
  const StyleContext context{alpha, 2 * stage.head_x, 2 * stage.head_y, 2 * stage.head_width, plan.seed, grain};
  plan.style->paint(out, context);
  finish(out, *plan.style, grain, plan.mark);
  return out;
}

/// Empty when the bytes are no usable picture.
std::optional<Raster> usable(std::string_view bytes) {
  auto rgb = decode_photo(bytes, 1100);
  const bool sane = rgb && rgb->channels == 3 && min(rgb->width, rgb->height) >= 16;
  return sane ? std::move(rgb) : std::nullopt;
}

std::optional<Photo> photo_of(std::string_view bytes, std::string_view mask_bytes) {
  auto rgb = usable(bytes);
  if (!rgb) {
    return std::nullopt;
  }
  Raster mask(0, 0, 1);
  if (!mask_bytes.empty()) {
    if (auto read = decode_mask(mask_bytes, rgb->width, rgb->height)) {
      mask = std::move(*read);
    }
  }
  return prepare(std::move(*rgb), std::move(mask));
}

std::optional<Photo> person_of(const PaintRequest& request) {
  if (!request.face || !request.mask_bytes.empty()) {
    return photo_of(request.photo_bytes, request.mask_bytes);
  }
  auto rgb = usable(request.photo_bytes);
  return rgb ? std::optional(prepare_bust(std::move(*rgb), *request.face, std::uint32_t(request.seed))) : std::nullopt;
}

}  // namespace

std::string paint(const PaintRequest& request) {
  if (min(request.width, request.height) < 64 || max(request.width, request.height) > 4096) {
    throw std::invalid_argument("a picture is 64 to 4096 pixels a side");
  }
  const auto shown = [&](const Raster& painted) {
    const bool larger = request.shown_width > painted.width || request.shown_height > painted.height;
    return encode(larger ? magnified(painted, request.shown_width, request.shown_height) : painted, request.format);
  };
  if (request.blank) {
    return shown(Raster(request.width, request.height, 3));
  }
  auto photo = person_of(request);
  Models models{photo ? std::move(*photo) : placeholder_person(std::uint32_t(request.seed)), {}, {}};
  models.fit = fit_of(models.person, request.sitting);
  const bool is_cat = request.sitting == Sitting::chelsea;
  Plan plan = plan_for(request, {models.fit.has_value(), is_cat || !request.cat_photo.empty()});
  if (is_cat && plan.outfit.garment == nullptr) {
    plan.outfit.garment = garment_named("techwear");  // no suit of its own for space
  }
  if (plan.cat && !is_cat) {
    models.cat = photo_of(request.cat_photo, request.cat_mask);
  }
  // Small pictures would lose the face to the brush: painted at double size.
  const int zoom = max(request.width, request.height) <= 1200 ? 2 : 1;
  Raster out = paint_plan(models, plan, zoom * request.width, zoom * request.height);
  return shown(spoilt(zoom == 2 ? shrink_half(out) : std::move(out), request.flaw));
}

}  // namespace aisha::sandbox::studio
