// SPDX-License-Identifier: Apache-2.0
#include "bot/features/create/screen.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/favourites/routes.hpp"
#include "bot/features/prompt/routes.hpp"
#include "bot/flow/style_list.hpp"

namespace aisha::bot::create {
namespace {

using layout::button;
using layout::coins;

constexpr std::int64_t kAnyCoins = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kTitleMax = 32;
constexpr std::size_t kAvatarMax = 56;
constexpr std::size_t kDescriptionMax = 300;

std::string cut(const std::string& text, std::size_t most) {
  return texts::cut_utf16(std::string_view(text), most);
}

/// What the numbers under a sheet do.
struct Numbers {
  bool ask = false;
  std::int64_t coins = 0;
  std::int64_t nonce = 0;
  Origin origin = Origin::create;

  bool start(const StyleItem& item) const { return starts_at_once(item, ask, coins); }
};

std::vector<Button> number_buttons(const std::vector<StyleItem>& styles, const Numbers& how) {
  std::vector<Button> out;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    CallbackData to = how.start(styles[i]) ? CallbackData(Generate{styles[i].id, how.nonce, styles[i].price})
                                           : CallbackData(Style{styles[i].id, how.origin});
    out.push_back(button(std::to_string(i + 1), std::move(to)));
  }
  return out;
}

bool some_start(const std::vector<StyleItem>& styles, const Numbers& how) {
  return std::ranges::any_of(styles, [&](const StyleItem& item) { return how.start(item); });
}

Row pager(const texts::Texts& texts, const CategoryView& view) {
  const auto turn = [&](std::int64_t to) {
    return Category{view.category.id, (to + view.pages) % view.pages, view.info};
  };
  return {button(texts.plain("button.previous"), turn(view.page - 1)),
          button(texts.plain("button.page", {{"page", view.page + 1}, {"pages", view.pages}}), frame::Nothing{}),
          button(texts.plain("button.next"), turn(view.page + 1))};
}

/// To the very card it was opened from: the page and what its numbers do.
CallbackData way_back(const StyleView& view) {
  switch (view.origin) {
    case Origin::category: return Category{view.category, view.page, false};
    case Origin::look: return Category{view.category, view.page, true};
    case Origin::home: return frame::Home{};
    case Origin::popular: return Category{std::string(kPopular), view.page, false};
    case Origin::rising: return Category{std::string(kRising), view.page, false};
    case Origin::for_you: return Category{std::string(kForYou), view.page, false};
    case Origin::search: return Category{std::string(kSearch), view.page, false};
    case Origin::kept: return favourites::Styles{};
    case Origin::create: break;
  }
  return Open{};
}

}  // namespace

Card create_card(const texts::Texts& texts, const CreateView& view) {
  const Numbers how{view.confirm, kAnyCoins, view.nonce, Origin::create};
  Card card;
  card.photo = numbered_sheet(view.quick_looks, view.kind);
  card.caption =
      texts.rich("create.caption",
                 {{"avatar", cut(view.avatar, kAvatarMax)},
                  {"kind", texts.plain(view.kind == domain::AvatarKind::style ? "avatar.style" : "avatar.portrait")},
                  {"names", style_names(texts, view.quick_looks)},
                  {"tap", tap_line(texts, view.quick_looks, some_start(view.quick_looks, how))}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  add_style_numbers(card.keyboard, number_buttons(view.quick_looks, how));
  std::vector<Button> shelves;
  for (const CategoryItem& item : view.categories) {
    shelves.push_back(button(fmt::format("{} {}", item.icon, item.title), Category{item.id, 0, false}));
  }
  shelves.push_back(button(texts.plain("button.own_prompt"), prompt::Ask{}));
  layout::add_rows(card.keyboard, std::move(shelves), 2);
  card.keyboard.push_back(layout::menu(texts));
  return card;
}

Card category_card(const texts::Texts& texts, const CategoryView& view) {
  const Origin origin = view.category.id == kSearch ? Origin::search : view.info ? Origin::look : Origin::category;
  const Numbers how{view.confirm || view.info, view.coins, view.nonce, origin};
  std::string page =
      view.pages > 1 ? texts.plain("category.page", {{"page", view.page + 1}, {"pages", view.pages}}) : std::string();
  page += view.note.empty() ? view.note : "\n" + view.note;
  Card card;
  card.photo = numbered_sheet(view.styles, view.kind);
  card.caption = texts.rich("category.caption", {{"icon", view.category.icon},
                                                 {"title", view.category.title},
                                                 {"page", page},
                                                 {"names", style_names(texts, view.styles)},
                                                 {"tap", tap_line(texts, view.styles, some_start(view.styles, how))}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  add_style_numbers(card.keyboard, number_buttons(view.styles, how));
  if (!view.confirm) {
    card.keyboard.push_back({button(texts.plain(view.info ? "button.quick" : "button.details"),
                                    Category{view.category.id, view.page, !view.info})});
  }
  if (view.pages > 1) {
    card.keyboard.push_back(pager(texts, view));
  }
  card.keyboard.push_back(layout::navigation(texts, Open{}));
  return card;
}

Card style_card(const texts::Texts& texts, const StyleView& view) {
  const std::string price = coins(texts, view.style.price);
  Card card;
  card.photo = photo::Preview{view.style.id, view.kind, {}};
  card.caption = texts.rich("style.caption", {{"icon", view.style.icon},
                                              {"title", cut(view.style.title, kTitleMax)},
                                              {"description", cut(view.style.description, kDescriptionMax)},
                                              {"ratio", view.ratio},
                                              {"quality", view.quality},
                                              {"price", price}});
  card.keyboard.push_back({button(texts.plain("button.create_for", {{"price", price}}),
                                  Generate{view.style.id, view.nonce, view.style.price}, ButtonLook::primary)});
  if (view.ratios.size() > 1) {
    const std::string next = layout::ratio_slug(layout::next_of(view.ratios, view.ratio));
    card.keyboard.push_back(
        {button(texts.plain("button.format", {{"ratio", view.ratio}}), StyleRatio{view.style.id, view.origin, next})});
  }
  card.keyboard.push_back(layout::navigation(texts, way_back(view)));
  return card;
}

}  // namespace aisha::bot::create
