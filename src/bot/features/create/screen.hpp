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
  std::string popular;          ///< a line on what is liked, or that it is a start
  bool is_start = false;        ///< nobody knows yet what is liked
  std::vector<StyleItem> kept;  ///< styles they keep and last used, at most two
  bool keeps_any = false;       ///< they keep styles, be it such as are not to be had now
  bool for_you = false;         ///< they made enough to be recommended something
  std::int64_t coins = 0;
  bool confirm = false;
  std::int64_t nonce = 0;
};
Card create_card(const texts::Texts& texts, const CreateView& view);

/// S2, all categories.
struct ShelvesView {
  std::vector<CategoryItem> categories;
  std::vector<std::string> samples;
  std::int64_t page = 0;
};
inline constexpr std::size_t kShelvesPerPage = 12;
Card shelves_card(const texts::Texts& texts, const ShelvesView& view);

/// S3. `styles` are those of this page.
struct CategoryView {
  CategoryItem category;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::vector<StyleItem> styles;
  std::int64_t page = 0;
  std::int64_t pages = 1;
  bool info = false;
  std::int64_t coins = 0;
  bool confirm = false;
  std::int64_t nonce = 0;
  std::string note = {};                  ///< of a made-up one: what it is
  std::string count = {};                 ///< of what was found
  std::vector<std::string> reasons = {};  ///< of each style; empty: they have none
  bool offers_rising = false;
};
inline constexpr std::size_t kStylesPerPage = 9;
Card category_card(const texts::Texts& texts, const CategoryView& view);

/// S3b.
struct StyleView {
  StyleItem style;
  std::string category;
  std::int64_t page = 0;  ///< of the shelf it was opened from, on which it stands
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  Origin origin = Origin::create;
  bool looks = false;  ///< a number that opened it only looked: it would have started it otherwise
  std::string ratio;
  std::vector<std::string> ratios;  ///< what the format button goes through
  std::string quality;              ///< "ultra · 2K"
  std::int64_t nonce = 0;
  std::int64_t images = 0;              ///< theirs in this style, live ones
  std::vector<std::string> alike = {};  ///< titles of its neighbours
  bool is_kept = false;
};
Card style_card(const texts::Texts& texts, const StyleView& view);

}  // namespace aisha::bot::create
