// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/words.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>

namespace aisha::sandbox::studio {

std::vector<std::string> tokens(std::string_view text) {
  std::vector<std::string> out(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = std::uint8_t(text[i]);
    const auto d = i + 1 < text.size() ? std::uint8_t(text[i + 1]) : std::uint8_t{0};
    if (c == 0xD0 && d >= 0x90 && d <= 0x9F) {  // А..П lie beside their small letters
      out.back() += '\xD0';
      out.back() += char(d + 0x20);
      ++i;
    } else if (c == 0xD0 && d >= 0xA0 && d <= 0xAF) {  // Р..Я: the small ones begin a new lead byte
      out.back() += '\xD1';
      out.back() += char(d - 0x20);
      ++i;
    } else if (c >= 0x80 || std::isalnum(c) != 0 || c == '-') {
      out.back() += char(std::tolower(c));
    } else if (!out.back().empty()) {
      out.emplace_back();
    }
  }
  return out;
}

namespace {

/// Strong stems weigh twice their length, so that a rare long word beats a common short one; weak ones only break ties.
int score(const std::vector<std::string>& prompt, std::string_view words) {
  const std::size_t bar = std::min(words.find('|'), words.size());
  int sum = 0;
  const auto add = [&](std::string_view part, bool strong) {
    for (const std::string& stem : tokens(part)) {
      for (const std::string& word : prompt) {
        if (!stem.empty() && word.starts_with(stem)) {
          sum += strong ? 2 * int(stem.size()) : 1;
        }
      }
    }
  };
  add(words.substr(0, bar), true);
  add(words.substr(bar), false);
  return sum;
}

template <class T>
const T* best_of(std::span<const T> table, const std::vector<std::string>& prompt) {
  const T* best = nullptr;
  int top = 0;
  for (const T& entry : table) {
    if (const int s = score(prompt, entry.words); s > top) {
      best = &entry;
      top = s;
    }
  }
  return best;
}

}  // namespace

const Scene* scene_for(const std::vector<std::string>& prompt) {
  return best_of(scenes(), prompt);
}
const Style* style_for(const std::vector<std::string>& prompt) {
  return best_of(styles(), prompt);
}

namespace {

/// Something people ask for that the painter has no shapes for yet.
struct Unknown {
  std::string_view stems;
  std::string_view russian;
  std::string_view english;
  std::string_view painted_by{};  ///< the one scene that has it
};

constexpr Unknown kUnknown[] = {
    {"космос космич галактик cosmos cosmic galaxy astronaut spaceship", "космос", "space"},
    {"снег снеж зим snow snowy winter", "снег", "snow"},
    {"дожд ливен rain rainy", "дождь", "rain", "cyberpunk"},
    {"мост bridge", "мост", "a bridge"},
    {"горы горах гор mountain", "горы", "mountains"},
    {"пальто coat overcoat", "пальто", "a coat"},
    {"плать dress dresses gown", "платье", "a dress"},
    {"шляп шапк hat", "шляпа", "a hat"},
    {"зонт umbrella", "зонт", "an umbrella"},
    {"кот кота коте кошк котик котён котен cat kitten", "кот", "a cat"},
    {"собак пёс щен dog puppy", "собака", "a dog"},
    {"лошад конь horse", "лошадь", "a horse"},
    {"машин автомоб car", "машина", "a car"},
    {"луна луне луну лунн moonlit moon", "луна", "the moon"},
};
constexpr std::size_t kMostNamed = 3;

bool is_russian(const std::string& word) {
  return std::ranges::any_of(word, [](char c) { return std::uint8_t(c) == 0xD0 || std::uint8_t(c) == 0xD1; });
}

/// Short stems are whole words: "cat" is not in "catalogue".
bool met(std::string_view stem, const std::string& word) {
  const bool short_one = stem.size() <= (is_russian(std::string(stem)) ? 6U : 5U);
  return short_one ? word == stem : word.starts_with(stem);
}

/// "in space", but not "white space".
bool in_space(const std::vector<std::string>& prompt) {
  const auto found = std::ranges::find(prompt, "space");
  return found != prompt.end() && found != prompt.begin() &&
         (*(found - 1) == "in" || *(found - 1) == "outer" || *(found - 1) == "deep");
}

/// The first words that could name something; the trigger of an avatar is no such word.
std::vector<std::string> first_words(const std::vector<std::string>& prompt) {
  std::vector<std::string> out;
  bool names_avatar = false;  // "AISHA_ANNA" is two words by now
  for (const std::string& word : prompt) {
    const bool trigger = names_avatar || word == "aisha" || word == "woman" || word == "man";
    names_avatar = word == "aisha";
    if (!trigger && word.size() >= (is_russian(word) ? 8U : 4U) && out.size() < 2) {
      out.push_back(word);
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> beyond(const std::vector<std::string>& prompt) {
  const Scene* scene = scene_for(prompt);
  const bool russian = std::ranges::any_of(prompt, is_russian);
  std::vector<std::string> out;
  for (const Unknown& one : kUnknown) {
    const std::vector<std::string> stems = tokens(one.stems);
    const bool asked = std::ranges::any_of(prompt, [&stems](const std::string& word) {
      return std::ranges::any_of(stems, [&word](const std::string& stem) { return !stem.empty() && met(stem, word); });
    });
    const bool wanted = asked || (one.english == "space" && in_space(prompt));
    const bool painted = scene != nullptr && !one.painted_by.empty() && one.painted_by == scene->name;
    if (wanted && !painted && out.size() < kMostNamed) {
      out.emplace_back(russian ? one.russian : one.english);
    }
  }
  return out.empty() && scene == nullptr && style_for(prompt) == nullptr ? first_words(prompt) : out;
}

}  // namespace aisha::sandbox::studio
