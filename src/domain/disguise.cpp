// SPDX-License-Identifier: Apache-2.0
#include "domain/disguise.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/utf8.hpp"
#include "base/words.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::domain::disguise {
namespace {

constexpr std::size_t kLongest = 64;  // letters; what is longer is no word

bool is_latin(char32_t c) {
  return c >= 'a' && c <= 'z';
}
bool is_cyrillic(char32_t c) {
  return c >= U'а' && c <= U'я';
}
bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

/// What `from` has at the place of `c` in `to`.
std::optional<char32_t> mapped(char32_t c, std::u32string_view from, std::u32string_view to) {
  const std::size_t at = from.find(c);
  return at == std::u32string_view::npos ? std::nullopt : std::optional(to[at]);
}

// Pairs that are the same to the eye, as capitals or as small letters.
constexpr std::u32string_view kLatinTwins = U"abcehkmoptxyi";
constexpr std::u32string_view kCyrillicTwins = U"авсенкмортхуи";
static_assert(kLatinTwins.size() == kCyrillicTwins.size());
// Those that only resemble each other: read so in a word that has letters of both alphabets.
constexpr std::u32string_view kLatinLike = U"nurwgdzlvs";
constexpr std::u32string_view kCyrillicLike = U"пигшгдзлвс";
static_assert(kLatinLike.size() == kCyrillicLike.size());
constexpr std::u32string_view kCyrillicSeen = U"пгшзьі";
constexpr std::u32string_view kLatinSeen = U"nrwzbi";
static_assert(kCyrillicSeen.size() == kLatinSeen.size());
// Digits and signs for letters, in two tastes.
constexpr std::u32string_view kSigns = U"01345678@$";
constexpr std::u32string_view kLatinSigns[] = {U"oieasgtbas", U"oleasgtbas"};
constexpr std::u32string_view kCyrillicSigns[] = {U"оизчбблвас", U"оиеабблвас"};
static_assert(kSigns.size() == kLatinSigns[0].size() && kSigns.size() == kCyrillicSigns[1].size());
constexpr std::u32string_view kGreek = U"αβεικνορτυχ";
constexpr std::u32string_view kGreekSeen = U"abeikvoptyx";
static_assert(kGreek.size() == kGreekSeen.size());

/// A letter of a fancy alphabet as a plain one: full width (U+FF01), mathematical (U+1D400), in circles (U+24B6).
char32_t plain(char32_t c) {
  constexpr char32_t kLetters = 26;
  if (c >= 0xff01 && c <= 0xff5e) {
    c -= 0xfee0;
  } else if (c >= 0x1d400 && c <= 0x1d6a3) {
    c = U'a' + (c - 0x1d400) % kLetters;
  } else if (c >= 0x24b6 && c <= 0x24e9) {
    c = U'a' + (c - 0x24b6) % kLetters;
  }
  if (c >= 'A' && c <= 'Z') {
    return c + ('a' - 'A');
  }
  return mapped(c, kGreek, kGreekSeen).value_or(c);
}

/// It leaves no gap: a word goes on behind it.
bool is_nothing(char32_t c) {
  const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0 || c == 0x1680 || c == 0x2028 ||
                        c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x2800 || c == 0x3000 ||
                        (c >= 0x2000 && c <= 0x200a);
  return is_invisible(c) && !is_blank;
}

/// Which letters of one alphabet are read as those of another.
struct Alphabet {
  bool (*is_own)(char32_t);
  std::u32string_view twins, as_twins;  ///< whatever word they stand in
  std::u32string_view likes, as_likes;  ///< in a word of both alphabets
};
constexpr Alphabet kLatin{is_latin, kCyrillicTwins, kLatinTwins, kCyrillicSeen, kLatinSeen};
constexpr Alphabet kCyrillic{is_cyrillic, kLatinTwins, kCyrillicTwins, kLatinLike, kCyrillicLike};

/// Nothing when a letter of it cannot be read so.
std::optional<std::u32string> read_as(const Alphabet& alphabet, std::u32string_view word, std::u32string_view signs,
                                      bool is_mixed) {
  std::u32string out;
  for (const char32_t c : word) {
    std::optional<char32_t> read = alphabet.is_own(c) ? std::optional(c) : std::nullopt;
    read = read ? read : mapped(c, alphabet.twins, alphabet.as_twins);
    read = read ? read : mapped(c, kSigns, signs);
    read = !read && is_mixed ? mapped(c, alphabet.likes, alphabet.as_likes) : read;
    if (!read) {
      return std::nullopt;
    }
    out.push_back(*read);
  }
  return out;
}

/// Runs of three and more of a letter become `times` of it.
std::u32string calmed(std::u32string_view word, std::size_t times) {
  constexpr std::size_t kMany = 3;
  std::u32string out;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t end = std::min(word.find_first_not_of(word[at], at), word.size());
    const std::size_t run = end - at;
    out.append(run >= kMany && !is_digit(word[at]) ? times : run, word[at]);
    at = end;
  }
  return out;
}

