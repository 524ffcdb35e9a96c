// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "bot/flow/catalog_view.hpp"

namespace aisha::bot::testing {

/// The values that screens are filled with.
struct Values {
  std::string name;
  std::string title;
  std::string description;
  std::string prompt;
  std::string slug;
  std::int64_t coins = 0;
  std::int64_t nonce = 0;
  std::size_t styles = 0;
  Uuid id;
};

inline std::vector<StyleItem> styles(const Values& v) {
  std::vector<StyleItem> out;
  for (std::size_t i = 0; i < v.styles; ++i) {
    const std::string id = v.slug.empty() ? fmt::format("style-{}", i + 1) : v.slug;
    out.push_back({id, "🏢", v.title, v.description, i == 3 ? 8 : 5, i == 1, i == 2});
  }
  return out;
}

inline const std::vector<std::string> kSamples{"business", "glamour", "artistic", "casual", "outdoor", "medieval"};
inline const std::vector<std::string> kRatios{"3:4", "1:1", "4:3"};

}  // namespace aisha::bot::testing
