// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/cards/layout.hpp"
#include "bot/codec/callback_codec.hpp"
#include "bot/flow/catalog_view.hpp"
#include "domain/own_days.hpp"
#include "domain/own_picture.hpp"
#include "texts/texts.hpp"

/// Lists of a person's own pictures: how one is called, the lines, numbers and sheet of a page; the buttons under one.
/// The same in the gallery, among favourites, in the bin, in what was found and under a result.
namespace aisha::bot {

/// Pictures on one page: as many as a sheet has cells.
inline constexpr std::size_t kOwnPerPage = 9;

/// The place that a button names.
domain::PageStart page_start(const PagePlace& place);

struct OwnItem {
  Uuid id;
  std::string title;     ///< the given name, else the style, else the beginning of the own words
  std::string marks;     ///< " ❤️ 📌 ⚠️": favourite, saved, nothing to show
  std::string day;       ///< "2026-01-15"
  bool is_shown = true;  ///< there is something to show
};
OwnItem own_item(const texts::Texts& texts, const CatalogView& catalog_view, const domain::OwnPicture& own);
std::vector<OwnItem> own_items(const texts::Texts& texts, const CatalogView& catalog_view,
                               const std::vector<domain::OwnPicture>& page);

/// "1 Деловой ❤️ · 2 Нуар", so that a sheet and its numbers fit one telephone's screen; with `days` a line a day: "29
/// ноября: 1 Деловой ❤️ · 2 Нуар".
std::string own_lines(const texts::Texts& texts, const std::vector<OwnItem>& items, bool days);

/// The pictures of a page side by side with the numbers of its buttons. `scope`: what the upload is forgotten with:
/// "day:2026-01-15", "list".
Photo own_sheet(const std::vector<OwnItem>& items, std::string scope);

/// "⬆️ Есть исходник · ⬇️ 3 вариации"; "" for a picture that came from none and of which none came.
std::string family_line(const texts::Texts& texts, const domain::FamilyTies& ties);

/// What sets the marks of one picture to the other value.
struct MarkSwitches {
  CallbackData heart;
  CallbackData pin;
  CallbackData style;
};
/// Heart and pin.
Row mark_row(const texts::Texts& texts, const domain::OwnMarks& marks, MarkSwitches to);
Button style_button(const texts::Texts& texts, const domain::OwnMarks& marks, MarkSwitches to);
/// Whether the words fit into a button that copies them.
bool can_be_copied(const std::string& words);
Button copy_button(const texts::Texts& texts, std::string words);

/// Rows of numbers, as even as they come, that lead where `to(item)` says.
template <class To>
void add_own_numbers(Keyboard& keyboard, const std::vector<OwnItem>& items, To to) {
  std::vector<Button> numbers;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const CallbackData data = to(items[i]);
    numbers.push_back({.text = std::to_string(i + 1), .data = data.text, .copy = {}, .look = ButtonLook::plain});
  }
  layout::add_numbers(keyboard, std::move(numbers));
}

}  // namespace aisha::bot
