// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/features/create/screen.hpp"
#include "bot/flow/flow_context.hpp"
#include "services/tastes/recommendation.hpp"

namespace aisha::bot::create {

/// A category of the catalogue, or one that is made up when it is looked at: popular, rising, for this person, found.
struct Shelf {
  CategoryItem category;
  std::string note;   ///< in the place of a description
  std::string count;  ///< how many were found, in words
  std::vector<StyleItem> styles;
  std::vector<std::string> reasons;  ///< of each style, or none at all
  std::size_t per_page = kStylesPerPage;
  bool offers_rising = false;  ///< it is the popular one, and another one grows

  std::int64_t pages() const { return static_cast<std::int64_t>((styles.size() + per_page - 1) / per_page); }
  /// The page on which the style stands; the first for one that does not.
  std::int64_t page_of(std::string_view style) const;
};

/// With flames as they are now. Nothing for an unknown category and for one without a style for the avatar. `own`, what
/// the person did, decides what is for them.
std::optional<Shelf> find_shelf(const FlowContext& context, const std::string& category,
                                const catalog::Audience& audience, const services::PersonStyles& own);

/// "🔥 Сейчас популярно: …", or that it is a start.
std::string popular_line(const FlowContext& context, const catalog::Audience& audience);

}  // namespace aisha::bot::create
