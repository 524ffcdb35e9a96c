// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::screens {

/// A style as a person sees it, in their language.
struct StyleItem {
  std::string id;
  std::string icon;
  std::string title;
  std::string description;
  std::int64_t price = 0;
  bool popular = false;
  bool premium = false;
};

struct CategoryItem {
  std::string id;
  std::string icon;
  std::string title;
};

/// Whether a number on a category card starts a picture at once; otherwise it opens the style card (S3b): the
/// person wants to be asked, or the style is premium or costs more than half of their coins. The quick looks ask only
/// for the first two reasons.
bool starts_at_once(const StyleItem& style, bool confirm, std::int64_t coins);

/// S2.
struct Create {
  std::string avatar;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::vector<StyleItem> quick_looks;
  std::vector<std::string> popular;  ///< titles
  std::vector<CategoryItem> categories;
  bool confirm = false;
  std::int64_t nonce = 0;
};
Card create(const texts::Texts& texts, const Create& view);

/// S3. `styles` are those of this page.
struct Category {
  CategoryItem category;
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
Card category(const texts::Texts& texts, const Category& view);

/// S3b.
struct Style {
  StyleItem style;
  std::string category;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  route::Origin origin = route::Origin::create;
  std::string ratio;
  std::vector<std::string> ratios;  ///< what the format button goes through
  std::string quality;              ///< "ultra · 2K"
  std::int64_t nonce = 0;
};
Card style(const texts::Texts& texts, const Style& view);

}  // namespace aisha::bot::screens
