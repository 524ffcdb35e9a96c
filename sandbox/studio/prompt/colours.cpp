// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/prompt/colours.hpp"

#include <algorithm>

namespace aisha::sandbox::studio {

namespace {

struct Dye {
  std::string_view stems;
  Colour colour;
};

// As cloth looks in neutral light, not as a lamp shines.
constexpr Dye kDyes[] = {
    {"red scarlet красн алый алая алое алом алого", {0.36f, 0.010f, 0.014f}},
    {"crimson burgundy maroon бордо вишнёв", {0.13f, 0.008f, 0.018f}},
    {"navy", {0.010f, 0.016f, 0.070f}},
    {"turquoise teal бирюз", {0.010f, 0.26f, 0.26f}},
    {"blue синий синяя синее синем синего синюю синей синих", {0.012f, 0.055f, 0.30f}},
    {"azure голуб", {0.11f, 0.33f, 0.60f}},
    {"green emerald зелен зелён изумруд", {0.012f, 0.16f, 0.040f}},
    {"yellow жёлт желт", {0.62f, 0.40f, 0.012f}},
    {"orange оранж", {0.62f, 0.14f, 0.008f}},
    {"purple violet фиолет пурпур", {0.11f, 0.016f, 0.24f}},
    {"lilac lavender сирен лилов лаванд", {0.36f, 0.22f, 0.52f}},
    {"pink розов", {0.62f, 0.14f, 0.24f}},
    {"white белы бело белу белая белой белую", {0.80f, 0.80f, 0.79f}},
    {"ivory cream кремов слонов", {0.74f, 0.68f, 0.56f}},
    {"black чёрны чёрно чёрна чёрну черны черно черна черну", {0.014f, 0.014f, 0.016f}},
    {"grey gray серы серо сера серу", {0.20f, 0.20f, 0.21f}},
    {"brown коричн", {0.12f, 0.052f, 0.022f}},
    {"beige camel бежев песочн", {0.48f, 0.36f, 0.22f}},
    {"gold golden золот", {0.60f, 0.36f, 0.06f}},
    {"silver серебр", {0.46f, 0.47f, 0.50f}},
    {"khaki olive хаки олив", {0.13f, 0.13f, 0.045f}},
};

/// Black-and-white is no colour of clothes.
bool without_colour(std::string_view word) {
  return word.find("-and-") != word.npos || word.starts_with("черно-бел") || word.starts_with("чёрно-бел");
}

Colour toned(Colour colour, std::string_view word) {
  if (meets_any("dark тёмн темн deep", word)) {
    return colour * 0.4f;
  }
  if (meets_any("=light pale светл бледн нежно", word)) {
    return lerp(colour, Colour{0.75f, 0.75f, 0.75f}, 0.5f);
  }
  return colour;
}

}  // namespace

std::optional<Colour> colour_of(std::string_view word) {
  if (without_colour(word)) {
    return std::nullopt;
  }
  const auto dash = word.rfind('-');
  const std::string_view name = dash == word.npos ? word : word.substr(dash + 1);
  for (const Dye& dye : kDyes) {
    if (meets_any(dye.stems, name)) {
      return dash == word.npos ? dye.colour : toned(dye.colour, word.substr(0, dash));
    }
  }
  return std::nullopt;
}

std::optional<Colour> colour_at(const Words& prompt, std::size_t place) {
  for (std::size_t back = 1; back <= 2 && back <= place; ++back) {
    if (const auto colour = colour_of(prompt[place - back])) {
      return place > back ? toned(*colour, prompt[place - back - 1]) : *colour;
    }
  }
  for (std::size_t on = place + 1; on + 1 < prompt.size() && on <= place + 2; ++on) {
    if (const auto colour = colour_of(prompt[on]); colour && meets_any("цвета colour color", prompt[on + 1])) {
      return colour;
    }
  }
  return std::nullopt;
}

}  // namespace aisha::sandbox::studio
