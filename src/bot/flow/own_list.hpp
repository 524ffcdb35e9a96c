// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/codec/callback_codec.hpp"
#include "bot/flow/catalog_view.hpp"
#include "domain/own_picture.hpp"
#include "texts/texts.hpp"

/// Lists of a person's own pictures: how one is called, the lines, numbers and sheet of a page. The same in the
/// gallery, among favourites, in the bin and in what was found.
namespace aisha::bot {

/// Pictures on one page: as many as a sheet has cells.
inline constexpr std::size_t kOwnPerPage = 9;

struct OwnItem {
  Uuid id;
  std::string title;  ///< the given name, else the style, else the beginning of the own words
  std::string marks;  ///< " ❤️ 📌 ⚠️": favourite, saved, nothing to show
  std::string day;    ///< "2026-01-15"
};
OwnItem own_item(const texts::Texts& texts, const CatalogView& catalog_view, const domain::OwnPicture& own);
std::vector<OwnItem> own_items(const texts::Texts& texts, const CatalogView& catalog_view,
                               const std::vector<domain::OwnPicture>& page);

/// "1 Деловой ❤️", one a line; with `days` each ends with its day.
std::string own_lines(const texts::Texts& texts, const std::vector<OwnItem>& items, bool days);

/// The pictures of a page side by side with the numbers of its buttons. `scope`: what the upload is forgotten with:
/// "day:2026-01-15", "list".
Photo own_sheet(const std::vector<OwnItem>& items, std::string scope);

/// Rows of numbers, three in each, that lead where `to(item)` says.
template <class To>
void add_own_numbers(Keyboard& keyboard, const std::vector<OwnItem>& items, To to) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i % 3 == 0) {
      keyboard.emplace_back();
    }
    const CallbackData data = to(items[i]);
    keyboard.back().push_back(
        {.text = std::to_string(i + 1), .data = data.text, .copy = {}, .look = ButtonLook::plain});
  }
}

}  // namespace aisha::bot
