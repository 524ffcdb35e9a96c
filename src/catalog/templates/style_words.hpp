// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/templates/template.hpp"

namespace aisha::catalog {

/// Every word of the catalogue.
struct StyleWords {
  struct Place {
    std::size_t style = 0;  ///< in `styles`
    int weight = 0;         ///< of the best text of that style that has the word
  };
  /// Letters, and from afar: a bit for each of them.
  struct Shape {
    std::u32string letters;
    std::uint64_t has = 0;
  };
  struct Word {
    std::string text;
    std::string stem;
    Shape shape;
    Shape stem_shape;
    std::vector<Place> places;
  };
  std::vector<TemplateRef> styles;
  std::vector<Word> words;  ///< in the order of their texts
};

StyleWords::Shape shape_of(std::string_view text);

/// The words of all texts of the styles, each with how much it counts for which style.
StyleWords read_words(const TemplateSet& set);

}  // namespace aisha::catalog
