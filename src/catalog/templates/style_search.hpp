// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/templates/template.hpp"

namespace aisha::catalog {

/// How styles are looked for.
struct StyleQuery {
  std::string_view text;             ///< as typed
  std::optional<Audience> audience;  ///< enabled styles that suit it; nothing: any style at all
  /// Whether words that nothing begins with are tried as typed on the other keyboard, by their sound in the other
  /// alphabet, and with a slip or two.
  bool forgives = true;
  std::span<const std::string> popular = {};  ///< ids, the most popular first: what decides between equals
};

struct FoundStyles {
  std::vector<TemplateRef> styles;  ///< best first
  std::string corrected;            ///< the words that were looked for instead; "" = those that were typed
};

struct StyleWords;

/// Finds styles by their names, ids, tags, categories, descriptions and prompts in either language, by any form of a
/// word or its first three letters. All words of a query must be found. Built once for a catalogue.
class StyleSearch {
 public:
  explicit StyleSearch(const TemplateSet& set);
  ~StyleSearch();

  /// Nothing for a text without a letter or digit.
  FoundStyles find(const StyleQuery& query) const;

 private:
  std::unique_ptr<const StyleWords> words_;
};

}  // namespace aisha::catalog
