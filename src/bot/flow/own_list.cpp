// SPDX-License-Identifier: Apache-2.0
#include "bot/flow/own_list.hpp"

#include <fmt/core.h>

#include <utility>

namespace aisha::bot {
namespace {

constexpr std::size_t kTitleMax = 40;
constexpr std::size_t kWordsMax = 24;

std::string title_of(const texts::Texts& texts, const CatalogView& catalog_view, const domain::OwnPicture& own) {
  if (!own.name.empty()) {
    return texts::cut_utf16(std::string_view(own.name), kTitleMax);
  }
  if (own.picture.template_id.empty()) {
    const std::string words = texts::cut_utf16(std::string_view(own.picture.custom_prompt), kWordsMax);
    return words.empty() ? texts.plain("own.prompt_bare") : texts.plain("own.prompt", {{"words", words}});
  }
  const auto language = texts.language() == "ru" ? domain::Language::ru : domain::Language::en;
  const auto style = catalog_view.style_title(own.picture.template_id, language);
  return texts::cut_utf16(std::string_view(style), kTitleMax);
}

}  // namespace

domain::PageStart page_start(const PagePlace& place) {
  using Side = domain::PageStart::Side;
  switch (place.side) {
    case PagePlace::Side::older: return {Side::older, place.picture};
    case PagePlace::Side::newer: return {Side::newer, place.picture};
    case PagePlace::Side::first: break;
  }
  return {};
}

OwnItem own_item(const texts::Texts& texts, const CatalogView& catalog_view, const domain::OwnPicture& own) {
  OwnItem item{
      own.picture.id, title_of(texts, catalog_view, own), {}, own.picture.local_day, domain::can_be_shown(own.picture)};
  item.marks += own.is_favorite ? " ❤️" : "";
  item.marks += own.is_saved ? " 📌" : "";
  item.marks += item.is_shown ? "" : " ⚠️";
  return item;
}

std::vector<OwnItem> own_items(const texts::Texts& texts, const CatalogView& catalog_view,
                               const std::vector<domain::OwnPicture>& page) {
  std::vector<OwnItem> out;
  out.reserve(page.size());
  for (const domain::OwnPicture& own : page) {
    out.push_back(own_item(texts, catalog_view, own));
  }
  return out;
}

std::string own_lines(const texts::Texts& texts, const std::vector<OwnItem>& items, bool days) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool is_first = i == 0;
    if (days && (is_first || items[i].day != items[i - 1].day)) {
      out += fmt::format("{}{}: ", is_first ? "" : "\n", texts.day_month(items[i].day));
    } else if (!is_first) {
      out += " · ";
    }
    out += fmt::format("{} {}{}", i + 1, items[i].title, items[i].marks);
  }
  return out;
}

Photo own_sheet(const std::vector<OwnItem>& items, std::string scope) {
  photo::OwnSheet sheet;
  sheet.scope = std::move(scope);
  for (const OwnItem& item : items) {
    // What cannot be shown now may be later: another sheet then.
    sheet.pictures.push_back(item.is_shown ? item.id : Uuid{});
  }
  return sheet;
}

std::string family_line(const texts::Texts& texts, const domain::FamilyTies& ties) {
  std::string out;
  if (ties.parent) {
    out = texts.plain(ties.is_parent_live ? "family.has_parent" : "family.parent_deleted");
  }
  if (ties.children > 0) {
    out += out.empty() ? "" : " · ";
    out += texts.plain("family.children", {{"variations", texts.count("count.variations", ties.children)}});
  }
  return out;
}

Row mark_row(const texts::Texts& texts, const domain::OwnMarks& marks, MarkSwitches to) {
  return {layout::button(texts.plain(marks.is_favorite ? "button.heart_on" : "button.heart_off"), std::move(to.heart)),
          layout::button(texts.plain(marks.is_saved ? "button.pin_on" : "button.pin_off"), std::move(to.pin))};
}

Button style_button(const texts::Texts& texts, const domain::OwnMarks& marks, MarkSwitches to) {
  return layout::button(texts.plain(marks.is_style_kept ? "button.style_on" : "button.style_off"), std::move(to.style));
}

bool can_be_copied(const std::string& words) {
  return !words.empty() && texts::utf16_length(words) <= kCopyTextMax;
}

Button copy_button(const texts::Texts& texts, std::string words) {
  return {.text = texts.plain("button.copy_prompt"), .data = {}, .copy = std::move(words), .look = ButtonLook::plain};
}

}  // namespace aisha::bot
