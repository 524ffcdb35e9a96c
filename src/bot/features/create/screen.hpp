// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/flow/catalog_view.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::create {

/// S2.
struct CreateView {
  std::string avatar;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::vector<StyleItem> quick_looks;
  std::vector<CategoryItem> categories;
  bool confirm = false;
  std::int64_t nonce = 0;
};
Card create_card(const texts::Texts& texts, const CreateView& view);

/// S3. `styles` are those of this page.
struct CategoryView {
  CategoryItem category;
  std::string note;  ///< a line of its own, or ""
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::vector<StyleItem> styles;
  std::int64_t page = 0;
  std::int64_t pages = 1;
  bool info = false;
  std::int64_t coins = 0;
  bool confirm = false;
  std::int64_t nonce = 0;
};
inline constexpr std::size_t kStylesPerPage = 9;
Card category_card(const texts::Texts& texts, const CategoryView& view);

/// S3b.
struct StyleView {
  StyleItem style;
  std::string category;
  std::int64_t page = 0;  ///< of the category, on which it stands
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  Origin origin = Origin::create;
  std::string ratio;
  std::vector<std::string> ratios;  ///< what the format button goes through
  std::string quality;              ///< "ultra · 2K"
  std::int64_t nonce = 0;
};
Card style_card(const texts::Texts& texts, const StyleView& view);

}  // namespace aisha::bot::create
