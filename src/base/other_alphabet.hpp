// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

/// Words that were typed in another alphabet than they were meant in.
namespace aisha::words {

/// The same keys with the other layout switched on, Russian and English both ways: "jabc" is "офис". In lower case.
std::string other_keyboard(std::string_view typed);

/// Latin letters by their sound in Cyrillic ones and the reverse, for a folded text: "ofis" is "офис".
std::string transliterated(std::string_view folded);

/// What a text is between blanks: the other keyboard has letters where this one has punctuation.
std::vector<std::string_view> pieces(std::string_view text);

/// What a piece may have been meant to be, folded, the likeliest first: itself, the same keys with the other layout,
/// its sound in the other alphabet. "" = nothing of it is left.
std::array<std::string, 3> readings(std::string_view piece);

/// What a typed word may be of a known one: its form or, letter by letter, its beginning; what begins with its stem
/// too; it with slips too.
enum class Reach { spelled, begun, slips };

/// The first answer that `ask(reading, reach)`, which gives an optional, has for what a piece may have been meant to
/// be: as it is first, then with slips. Of the other keyboard and alphabet a stem says too little before slips of what
/// was typed have been tried: "portrit" would be the stem of "портрет".
template <class Ask>
auto first_reading(std::string_view piece, Ask ask) -> decltype(ask(std::string(), Reach::begun)) {
  const auto all = readings(piece);
  for (const bool with_slips : {false, true}) {
    for (const std::string& one : all) {
      const Reach spelled = &one == &all.front() ? Reach::begun : Reach::spelled;
      if (one.empty()) {
        continue;
      }
      if (auto found = ask(one, with_slips ? Reach::slips : spelled)) {
        return found;
      }
    }
  }
  return {};
}

}  // namespace aisha::words
