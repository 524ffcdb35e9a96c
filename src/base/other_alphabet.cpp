// SPDX-License-Identifier: Apache-2.0
#include "base/other_alphabet.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "base/words.hpp"

namespace aisha::words {
namespace {

/// The two layouts key by key, without and with shift where they differ by more than case.
constexpr std::u32string_view kEnglishKeys = U"`qwertyuiop[]asdfghjkl;'zxcvbnm,.~{}:\"<>";
constexpr std::u32string_view kRussianKeys = U"ёйцукенгшщзхъфывапролджэячсмитьбюёхъжэбю";

struct Sound {
  std::u32string_view latin;
  std::u32string_view cyrillic;
};
/// Of two that begin alike the longer one first; a letter is written as the first of its spellings.
constexpr std::array<Sound, 46> kSounds = {
    {{U"e", U"е"},  {U"f", U"ф"},  {U"shch", U"щ"}, {U"sch", U"щ"}, {U"sh", U"ш"}, {U"zh", U"ж"}, {U"kh", U"х"},
     {U"ts", U"ц"}, {U"ch", U"ч"}, {U"k", U"к"},    {U"ck", U"к"},  {U"ph", U"ф"}, {U"yu", U"ю"}, {U"ju", U"ю"},
     {U"ya", U"я"}, {U"ja", U"я"}, {U"yo", U"е"},   {U"jo", U"е"},  {U"ye", U"е"}, {U"a", U"а"},  {U"b", U"б"},
     {U"v", U"в"},  {U"g", U"г"},  {U"d", U"д"},    {U"z", U"з"},   {U"i", U"и"},  {U"l", U"л"},  {U"m", U"м"},
     {U"n", U"н"},  {U"o", U"о"},  {U"p", U"п"},    {U"r", U"р"},   {U"s", U"с"},  {U"t", U"т"},  {U"u", U"у"},
     {U"h", U"х"},  {U"c", U"ц"},  {U"w", U"в"},    {U"x", U"кс"},  {U"q", U"к"},  {U"y", U"й"},  {U"y", U"ы"},
     {U"j", U"й"},  {U"e", U"э"},  {U"", U"ь"},     {U"", U"ъ"}}};

constexpr std::u32string_view kVowels = U"аеиоуыэюя";

std::u32string to_cyrillic(std::u32string_view word) {
  std::u32string out;
  while (!word.empty()) {
    // Behind a vowel "y" is "й" ("osenniy"), behind a consonant "ы" ("krylya").
    const bool behind_vowel = !out.empty() && kVowels.find(out.back()) != std::u32string_view::npos;
    const auto sound = std::ranges::find_if(kSounds, [&](const Sound& s) {
      const bool fits = !s.latin.empty() && word.starts_with(s.latin);
      return fits && (s.latin != U"y" || behind_vowel == (s.cyrillic == U"й"));
    });
    const bool known = sound != kSounds.end();
    out += known ? sound->cyrillic : word.substr(0, 1);
    word.remove_prefix(known ? sound->latin.size() : 1);
  }
  return out;
}

std::u32string to_latin(std::u32string_view word) {
  std::u32string out;
  for (const char32_t letter : word) {
    const std::u32string_view one(&letter, 1);
    const auto sound = std::ranges::find(kSounds, one, &Sound::cyrillic);
    out += sound == kSounds.end() ? one : sound->latin;
  }
  return out;
}

bool is_latin(char32_t code) {
  return code >= 'a' && code <= 'z';
}

/// In lower case; "ё" has a key of its own, which folding would hide.
char32_t key_of(char32_t code) {
  if (code >= 'A' && code <= 'Z') {
    return code + ('a' - 'A');
  }
  if (code >= U'А' && code <= U'Я') {
    return code + (U'а' - U'А');
  }
  return code == U'Ё' ? U'ё' : code;
}

std::string text_of(std::u32string_view letters) {
  std::string out;
  for (const char32_t letter : letters) {
    utf8::append(out, letter);
  }
  return out;
}

}  // namespace

std::string other_keyboard(std::string_view typed) {
  std::string out;
  for (std::size_t at = 0; at < typed.size();) {
    const auto code = utf8::next_code_point(typed, at);
    if (!code) {
      continue;
    }
    const char32_t key = key_of(*code);
    const std::size_t english = kEnglishKeys.find(key);
    const std::size_t russian = kRussianKeys.find(key);
    utf8::append(out, english != std::u32string_view::npos   ? kRussianKeys[english]
                      : russian != std::u32string_view::npos ? kEnglishKeys[russian]
                                                             : key);
  }
  return out;
}

std::vector<std::string_view> pieces(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  std::vector<std::string_view> out;
  for (std::size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    out.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kBlanks, end);
  }
  return out;
}

std::array<std::string, 3> readings(std::string_view piece) {
  const std::string folded = fold(piece);
  return {folded, fold(other_keyboard(piece)), transliterated(folded)};
}

std::string transliterated(std::string_view folded) {
  std::u32string out;
  const std::u32string all = letters(folded);
  for (std::size_t start = 0; start < all.size();) {
    const std::size_t end = std::min(all.find(U' ', start), all.size());
    const auto word = std::u32string_view(all).substr(start, end - start);
    out += std::ranges::any_of(word, is_latin) ? to_cyrillic(word) : to_latin(word);
    out += end < all.size() ? U" " : U"";
    start = end + 1;
  }
  return text_of(out);
}

}  // namespace aisha::words
