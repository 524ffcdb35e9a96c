// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <span>

#include "sandbox/studio/prompt/colours.hpp"
#include "sandbox/studio/prompt/reading.hpp"
#include "sandbox/studio/prompt/things.hpp"

namespace aisha::sandbox::studio {

namespace {

/// Something people ask for; `land` is the word by which a scene says that it shows it, empty where no scene does.
struct Thing {
  std::string_view stems;
  std::string_view russian;
  std::string_view english;
  std::string_view land{};
};

constexpr Thing kPlaces[] = {
    {kRainWords, "дождь", "rain", "rain"},
    {kSnowWords, "снег", "snow", "snow"},
    {kFogWords, "туман", "fog", "fog"},
    {kMountainWords, "горы", "mountains", "mountains"},
    {kWaterWords, "вода", "water", "water"},
    {kBridgeWords, "мост", "a bridge", "bridge"},
    {kCityWords, "город", "a city", "city"},
    {kForestWords, "лес", "a forest", "forest"},
    {kCastleWords, "замок", "a castle", "castle"},
    {kMoonWords, "луна", "the moon", "moon"},
    {kNightWords, "ночь", "night", "night"},
};

constexpr Thing kUnknown[] = {
    {"зонт umbrella", "зонт", "an umbrella"},
    {"собак =пёс =пса щен =dog =dogs puppy", "собака", "a dog"},
    {"лошад =конь =коне =коня horse", "лошадь", "a horse"},
    {"машин автомоб =car =cars", "машина", "a car"},
    {"мотоцикл motorcycle motorbike", "мотоцикл", "a motorcycle"},
    {"велосипед bicycle", "велосипед", "a bicycle"},
    {"самолёт самолет airplane aeroplane", "самолёт", "an aeroplane"},
    {"очки очках glasses", "очки", "glasses"},
    {"дракон dragon", "дракон", "a dragon"},
};

constexpr std::size_t kMostNamed = 3;

/// Words that say nothing which a picture would lack.
constexpr std::string_view kHarmless =
    " aisha woman man girl boy person people portrait photo picture image style background camera lens light lighting "
    "soft warm "
    "cold bright beautiful pretty handsome young happy smile smiling look looking gaze wearing dressed standing "
    "sitting front "
    "behind near with from over under into very high quality detail detailed details close full body face hair eyes "
    "color colour "
    "colours "
    "colors dark pale around through white space airy "
    "женщин мужчин девушк парень парня человек люди портрет фото картин изображен стиль стиле =фоне =фон камер свет "
    "светл мягк "
    "тёпл тепл холод ярк красив молод счастлив улыб взгляд смотр стоит стою сидит сижу возле рядом перед позади среди "
    "сзади "
    "через очень высок качеств детал крупн план лицо лица волос глаз цвет тёмн темн утро утром полный рост весь всё ";

bool wanted(const Words& prompt, std::string_view stems) {
  return names_any(prompt, stems);
}

bool long_enough(const std::string& word) {
  return word.size() >= (is_russian(word) ? 8U : 4U);
}

template <class Table>
bool in_table(const Table& table, const std::string& word) {
  return std::ranges::any_of(table, [&word](const auto& entry) {
    const std::string_view stems = entry.words;
    const auto bar = std::min(stems.find('|'), stems.size());
    return meets_any(stems.substr(0, bar), word) || meets_any(stems.substr(std::min(bar + 1, stems.size())), word);
  });
}

/// English ones are whole words: a lighthouse is no light, and underwater is more than under.
bool harmless(const std::string& word) {
  return is_russian(word) ? meets_any(kHarmless, word) : kHarmless.contains(" " + word + " ");
}

bool known(const std::string& word) {
  const auto thing = [&word](const Thing& one) { return meets_any(one.stems, word); };
  return harmless(word) || colour_of(word).has_value() || in_table(scenes(), word) || in_table(styles(), word) ||
         in_table(garments(), word) || in_table(accessories(), word) || meets_any(kCatWords, word) ||
         std::ranges::any_of(kPlaces, thing) || std::ranges::any_of(kUnknown, thing) ||
         meets_any("вечер evening dusk dawn noon midday daylight полдень днём цвета background backdrop wall", word);
}

/// The words of the prompt proper: the trigger of an avatar ("AISHA_ANNA woman") is none.
Words content_of(const Words& prompt) {
  Words out;
  bool names_avatar = false;
  for (const std::string& word : prompt) {
    const bool trigger = names_avatar || word == "aisha" || word == "woman" || word == "man";
    names_avatar = word == "aisha";
    if (!trigger && !word.empty()) {
      out.push_back(word);
    }
  }
  return out;
}

class Missing {
 public:
  explicit Missing(bool russian) : russian_(russian) {}

  void add(const Thing& thing) { add(std::string(russian_ ? thing.russian : thing.english)); }
  void add(std::string name) {
    if (names_.size() < kMostNamed) {
      names_.push_back(std::move(name));
    }
  }
  std::vector<std::string> names() && { return std::move(names_); }

 private:
  bool russian_;
  std::vector<std::string> names_;
};

/// What the land shows besides its scene: everything of the setting.
bool shows(const Reading& reading, std::string_view what) {
  return reading.scene != nullptr && (std::string_view(reading.scene->name) == "land" || reading.scene->all_land ||
                                      reading.scene->land.find(what) != std::string_view::npos ||
                                      reading.scene->holds.find(what) != std::string_view::npos);
}

void clothes_beyond(const Words& prompt, const Model& model, Missing& missing) {
  if (model.dressable) {
    return;
  }
  for (const std::string& word : content_of(prompt)) {
    if (in_table(garments(), word) || in_table(accessories(), word)) {
      missing.add(word);
    }
  }
}

}  // namespace

std::vector<std::string> beyond(const Words& prompt, const Model& model) {
  constexpr std::size_t kShort = 8;  // a longer one is full of words that say how, not what
  const Reading reading = read(prompt);
  const Words content = content_of(prompt);
  Missing missing(std::ranges::any_of(prompt, is_russian));
  for (const Thing& place : kPlaces) {
    if (wanted(prompt, place.stems) && !shows(reading, place.land)) {
      missing.add(place);
    }
  }
  if (reading.cat && !model.cat_at_hand) {
    missing.add(Thing{"", "кот", "a cat"});
  }
  for (const Thing& thing : kUnknown) {
    if (wanted(prompt, thing.stems)) {
      missing.add(thing);
    }
  }
  if (content.size() <= kShort) {
    clothes_beyond(prompt, model, missing);
    for (const std::string& word : content) {
      if (long_enough(word) && !known(word)) {
        missing.add(word);
      }
    }
  }
  return std::move(missing).names();
}

}  // namespace aisha::sandbox::studio
