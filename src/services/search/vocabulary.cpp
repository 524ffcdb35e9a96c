// SPDX-License-Identifier: Apache-2.0
#include "services/search/vocabulary.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "base/other_alphabet.hpp"
#include "base/words.hpp"

namespace aisha::services {
namespace {

constexpr std::size_t kSlipLetters = 4;

}  // namespace

Vocabulary::Vocabulary(const std::vector<std::string>& texts) {
  std::unordered_map<std::string_view, std::int64_t> uses;
  for (const std::string& text : texts) {
    for (std::size_t at = text.find_first_not_of(' '); at != std::string::npos;) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      ++uses[std::string_view(text).substr(at, end - at)];
      at = text.find_first_not_of(' ', end);
    }
  }
  known_.reserve(uses.size());
  for (const auto& [stem, count] : uses) {
    known_.push_back({stem, count});
  }
  std::ranges::sort(known_, {}, &Known::stem);
}

std::vector<std::string> Vocabulary::meant_by(std::string_view text) const {
  std::vector<std::string> out;
  for (const std::string_view piece : words::pieces(text)) {
    auto meant = words::first_reading(
        piece, [&](const std::string& folded, words::Reach reach) { return reading(folded, reach); });
    if (!meant && !words::fold(piece).empty()) {
      return {};
    }
    if (meant) {
      std::ranges::move(*meant, std::back_inserter(out));
    }
  }
  return out;
}

/// Nothing when a word is like none of the stems; stop words are passed over.
std::optional<std::vector<std::string>> Vocabulary::reading(std::string_view folded, words::Reach reach) const {
  std::vector<std::string> out;
  for (const std::string& word : words::split(folded)) {
    if (words::is_stop_word(word)) {
      continue;
    }
    std::string stem = words::stem(word);
    if (!has(stem, word, reach)) {
      stem = reach == words::Reach::slips ? one_slip_from(stem) : std::string();
    }
    if (stem.empty()) {
      return std::nullopt;
    }
    out.push_back(std::move(stem));
  }
  return out;
}

/// `spelled`: the stem itself, or one that begins with the word.
bool Vocabulary::has(const std::string& stem, std::string_view word, words::Reach reach) const {
  const auto first = std::ranges::lower_bound(known_, stem, {}, &Known::stem);
  if (first == known_.end() || !first->stem.starts_with(stem)) {
    return false;
  }
  const auto begun = std::ranges::lower_bound(known_, word, {}, &Known::stem);
  return reach != words::Reach::spelled || first->stem == stem ||
         (begun != known_.end() && begun->stem.starts_with(word));
}

/// The most used one; "" = none.
std::string Vocabulary::one_slip_from(const std::string& stem) const {
  const std::u32string typed = words::letters(stem);
  if (typed.size() < kSlipLetters) {
    return {};
  }
  std::string_view best;
  std::int64_t uses = 0;
  for (const Known& known : known_) {
    // One letter more or less, of two bytes at most: all others differ from afar.
    const auto [shorter, longer] = std::minmax(known.stem.size(), stem.size());
    if (known.uses > uses && longer - shorter <= 2 && words::distance(typed, words::letters(known.stem), 1) == 1) {
      best = known.stem;
      uses = known.uses;
    }
  }
  return std::string(best);
}

}  // namespace aisha::services