void add(std::vector<std::u32string>& to, std::u32string reading) {
  if (!reading.empty() && std::ranges::find(to, reading) == to.end()) {
    to.push_back(std::move(reading));
  }
}

void add_alphabets(std::vector<std::u32string>& to, std::u32string_view word) {
  const bool is_mixed = std::ranges::any_of(word, is_latin) && std::ranges::any_of(word, is_cyrillic);
  for (std::size_t taste = 0; taste < std::size(kLatinSigns); ++taste) {
    add(to, read_as(kLatin, word, kLatinSigns[taste], is_mixed).value_or(U""));
    add(to, read_as(kCyrillic, word, kCyrillicSigns[taste], is_mixed).value_or(U""));
  }
}

std::vector<std::u32string> readings_of(std::u32string word) {
  word.resize(std::min(word.size(), kLongest));
  std::vector<std::u32string> out{word};
  if (std::ranges::all_of(word, is_digit)) {
    return out;
  }
  add_alphabets(out, word);
  const auto first = std::ranges::find_if_not(word, is_digit);
  const auto last = std::find_if_not(word.rbegin(), word.rend(), is_digit).base();
  const std::u32string bare(first, last);
  add(out, bare);
  add_alphabets(out, bare);
  // Repeated letters are told apart by their looks no more.
  const std::vector<std::u32string> all = out;
  for (const std::u32string& reading : all) {
    add(out, calmed(reading, 1));
    add(out, calmed(reading, 2));
  }
  return out;
}

/// A word and what stands between it and the one before.
struct Typed {
  std::u32string letters;
  bool is_apart = true;  ///< a blank, or the beginning
};

std::vector<Typed> words_of(std::string_view text) {
  std::vector<Typed> out;
  Typed word;
  for (const char32_t typed : words::letters(words::fold_case(text))) {
    const char32_t c = plain(typed);
    if (is_nothing(c)) {
      continue;
    }
    const bool is_sign = (c == '@' || c == '$') && !word.letters.empty();
    if (utf8::is_letter_or_digit(c) || utf8::is_ideograph(c) || is_sign) {
      word.letters.push_back(c);
      continue;
    }
    const bool was_word = !word.letters.empty();
    if (was_word) {
      out.push_back(std::exchange(word, {{}, false}));
    }
    word.is_apart = word.is_apart || is_invisible(c);
  }
  if (!word.letters.empty()) {
    out.push_back(std::move(word));
  }
  return out;
}

/// Words in pieces, put together: those with punctuation inside, and three and more letters apart.
std::vector<std::u32string> joined(const std::vector<Typed>& words) {
  std::vector<std::u32string> out;
  const auto join = [&](std::size_t least, auto goes_on) {
    for (std::size_t at = 0; at < words.size();) {
      std::u32string whole = words[at].letters;
      std::size_t end = at + 1;
      for (; end < words.size() && goes_on(words[at], words[end]); ++end) {
        whole += words[end].letters;
      }
      if (end - at >= least) {
        out.push_back(std::move(whole));
      }
      at = end;
    }
  };
  join(2, [](const Typed&, const Typed& next) { return !next.is_apart; });
  join(3, [](const Typed& first, const Typed& next) { return first.letters.size() == 1 && next.letters.size() == 1; });
  return out;
}

}  // namespace

std::vector<std::vector<std::u32string>> read(std::string_view text) {
  const std::vector<Typed> words = words_of(text);
  std::vector<std::vector<std::u32string>> out;
  for (const Typed& word : words) {
    out.push_back(readings_of(word.letters));
  }
  for (std::u32string& whole : joined(words)) {
    out.emplace_back();
    out.push_back(readings_of(std::move(whole)));
  }
  return out;
}

}  // namespace aisha::domain::disguise
