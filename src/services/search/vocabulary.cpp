// SPDX-License-Identifier: Apache-2.0
#include "services/search/vocabulary.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/other_alphabet.hpp"
#include "base/words.hpp"

namespace aisha::services {
namespace {

constexpr std::size_t kSlipLetters = 4;

}  // namespace

Vocabulary::Vocabulary(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    for (const std::string_view stem : words::pieces(text)) {
      ++stems_[stem];
    }
  }
}

std::vector<std::string> Vocabulary::meant_by(std::string_view text) const {
  std::vector<std::string> out;
  for (const std::string_view piece : words::pieces(text)) {
    const auto readings = words::readings(piece);
    std::optional<std::vector<std::string>> meant;
    for (const bool with_slips : {false, true}) {
      for (const std::string& folded : readings) {
        if (!meant && !folded.empty()) {
          meant = reading(folded, with_slips);
        }
      }
    }
    if (!meant && !readings.front().empty()) {
      return {};
    }
    if (meant) {
      std::ranges::move(*meant, std::back_inserter(out));
    }
  }
  return out;
}

/// Nothing when a word is like none of the stems; stop words are passed over.
std::optional<std::vector<std::string>> Vocabulary::reading(std::string_view folded, bool with_slips) const {
  std::vector<std::string> out;
  for (const std::string& word : words::split(folded)) {
    if (words::is_stop_word(word)) {
      continue;
    }
    std::string stem = words::stem(word);
    if (!has_beginning(stem)) {
      stem = with_slips ? one_slip_from(stem) : std::string();
    }
    if (stem.empty()) {
      return std::nullopt;
    }
    out.push_back(std::move(stem));
  }
  return out;
}

bool Vocabulary::has_beginning(std::string_view stem) const {
  const auto first = stems_.lower_bound(stem);
  return first != stems_.end() && first->first.starts_with(stem);
}

/// The most used one; "" = none.
std::string Vocabulary::one_slip_from(const std::string& stem) const {
  const std::u32string typed = words::letters(stem);
  if (typed.size() < kSlipLetters) {
    return {};
  }
  std::string_view best;
  std::int64_t uses = 0;
  for (const auto& [known, count] : stems_) {
    // Letters of two bytes at most, and one more or less of them.
    const std::size_t difference = std::max(known.size(), stem.size()) - std::min(known.size(), stem.size());
    if (count > uses && difference <= 2 && words::distance(typed, words::letters(known), 1) == 1) {
      best = known;
      uses = count;
    }
  }
  return std::string(best);
}

}  // namespace aisha::services
