// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Words as they are compared: what a person types finds what another one wrote, whatever case, form or keyboard.
namespace aisha::words {

/// Lower case, "ё" as "е", Latin letters without their accents. Other letters stay.
std::string fold_case(std::string_view text);

/// Folded, and everything that is no letter or digit is one blank between words: punctuation, trademark signs, emoji,
/// bytes that are no UTF-8. No blank at either end.
std::string fold(std::string_view text);

/// The words of `fold`.
std::vector<std::string> split(std::string_view text);

/// A folded word that says nothing about what is looked for: "и", "the".
bool is_stop_word(std::string_view folded);

/// The words that something is looked for by: those of the text without stop words, or with them when there are no
/// other ones.
std::vector<std::string> telling(std::string_view text);

/// What the forms of a folded word have in common: by the rules of Russian for Cyrillic, of English for Latin letters;
/// any other word stays as it is. Letters and digits only.
std::string stem(std::string_view folded);

/// How many letters have to be changed, left out, put in or swapped with their neighbour (optimal string alignment);
/// anything above `most` is `most` + 1.
std::size_t distance(std::u32string_view a, std::u32string_view b, std::size_t most);

/// Code points; bytes that are no UTF-8 are left out.
std::u32string letters(std::string_view text);

/// " (did you mean \"token\"?)" for the nearest candidate at an edit distance of at most 2, else "".
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace aisha::words
