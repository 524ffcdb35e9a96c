// SPDX-License-Identifier: Apache-2.0
#include "catalog/templates/style_search.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

#include "base/other_alphabet.hpp"
#include "base/words.hpp"
#include "catalog/templates/style_words.hpp"

namespace aisha::catalog {

namespace {

using Shape = StyleWords::Shape;
using Word = StyleWords::Word;
using words::Reach;

// How well a word fits, in twentieths.
constexpr int kExact = 20;
constexpr int kBeginning = 14;
constexpr int kDerived = 10;
constexpr int kOneSlip = 10;
constexpr int kTwoSlips = 7;

constexpr std::size_t kBeginningLetters = 3;
constexpr std::size_t kRootLetters = 5;
constexpr std::size_t kOneSlipLetters = 4;
constexpr std::size_t kTwoSlipsLetters = 8;

/// How many slips make one of the other; 3 = too many for a word of that length.
std::size_t slips(const Shape& typed, const Shape& known) {
  constexpr std::size_t kTooMany = 3;
  const std::size_t length = typed.letters.size();
  const std::size_t most = length >= kTwoSlipsLetters ? 2 : length >= kOneSlipLetters ? 1 : 0;
  // A slip takes one letter away and brings another one at most.
  if (most == 0 || std::cmp_greater(std::popcount(typed.has ^ known.has), 2 * most)) {
    return kTooMany;
  }
  const std::size_t found = words::distance(typed.letters, known.letters, most);
  return found > most ? kTooMany : found;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    out += (out.empty() ? "" : " ") + word;
  }
  return out;
}

/// By style: how well it fits; 0 = not at all.
using Scores = std::vector<int>;

/// What a query is asked of, and which styles count.
struct Scope {
  const StyleWords& catalogue;
  std::vector<bool> shown;  ///< by style

