// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/prompt/reading.hpp"

#include <algorithm>
#include <string_view>

#include "sandbox/studio/prompt/colours.hpp"
#include "sandbox/studio/prompt/things.hpp"

namespace aisha::sandbox::studio {

const Scene* scene_for(const Words& prompt) {
  return read(prompt).scene;
}

const Style* style_for(const Words& prompt) {
  return best_of(styles(), prompt);
}

namespace {

Setting setting_of(const Words& prompt) {
  Setting out;
  const auto named = [&prompt](std::string_view stems) { return names_any(prompt, stems); };
  out.hour = named(kNightWords)                           ? Hour::night
             : named("sunset dusk evening закат вечер")   ? Hour::evening
             : named("dawn sunrise рассвет")              ? Hour::dawn
             : named("noon midday daylight полдень днём") ? Hour::day
                                                          : Hour::unsaid;
  out.weather = named(kRainWords)   ? Weather::rain
                : named(kSnowWords) ? Weather::snow
                : named(kFogWords)  ? Weather::fog
                                    : Weather::clear;
  out.mountains = named(kMountainWords);
  out.water = named(kWaterWords);
  out.bridge = named(kBridgeWords);
  out.city = named(kCityWords);
  out.forest = named(kForestWords);
  out.castle = named(kCastleWords);
  out.autumn = named("autumn осен листопад october октябр");
  out.moon = named(kMoonWords);
  out.party = named("birthday balloon cake рождения =шары =шарами воздушн торт");
  return out;
}

/// Scenes of one place give way to the painted land when the prompt names what they cannot show.
bool falls_short(const Scene& scene, const Setting& setting) {
  if (scene.land.empty()) {
    return false;
  }
  const auto lacks = [&scene](bool asked, std::string_view what) {
    return asked && scene.land.find(what) == scene.land.npos;
  };
  const bool place = lacks(setting.mountains, "mountains") || lacks(setting.water, "water") ||
                     lacks(setting.bridge, "bridge") || lacks(setting.city, "city") || lacks(setting.castle, "castle");
  const bool sky = lacks(setting.weather == Weather::rain, "rain") || lacks(setting.weather == Weather::snow, "snow") ||
                   lacks(setting.weather == Weather::fog, "fog") || lacks(setting.hour == Hour::night, "night");
  return place || sky;
}

const Scene& scene_named(std::string_view name) {
  return *std::ranges::find(scenes(), name, &Scene::name);
}

/// A place that only its scene names is painted too where the land takes over.
void carry_over(const Scene& scene, Setting& setting) {
  const auto holds = [&scene](std::string_view what) { return scene.land.find(what) != scene.land.npos; };
  setting.forest = setting.forest || holds("forest");
  setting.water = setting.water || holds("water");
  setting.castle = setting.castle || holds("castle");
  setting.autumn = setting.autumn || holds("autumn");
  if (setting.weather == Weather::clear && holds("snow")) {
    setting.weather = Weather::snow;
  }
}

std::optional<Colour> backdrop_of(const Words& prompt) {
  for (std::size_t i = 0; i < prompt.size(); ++i) {
    if (meets_any("=фон =фоне =фона =фоном background backdrop =стены =стене =стена wall", prompt[i])) {
      if (const auto colour = colour_at(prompt, i)) {
        return colour;
      }
    }
  }
  return std::nullopt;
}

/// The colour said of any word that names the thing.
std::optional<Colour> dye_of(const Words& prompt, std::string_view stems) {
  for (std::size_t i = 0; i < prompt.size(); ++i) {
    if (meets_any(stems, prompt[i])) {
      if (const auto colour = colour_at(prompt, i)) {
        return colour;
      }
    }
  }
  return std::nullopt;
}

/// The word means many rooms: "airy white space" has no stars.
bool in_space(const Words& prompt) {
  for (std::size_t i = 0; i < prompt.size(); ++i) {
    const std::string_view before = i == 0 ? "" : std::string_view(prompt[i - 1]);
    if (prompt[i] == "space" &&
        !meets_any("white airy negative empty blank copy free open living work office art green personal paper",
                   before)) {
      return true;
    }
  }
  return false;
}

Outfit named_outfit(const Words& prompt) {
  Outfit out;
  int top = 0;
  for (const Garment& garment : garments()) {
    const auto dye = dye_of(prompt, garment.words);
    // Who says its colour wants to see it.
    const int points = score(prompt, garment.words) + (dye ? 40 : 0);
    if (points > top) {
      top = points, out.garment = &garment, out.dye = dye;
    }
  }
  const bool leaves = names_any(prompt, "leaves листьев лавров laurel");
  for (const Accessory& accessory : accessories()) {
    if ((accessory.name == "crown" && leaves) ||
        (accessory.name == "laurel" && out.garment != nullptr && out.garment->name == "toga")) {
      continue;
    }
    const bool worn_already = out.garment != nullptr && ((accessory.name == "crown" && out.garment->name == "ermine") ||
                                                         (accessory.name == "scarf" && out.garment->name == "coat"));
    const bool hidden = out.garment != nullptr && out.garment->name == "cloak" && accessory.name != "scarf";
    if (!worn_already && !hidden &&
        (names_any(prompt, accessory.words) &&
         (accessory.name != "laurel" || names_any(prompt, "laurel лавров crown =корона венок венке венком")))) {
      auto dye = dye_of(prompt, accessory.words);
      if (!dye && accessory.name == "hat" && out.garment != nullptr && out.garment->name == "western") {
        dye = Colour{0.15f, 0.085f, 0.040f};
      }
      out.extras.push_back({&accessory, dye});
    }
  }
  return out;
}

}  // namespace

Reading read(const Words& prompt) {
  Reading out;
  out.scene = in_space(prompt) ? &scene_named("space") : best_of(scenes(), prompt);
  out.style = style_for(prompt);
  out.setting = setting_of(prompt);
  out.outfit = named_outfit(prompt);
  out.plain_clothes = out.outfit.garment == nullptr;
  out.cat = names_any(prompt, kCatWords);
  if (out.scene != nullptr && falls_short(*out.scene, out.setting)) {
    carry_over(*out.scene, out.setting);
    out.scene = &scene_named("land");
  } else if (out.scene == nullptr &&
             (out.setting.weather != Weather::clear || out.setting.hour != Hour::unsaid || out.setting.moon)) {
    out.scene = &scene_named("land");
  }
  if (out.scene != nullptr && out.scene->name == "winter") {
    out.setting.weather = Weather::snow;
  }
  if (const auto backdrop = backdrop_of(prompt); backdrop && (out.scene == nullptr || out.scene->plain)) {
    out.setting.backdrop = backdrop;
    out.scene = &scene_named("backdrop");
  }
  return out;
}

Outfit outfit_of(const Reading& reading, const Scene& scene, std::uint32_t seed) {
  Outfit out = reading.outfit;
  if (out.garment != nullptr) {
    if (out.garment->name == "dress" && scene.name == "glamour") {
      out.garment = garment_named("evening");
    }
    return out;
  }
  std::vector<const Garment*> fit;
  const bool by_style = scene.plain && reading.style != nullptr && !reading.style->wear.empty();
  std::string_view left = by_style                                            ? reading.style->wear
                          : reading.setting.party && scene.name == "festival" ? "dress"
                                                                              : scene.wear;
  while (!left.empty()) {
    const auto end = std::min(left.find(' '), left.size());
    fit.push_back(garment_named(left.substr(0, end)));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  if (!fit.empty()) {
    out.garment = fit[mix(seed + 311) % fit.size()];
  } else if (!out.extras.empty()) {
    out.garment = garment_named("turtleneck");  // a hat does not go with a suit for space
  }
  return out;
}

}  // namespace aisha::sandbox::studio
