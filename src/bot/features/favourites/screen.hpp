// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/features/favourites/routes.hpp"
#include "bot/flow/catalog_view.hpp"
#include "bot/flow/own_list.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::favourites {

/// S6. `styles` are those of this page.
struct StylesView {
  std::vector<StyleItem> styles;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::int64_t page = 0;
  std::int64_t pages = 1;
  bool takes_out = false;  ///< numbers take out of the list
  std::int64_t coins = 0;
  bool confirm = false;
  std::int64_t nonce = 0;
  std::vector<std::string> samples;  ///< of the banner over an empty list
};
Card styles_card(const texts::Texts& texts, const StylesView& view);

/// S6b, S6c. `items` are those of this page.
struct PicturesView {
  List list = List::favourites;
  std::vector<OwnItem> items;
  std::int64_t total = 0;   ///< in the list
  std::int64_t before = 0;  ///< in it before the first of the page
  PagePlace place;          ///< where this page is found again
  bool takes_out = false;
  std::vector<std::string> samples;
};
Card pictures_card(const texts::Texts& texts, const PicturesView& view);

}  // namespace aisha::bot::favourites
