// SPDX-License-Identifier: Apache-2.0
#include "base/words.hpp"

#include <fmt/format.h>

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <utility>

#include "base/utf8.hpp"

namespace aisha::words {
namespace {

constexpr char32_t kNone = 0;
/// Bytes; whatever is longer is no word of a language.
constexpr std::size_t kLongestWord = 256;

/// "À".."ÿ" by the letter that is typed for them where they are missing.
constexpr std::u32string_view kLatin1 = U"aaaaaaaceeeeiiiidnooooo×ouuuuypsaaaaaaaceeeeiiiidnooooo÷ouuuuypy";
static_assert(kLatin1.size() == 64);

bool is_combining(char32_t code) {
  return code >= 0x300 && code <= 0x36f;
}

char32_t fold_letter(char32_t code) {
  if (code < 0x80) {
    return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
  }
  if (code >= 0xc0 && code <= 0xff) {
    return kLatin1[code - 0xc0];
  }
  if (code >= U'А' && code <= U'Я') {
    return code + (U'а' - U'А');
  }
  if (code == U'Ё' || code == U'ё') {
    return U'е';
  }
  if (code >= 0x400 && code <= 0x40f) {
    return code + 0x50;
  }
  return code;
}

/// Calls `take` with each code point as it is compared; bytes that are no UTF-8 become `broken`.
template <class Take>
void each_folded(std::string_view text, char32_t broken, Take take) {
  char32_t before = kNone;
  for (std::size_t at = 0; at < text.size();) {
    const auto code = utf8::next_code_point(text, at);
    if (!code) {
      take(broken);
      before = kNone;
      continue;
    }
    // A letter and its accent apart, as some keyboards and file names have them: only that of "й" tells letters apart.
    if (is_combining(*code)) {
      if (*code == 0x306 && before == U'и') {
        take(*code);
      }
      continue;
    }
    before = fold_letter(*code);
    take(before);
  }
}

bool is_word_letter(char32_t code) {
  return utf8::is_letter_or_digit(code) || utf8::is_ideograph(code);
}

constexpr std::array<std::string_view, 30> kRussianStopWords = {
    "а",   "без", "бы",  "в",  "во", "где", "да", "для", "до", "же",  "за", "и",  "из", "или", "к",
    "как", "мне", "мой", "на", "не", "но",  "о",  "от",  "по", "под", "с",  "со", "то", "у",   "что"};
constexpr std::array<std::string_view, 30> kEnglishStopWords = {
    "a",  "an", "and", "are", "as", "at", "be",   "by",   "for", "from", "i",  "in",  "into", "is",   "it",
    "me", "my", "of",  "on",  "or", "so", "some", "that", "the", "this", "to", "was", "we",   "with", "you"};

enum class Script { none, latin, cyrillic };

/// Of a word all of whose letters are of one.
Script script_of(std::u32string_view word) {
  const auto is_latin = [](char32_t c) { return c >= 'a' && c <= 'z'; };
  const auto is_cyrillic = [](char32_t c) { return c >= U'а' && c <= U'я'; };
  if (std::ranges::all_of(word, is_latin)) {
    return Script::latin;
  }
  return std::ranges::all_of(word, is_cyrillic) ? Script::cyrillic : Script::none;
}

struct StemmerEnd {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerEnd>;

/// A stemmer keeps its last word, so each thread has its own.
sb_stemmer* stemmer_of(Script script) {
  thread_local const Stemmer russian(sb_stemmer_new("russian", "UTF_8"));
  thread_local const Stemmer english(sb_stemmer_new("english", "UTF_8"));
  return script == Script::cyrillic ? russian.get() : english.get();
}

}  // namespace

std::string fold_case(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  each_folded(text, U'\ufffd', [&](char32_t code) {
    if (code == 0x306) {
      out.resize(out.size() - std::string_view("и").size());
      code = U'й';
    }
    utf8::append(out, code);
  });
  return out;
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  each_folded(fold_case(text), kNone, [&](char32_t code) {
    if (is_word_letter(code)) {
      utf8::append(out, code);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  });
  if (!out.empty() && out.back() == ' ') {
    out.pop_back();
  }
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  const std::string folded = fold(text);
  for (std::size_t start = 0; start < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', start), folded.size());
    out.push_back(folded.substr(start, end - start));
    start = end + 1;
  }
  return out;
}

bool is_stop_word(std::string_view folded) {
  return std::ranges::find(kRussianStopWords, folded) != kRussianStopWords.end() ||
         std::ranges::find(kEnglishStopWords, folded) != kEnglishStopWords.end();
}

std::vector<std::string> telling(std::string_view text) {
  std::vector<std::string> all = split(text);
  if (!std::ranges::all_of(all, is_stop_word)) {
    std::erase_if(all, is_stop_word);
  }
  return all;
}

std::string stem(std::string_view folded) {
  const Script script = script_of(letters(folded));
  if (script == Script::none || folded.empty() || folded.size() > kLongestWord) {
    return std::string(folded);
  }
  sb_stemmer* stemmer = stemmer_of(script);
  const auto* word = reinterpret_cast<const sb_symbol*>(folded.data());
  const sb_symbol* found =
      stemmer == nullptr ? nullptr : sb_stemmer_stem(stemmer, word, static_cast<int>(folded.size()));
  if (found == nullptr) {
    throw std::bad_alloc();
  }
  const auto length = static_cast<std::size_t>(sb_stemmer_length(stemmer));
  return length == 0 ? std::string(folded) : std::string(reinterpret_cast<const char*>(found), length);
}

std::size_t distance(std::u32string_view a, std::u32string_view b, std::size_t most) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) {
    return most + 1;
  }
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > most) {
      return most + 1;
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return std::min(last.back(), most + 1);
}

std::u32string letters(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const auto code = utf8::next_code_point(text, at)) {
      out.push_back(*code);
    }
  }
  return out;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t kMost = 2;
  const std::u32string typed = letters(word);
  const auto far = [&](std::string_view candidate) { return distance(typed, letters(candidate), kMost); };
  const auto nearest = std::ranges::min_element(candidates, {}, far);
  if (nearest == candidates.end() || far(*nearest) > kMost) {
    return "";
  }
  return fmt::format(" (did you mean \"{}\"?)", *nearest);
}

}  // namespace aisha::words
