// SPDX-License-Identifier: Apache-2.0
#include "bot/features/favourites/screen.hpp"

#include <algorithm>
#include <optional>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/gallery/routes.hpp"
#include "bot/flow/style_list.hpp"

namespace aisha::bot::favourites {
namespace {

using layout::button;

Row way_on(const texts::Texts& texts, Button other) {
  return {std::move(other), button(texts.plain("button.menu"), frame::Home{})};
}

Card no_styles(const texts::Texts& texts, const StylesView& view) {
  Card card;
  card.photo = layout::banner(view.samples);
  card.caption = texts.rich("styles.kept_none");
  card.keyboard.push_back({button(texts.plain("button.to_styles"), create::Open{})});
  card.keyboard.push_back(way_on(texts, button(texts.plain("button.favorites"), Pictures{})));
  return card;
}

CallbackData list_route(List list, const PagePlace& page, bool takes_out) {
  return list == List::favourites ? CallbackData(Pictures{page, takes_out}) : CallbackData(Saved{page, takes_out});
}

Card no_pictures(const texts::Texts& texts, const PicturesView& view) {
  const bool hearts = view.list == List::favourites;
  Card card;
  card.photo = layout::banner(view.samples);
  card.caption = texts.rich(hearts ? "favorites.none" : "saved.none");
  card.keyboard.push_back({button(texts.plain("button.my_images"), gallery::Newest{})});
  card.keyboard.push_back({button(texts.plain(hearts ? "button.saved" : "button.favorites"),
                                  list_route(hearts ? List::saved : List::favourites, {}, false)),
                           button(texts.plain("button.my_styles"), Styles{})});
  card.keyboard.push_back(layout::menu(texts));
  return card;
}

/// "‹ 10–18 ›": pages by their first and last picture, so that what comes and goes moves nothing.
void add_pager(Keyboard& keyboard, const texts::Texts& texts, const PicturesView& view) {
  const std::int64_t last = view.before + std::ssize(view.items);
  const bool has_newer = view.before > 0;
  const bool has_older = last < view.total;
  if (!has_newer && !has_older) {
    return;
  }
  std::optional<CallbackData> newer;
  std::optional<CallbackData> older;
  if (has_newer) {
    newer = list_route(view.list, {PagePlace::Side::newer, view.items.front().id}, view.takes_out);
  }
  if (has_older) {
    older = list_route(view.list, {PagePlace::Side::older, view.items.back().id}, view.takes_out);
  }
  std::string range = texts.plain("button.range", {{"first", view.before + 1}, {"last", last}});
  keyboard.push_back(layout::pager(texts, std::move(newer), std::move(range), std::move(older)));
}

Button mode(const texts::Texts& texts, bool takes_out, CallbackData other) {
  return button(texts.plain(takes_out ? "button.ready" : "button.take_out"), std::move(other));
}

}  // namespace

Card styles_card(const texts::Texts& texts, const StylesView& view) {
  if (view.styles.empty()) {
    return no_styles(texts, view);
  }
  const auto starts = [&](const StyleItem& item) { return starts_at_once(item, view.confirm, view.coins); };
  const bool some_start = std::ranges::any_of(view.styles, starts);
  Card card;
  card.photo = numbered_sheet(view.styles, view.kind);
  card.caption = texts.rich(
      "styles.kept",
      {{"page", view.pages > 1 ? texts.plain("category.page", {{"page", view.page + 1}, {"pages", view.pages}})
                               : std::string()},
       {"names", style_names(texts, view.styles)},
       {"tap", view.takes_out ? texts.plain("styles.take_out") : tap_line(texts, view.styles, some_start)}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  std::vector<Button> numbers;
  for (std::size_t i = 0; i < view.styles.size(); ++i) {
    const StyleItem& item = view.styles[i];
    CallbackData to = create::Style{item.id, create::Origin::kept};
    if (view.takes_out) {
      to = KeepStyle{item.id, false, create::Origin::kept};
    } else if (starts(item)) {
      to = create::Generate{item.id, view.nonce, item.price};
    }
    numbers.push_back(button(std::to_string(i + 1), std::move(to)));
  }
  layout::add_numbers(card.keyboard, std::move(numbers));
  if (view.pages > 1) {
    const auto turn = [&](std::int64_t to) {
      return CallbackData(Styles{(to + view.pages) % view.pages, view.takes_out});
    };
    card.keyboard.push_back(layout::pager(texts, turn(view.page - 1),
                                          texts.plain("button.page", {{"page", view.page + 1}, {"pages", view.pages}}),
                                          turn(view.page + 1)));
  }
  card.keyboard.push_back({mode(texts, view.takes_out, Styles{view.page, !view.takes_out})});
  card.keyboard.push_back(way_on(texts, button(texts.plain("button.favorites"), Pictures{})));
  return card;
}

Card pictures_card(const texts::Texts& texts, const PicturesView& view) {
  if (view.items.empty()) {
    return no_pictures(texts, view);
  }
  const bool hearts = view.list == List::favourites;
  std::string lines = own_lines(texts, view.items, true);
  if (view.takes_out) {
    lines += "\n" + texts.plain("own.take_out");
  }
  Card card;
  card.photo = own_sheet(view.items, "list");
  card.caption = texts.rich(hearts ? "favorites.caption" : "saved.caption",
                            {{"images", texts.count("count.images", view.total)}, {"lines", lines}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  const auto origin = hearts ? gallery::Origin::favourites : gallery::Origin::saved;
  add_own_numbers(card.keyboard, view.items, [&](const OwnItem& item) {
    return view.takes_out ? CallbackData(TakeOut{view.list, item.id}) : CallbackData(gallery::Picture{item.id, origin});
  });
  add_pager(card.keyboard, texts, view);
  card.keyboard.push_back({mode(texts, view.takes_out, list_route(view.list, view.place, !view.takes_out)),
                           button(texts.plain(hearts ? "button.saved" : "button.favorites"),
                                  list_route(hearts ? List::saved : List::favourites, {}, false))});
  card.keyboard.push_back(way_on(texts, button(texts.plain("button.my_styles"), Styles{})));
  return card;
}

}  // namespace aisha::bot::favourites