  int weight_of(const Word& word) const {
    int best = 0;
    for (const auto& place : word.places) {
      best = shown[place.style] ? std::max(best, place.weight) : best;
    }
    return best;
  }
  void score(const Word& word, int fit, Scores& scores) const {
    for (const auto& place : word.places) {
      if (shown[place.style]) {
        scores[place.style] = std::max(scores[place.style], place.weight * fit);
      }
    }
  }
};

bool fits_any(const Scores& scores) {
  return std::ranges::any_of(scores, [](int score) { return score > 0; });
}

/// Styles that have a form of the word, or one that begins with it.
Scores beginning_with(const Scope& scope, const std::string& word, Reach reach) {
  const std::string stem = words::stem(word);
  const bool is_long = words::letters(word).size() >= kBeginningLetters;
  Scores scores(scope.catalogue.styles.size());
  for (const Word& known : scope.catalogue.words) {
    if (known.stem == stem) {
      scope.score(known, kExact, scores);
    } else if (is_long && ((reach != Reach::spelled && known.stem.starts_with(stem)) || known.text.starts_with(word))) {
      scope.score(known, kBeginning, scores);
    }
  }
  return scores;
}

/// Styles that have the word it is made of: "театр" for "театральный".
Scores made_of(const Scope& scope, const std::string& word) {
  Scores scores(scope.catalogue.styles.size());
  const std::string stem = words::stem(word);
  for (const Word& known : scope.catalogue.words) {
    if (known.stem_shape.letters.size() >= kRootLetters && stem.starts_with(known.stem)) {
      scope.score(known, kDerived, scores);
    }
  }
  return scores;
}

struct Resembling {
  const Word* word = nullptr;  ///< none
  std::size_t slips = 3;
};

/// The word of a shown style that has the fewest slips; of equals the one that counts most.
Resembling resembling(const Scope& scope, const std::string& word) {
  const Shape shape = shape_of(word);
  const Shape stem_shape = shape_of(words::stem(word));
  Resembling best;
  int best_weight = 0;
  for (const Word& known : scope.catalogue.words) {
    const std::size_t found = std::min(slips(shape, known.shape), slips(stem_shape, known.stem_shape));
    if (found >= 3 || found > best.slips) {
      continue;
    }
    const int weight = scope.weight_of(known);
    if (weight > 0 && (found < best.slips || weight > best_weight)) {
      best = {&known, found};
      best_weight = weight;
    }
  }
  return best;
}

/// A piece of a query, found.
struct Answer {
  std::vector<Scores> scores;      ///< one for each of its words: all of them count
  std::vector<std::string> words;  ///< what was looked for
};

/// What may have been meant by a word that nothing begins with; it becomes the word that was looked for.
Scores forgiven(const Scope& scope, std::string& word) {
  const Resembling near = resembling(scope, word);
  if (near.word == nullptr) {
    return made_of(scope, word);
  }
  Scores scores(scope.catalogue.styles.size());
  for (const Word& known : scope.catalogue.words) {
    if (known.stem == near.word->stem) {
      scope.score(known, near.slips < 2 ? kOneSlip : kTwoSlips, scores);
    }
  }
  word = near.word->text;
  return scores;
}

/// Nothing when one of the words is of no style.
std::optional<Answer> answer(const Scope& scope, std::vector<std::string> words, Reach reach) {
  Answer out;
  for (std::string& word : words) {
    Scores scores = beginning_with(scope, word, reach);
    if (reach == Reach::slips && !fits_any(scores)) {
      scores = forgiven(scope, word);
    }
    if (!fits_any(scores)) {
      return std::nullopt;
    }
    out.scores.push_back(std::move(scores));
    out.words.push_back(std::move(word));
  }
  return out;
}

/// The words that a piece of a text stands for; without stop words, unless the text has no others.
std::vector<std::string> words_of(std::string_view piece, bool keeps_stop_words) {
  std::vector<std::string> out = words::split(piece);
  if (!keeps_stop_words) {
    std::erase_if(out, words::is_stop_word);
  }
  return out;
}

/// The piece as typed, on the other keyboard, in the other alphabet.
std::optional<Answer> forgiving_answer(const Scope& scope, std::string_view piece, bool keeps_stop_words) {
  return words::first_reading(piece, [&](const std::string& reading, Reach reach) {
    return answer(scope, words_of(reading, keeps_stop_words), reach);
  });
}

/// Of those that fit all of the words the best first.
std::vector<TemplateRef> ranked(const StyleWords& catalogue, const std::vector<Scores>& scores,
                                std::span<const std::string> popular) {
  struct Ranked {
    int score;
    std::ptrdiff_t popular;
    int start;  ///< its place while there is no usage yet
    TemplateRef style;
  };
  std::vector<Ranked> found;
  for (std::size_t i = 0; i < catalogue.styles.size(); ++i) {
    if (!std::ranges::all_of(scores, [i](const Scores& one) { return one[i] > 0; })) {
      continue;
    }
    Ranked one{0, 0, 0, catalogue.styles[i]};
    for (const Scores& each : scores) {
      one.score += each[i];
    }
    one.popular = std::ranges::find(popular, one.style->id) - popular.begin();
    one.start = one.style->popular > 0 ? one.style->popular : std::numeric_limits<int>::max();
    found.push_back(std::move(one));
  }
  std::ranges::sort(found, [](const Ranked& a, const Ranked& b) {
    return std::tie(b.score, a.popular, a.start, a.style->id) < std::tie(a.score, b.popular, b.start, b.style->id);
  });
  std::vector<TemplateRef> out;
  out.reserve(found.size());
  for (Ranked& one : found) {
    out.push_back(std::move(one.style));
  }
  return out;
}

}  // namespace

StyleSearch::StyleSearch(const TemplateSet& set) : words_(std::make_unique<const StyleWords>(read_words(set))) {}

StyleSearch::~StyleSearch() = default;

FoundStyles StyleSearch::find(const StyleQuery& query) const {
  Scope scope{*words_, {}};
  for (const TemplateRef& style : words_->styles) {
    scope.shown.push_back(!query.audience || (style->enabled && style->suits(*query.audience)));
  }
  const std::vector<std::string> typed = words::split(query.text);
  const bool only_stop_words = std::ranges::all_of(typed, words::is_stop_word);
  std::vector<Scores> scores;
  std::vector<std::string> looked_for;
  for (const std::string_view piece : words::pieces(query.text)) {
    std::vector<std::string> plain = words_of(piece, only_stop_words);
    if (plain.empty()) {
      continue;
    }
    auto found = query.forgives ? forgiving_answer(scope, piece, only_stop_words)
                                : answer(scope, std::move(plain), Reach::begun);
    if (!found) {
      return {};
    }
    std::ranges::move(found->scores, std::back_inserter(scores));
    std::ranges::move(found->words, std::back_inserter(looked_for));
  }
  if (scores.empty()) {
    return {};
  }
  const std::vector<std::string> plain = words::telling(query.text);
  return {ranked(*words_, scores, query.popular), looked_for == plain ? std::string() : joined(looked_for)};
}

}  // namespace aisha::catalog
