// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace aisha::sandbox::studio {

using Words = std::vector<std::string>;

/// Words in lower case, Latin and Cyrillic; everything else separates.
Words tokens(std::string_view text);

/// A stem meets the words that begin with it. "=stem" is the whole word, and so is a Latin stem of up to four letters,
/// with its plural: "cat" is not in "catalogue", "sea" not in "seamless".
bool meets(std::string_view stem, std::string_view word);
/// Any of the stems, which blanks separate.
bool meets_any(std::string_view stems, std::string_view word);
bool names_any(const Words& prompt, std::string_view stems);

/// How well a prompt meets a table's entry: stems before '|' are strong and weigh twice their length, so that a rare
/// long word beats a common short one; the others only break ties.
int score(const Words& prompt, std::string_view stems);

template <class Table>
auto best_of(const Table& table, const Words& prompt) -> decltype(&*table.begin()) {
  decltype(&*table.begin()) best = nullptr;
  int top = 0;
  for (const auto& entry : table) {
    if (const int s = score(prompt, entry.words); s > top) {
      best = &entry;
      top = s;
    }
  }
  return best;
}

bool is_russian(std::string_view word);

}  // namespace aisha::sandbox::studio
