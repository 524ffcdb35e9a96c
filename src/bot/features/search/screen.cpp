// SPDX-License-Identifier: Apache-2.0
#include "bot/features/search/screen.hpp"

#include <array>
#include <utility>

#include "bot/cards/layout.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/gallery/routes.hpp"
#include "bot/features/prompt/routes.hpp"
#include "bot/features/search/routes.hpp"

namespace aisha::bot::search {
namespace {

using layout::button;

/// Append only: buttons of old cards name their places.
constexpr std::array<std::string_view, 3> kSuggestions{"search.hint_business", "search.hint_neon",
                                                       "search.hint_sunset"};

Row suggestions(const texts::Texts& texts) {
  Row row;
  for (std::size_t i = 0; i < kSuggestions.size(); ++i) {
    row.push_back(button(texts.plain(kSuggestions[i]), Suggestion{static_cast<std::int64_t>(i)}));
  }
  return row;
}

Card asking(const texts::Texts& texts, std::string_view question, const AskView& view) {
  const std::string note = view.is_too_short ? "\n" + texts.plain("search.too_short") : std::string();
  Card card;
  card.photo = photo::Drawing{photo::Subject::words};
  card.caption = texts.rich(question, {{"note", note}});
  return card;
}

}  // namespace

std::string suggestion_word(const texts::Texts& texts, std::int64_t number) {
  const auto place = static_cast<std::size_t>(number);
  return std::cmp_less(number, kSuggestions.size()) && number >= 0 ? texts.plain(kSuggestions[place]) : std::string();
}

Card ask_styles_card(const texts::Texts& texts, const AskView& view) {
  Card card = asking(texts, "search.styles", view);
  card.keyboard = {suggestions(texts), layout::navigation(texts, create::Open{})};
  return card;
}

Card ask_pictures_card(const texts::Texts& texts, const AskView& view) {
  Card card = asking(texts, "search.pictures", view);
  card.keyboard = {layout::navigation(texts, gallery::Newest{})};
  return card;
}

Card no_styles_card(const texts::Texts& texts, const NoStylesView& view) {
  Card card;
  card.photo = photo::Drawing{photo::Subject::words};
  card.caption = texts.rich("search.nothing", {{"words", view.words}});
  if (!view.mark.empty()) {
    card.keyboard.push_back(
        {button(texts.plain("button.by_description"), prompt::Take{view.mark}, ButtonLook::primary)});
  }
  card.keyboard.push_back(suggestions(texts));
  card.keyboard.push_back(layout::navigation(texts, create::Open{}));
  return card;
}

Card found_card(const texts::Texts& texts, const FoundView& view) {
  Card card;
  if (view.items.empty()) {
    card.photo = photo::Drawing{photo::Subject::words};
    card.caption = texts.rich("search.nothing", {{"words", view.words}});
  } else {
    card.photo = own_sheet(view.items, "list");
    card.caption = texts.rich("search.found", {{"words", view.words}, {"lines", own_lines(texts, view.items, true)}});
    card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
    add_own_numbers(card.keyboard, view.items,
                    [](const OwnItem& item) { return gallery::Picture{item.id, gallery::Origin::search}; });
  }
  Row pager;
  if (view.has_newer) {
    pager.push_back(button(texts.plain("button.previous"), Results{{PagePlace::Side::newer, view.items.front().id}}));
  }
  if (view.has_older) {
    pager.push_back(button(texts.plain("button.next"), Results{{PagePlace::Side::older, view.items.back().id}}));
  }
  if (!pager.empty()) {
    card.keyboard.push_back(std::move(pager));
  }
  card.keyboard.push_back({button(texts.plain("button.find_again"), AskPictures{})});
  card.keyboard.push_back(layout::navigation(texts, gallery::Newest{}));
  return card;
}

}  // namespace aisha::bot::search
