// SPDX-License-Identifier: Apache-2.0
#include "base/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/words.hpp"

namespace aisha {

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t kMost = 2;
  const std::u32string typed = words::letters(word);
  const auto distance = [&](std::string_view candidate) {
    return words::distance(typed, words::letters(candidate), kMost);
  };
  const auto nearest = std::ranges::min_element(candidates, {}, distance);
  if (nearest == candidates.end() || distance(*nearest) > kMost) {
    return "";
  }
  return fmt::format(" (did you mean \"{}\"?)", *nearest);
}

}  // namespace aisha
