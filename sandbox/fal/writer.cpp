// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/writer.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.hpp"
#include "base/other_alphabet.hpp"
#include "base/words.hpp"
#include "sandbox/fal/answers.hpp"

namespace aisha::sandbox::fal {
namespace {

constexpr std::array kDictionary = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"акварель", "watercolour"},
    {"без", "without"},
    {"белом", "white"},
    {"белый", "white"},
    {"берег", "shore"},
    {"берегу", "shore"},
    {"большой", "big"},
    {"в", "in"},
    {"весна", "spring"},
    {"весной", "in spring"},
    {"вечер", "evening"},
    {"вечером", "in the evening"},
    {"во", "in"},
    {"горах", "mountains"},
    {"город", "city"},
    {"городе", "city"},
    {"горы", "mountains"},
    {"девушка", "woman"},
    {"день", "day"},
    {"дерево", "tree"},
    {"дождь", "rain"},
    {"дождём", "rain"},
    {"дом", "house"},
    {"доме", "house"},
    {"дракон", "dragon"},
    {"женщина", "woman"},
    {"за", "behind"},
    {"закат", "sunset"},
    {"закате", "sunset"},
    {"замок", "castle"},
    {"звезды", "stars"},
    {"звёзды", "stars"},
    {"зелёный", "green"},
    {"зима", "winter"},
    {"зимнем", "winter"},
    {"зимний", "winter"},
    {"зимой", "in winter"},
    {"золотой", "golden"},
    {"и", "and"},
    {"измени", "change"},
    {"как", "as"},
    {"кафе", "cafe"},
    {"книга", "book"},
    {"книгой", "book"},
    {"комната", "room"},
    {"королева", "queen"},
    {"король", "king"},
    {"космонавт", "astronaut"},
    {"космос", "space"},
    {"космосе", "space"},
    {"костюм", "suit"},
    {"костюме", "suit"},
    {"кот", "cat"},
    {"кота", "cat"},
    {"кофе", "coffee"},
    {"кошка", "cat"},
    {"красивый", "beautiful"},
    {"красное", "red"},
    {"красном", "red"},
    {"красный", "red"},
    {"кресле", "armchair"},
    {"кресло", "armchair"},
    {"лес", "forest"},
    {"лесу", "forest"},
    {"лето", "summer"},
    {"летом", "in summer"},
    {"лицо", "face"},
    {"маленький", "small"},
    {"масло", "oil"},
    {"молодой", "young"},
    {"море", "sea"},
    {"морем", "sea"},
    {"моря", "sea"},
    {"мужчина", "man"},
    {"на", "on"},
    {"над", "over"},
    {"небо", "sky"},
    {"ночной", "night"},
    {"ночь", "night"},
    {"ночью", "at night"},
    {"озера", "lake"},
    {"озеро", "lake"},
    {"окна", "window"},
    {"окно", "window"},
    {"около", "near"},
    {"осеннем", "autumn"},
    {"осенний", "autumn"},
    {"осень", "autumn"},
    {"осенью", "in autumn"},
    {"офис", "office"},
    {"офисе", "office"},
    {"очень", "very"},
    {"пальто", "coat"},
    {"парень", "man"},
    {"парк", "park"},
    {"парке", "park"},
    {"перед", "in front of"},
    {"платье", "dress"},
    {"пляж", "beach"},
    {"пляже", "beach"},
    {"под", "under"},
    {"портрет", "portrait"},
    {"пёс", "dog"},
    {"рассвет", "sunrise"},
    {"река", "river"},
    {"реки", "river"},
    {"рисунок", "drawing"},
    {"робот", "robot"},
    {"рыцарь", "knight"},
    {"с", "with"},
    {"сад", "garden"},
    {"саду", "garden"},
    {"сделай", "make"},
    {"синем", "blue"},
    {"синий", "blue"},
    {"снег", "snow"},
    {"снегу", "snow"},
    {"собака", "dog"},
    {"солнце", "sun"},
    {"старый", "old"},
    {"у", "by"},
    {"улица", "street"},
    {"улице", "street"},
    {"утро", "morning"},
    {"утром", "in the morning"},
    {"фон", "background"},
    {"фото", "photo"},
    {"цветов", "flowers"},
    {"цветы", "flowers"},
    {"человек", "person"},
    {"чёрном", "black"},
    {"чёрный", "black"},
    {"шляпа", "hat"},
    {"шляпе", "hat"},
});

constexpr std::size_t kLong = 1'200;

std::string translated(std::string_view piece) {
  const std::string word = words::fold(piece);
  const auto known =
      std::ranges::find_if(kDictionary, [&](const auto& entry) { return words::fold(entry.first) == word; });
  if (known != kDictionary.end()) {
    return std::string(known->second);
  }
  const bool is_ascii = std::ranges::all_of(piece, [](unsigned char c) { return c < 0x80U; });
  return is_ascii ? std::string(piece) : words::transliterated(word);
}

std::string in_english(std::string_view text) {
  std::string out;
  for (const std::string_view piece : words::pieces(text)) {
    const std::string word = translated(piece);
    out += (out.empty() || word.empty() ? "" : " ") + word;
  }
  return out;
}

std::string text_of(const json::Object& body, std::string_view key) {
  const json::Value* value = body.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

http::ServerResponse refused(std::string_view field) {
  json::Array place{"body", field};
  json::Object error{{"loc", std::move(place)}, {"msg", "Field required"}, {"type", "missing"}};
  return answer(422, json::serialize(json::Object{{"detail", json::Array{std::move(error)}}}));
}

std::string written(const std::string& prompt, const std::string& system) {
  if (prompt.contains("sandbox:writer-empty")) {
    return {};
  }
  if (prompt.contains("sandbox:writer-long")) {
    return std::string(kLong, 'a');
  }
  if (prompt.contains("sandbox:writer-rude")) {
    return "a forged passport";
  }
  const std::string english = in_english(prompt);
  const bool enhances = system.starts_with("Rewrite");
  return enhances ? english + ", soft window light, shallow depth of field, 85 mm lens" : english;
}

}  // namespace

http::ServerResponse write_words(const http::ServerRequest& request) {
  const auto body = json::parse(request.body);
  const json::Object* input = body ? body->if_object() : nullptr;
  if (input == nullptr) {
    return answer(400, R"({"detail":"the body is not a JSON object"})");
  }
  for (const std::string_view field : {"model", "prompt"}) {
    if (text_of(*input, field).empty()) {
      return refused(field);
    }
  }
  const std::string prompt = text_of(*input, "prompt");
  if (prompt.contains("sandbox:writer-down")) {
    return answer(500, usual_body(500));
  }
  json::Object out;
  out["output"] = written(prompt, text_of(*input, "system_prompt"));
  out["partial"] = false;
  out["error"] = nullptr;
  out["reasoning"] = nullptr;
  return answer(200, json::serialize(out));
}

}  // namespace aisha::sandbox::fal
