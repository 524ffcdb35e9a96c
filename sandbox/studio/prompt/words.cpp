// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/prompt/words.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>

namespace aisha::sandbox::studio {

Words tokens(std::string_view text) {
  Words out(1);
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

bool is_russian(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return std::uint8_t(c) == 0xD0 || std::uint8_t(c) == 0xD1; });
}

bool meets(std::string_view stem, std::string_view word) {
  constexpr std::size_t kWholeWord = 4;
  if (stem.starts_with('=')) {
    return word == stem.substr(1);
  }
  if (stem.size() <= kWholeWord && !is_russian(stem)) {
    return word == stem || (word.size() == stem.size() + 1 && word.starts_with(stem) && word.back() == 's');
  }
  return !stem.empty() && word.starts_with(stem);
}

namespace {

/// visit(stem) for each, until it says true.
template <class F>
bool any_stem(std::string_view stems, F visit) {
  while (!stems.empty()) {
    const auto end = std::min(stems.find(' '), stems.size());
    if (end > 0 && visit(stems.substr(0, end))) {
      return true;
    }
    stems.remove_prefix(std::min(end + 1, stems.size()));
  }
  return false;
}

}  // namespace

bool meets_any(std::string_view stems, std::string_view word) {
  return any_stem(stems, [word](std::string_view stem) { return meets(stem, word); });
}

bool names_any(const Words& prompt, std::string_view stems) {
  return std::ranges::any_of(prompt, [stems](const std::string& word) { return meets_any(stems, word); });
}

int score(const Words& prompt, std::string_view stems) {
  const std::size_t bar = std::min(stems.find('|'), stems.size());
  int sum = 0;
  const auto add = [&](std::string_view part, bool strong) {
    any_stem(part, [&](std::string_view stem) {
      for (const std::string& word : prompt) {
        if (meets(stem, word)) {
          sum += strong ? 2 * int(stem.size()) : 1;
        }
      }
      return false;
    });
  };
  add(stems.substr(0, bar), true);
  add(stems.substr(std::min(bar + 1, stems.size())), false);
  return sum;
}

}  // namespace aisha::sandbox::studio
