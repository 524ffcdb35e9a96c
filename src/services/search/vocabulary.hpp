// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/other_alphabet.hpp"

namespace aisha::services {

/// The stems that a person's own words have, and how often: what they may have meant by a word that has none of them.
class Vocabulary {
 public:
  /// As `picture_texts` keeps them: blanks between. They outlive this.
  explicit Vocabulary(const std::vector<std::string>& texts);

  /// The stems that the text may have meant, one for each of its words; nothing when a word is like none.
  std::vector<std::string> meant_by(std::string_view text) const;

 private:
  std::optional<std::vector<std::string>> reading(std::string_view folded, words::Reach reach) const;
  bool has(const std::string& stem, std::string_view word, words::Reach reach) const;
  std::string one_slip_from(const std::string& stem) const;

  struct Known {
    std::string_view stem;
    std::int64_t uses = 0;
  };
  std::vector<Known> known_;  ///< in the order of their stems
};

}  // namespace aisha::services
