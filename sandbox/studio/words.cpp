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

}  // namespace aisha::sandbox::studio
