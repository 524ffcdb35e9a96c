// SPDX-License-Identifier: Apache-2.0
#include "bot/features/create/screen.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/prompt/routes.hpp"

namespace aisha::bot::create {
namespace {

using layout::button;
using layout::coins;

constexpr std::int64_t kAnyCoins = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kTitleMax = 32;
constexpr std::size_t kLineMax = 56;
constexpr std::size_t kDescriptionMax = 300;

std::string cut(const std::string& text, std::size_t most) {
  return texts::cut_utf16(std::string_view(text), most);
}

/// "5 монет", or "5–8 монет" when the styles differ.
std::string price_range(const texts::Texts& texts, const std::vector<StyleItem>& styles) {
  if (styles.empty()) {
    return coins(texts, 0);
  }
  const auto [low, high] = std::ranges::minmax(styles, {}, &StyleItem::price);
  return low.price == high.price ? coins(texts, high.price) : fmt::format("{}–{}", low.price, coins(texts, high.price));
}

photo::Sheet numbered_sheet(const std::vector<StyleItem>& styles, domain::AvatarKind kind) {
  photo::Sheet sheet;
  sheet.kind = kind;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    sheet.cells.push_back({.style = styles[i].id,
                           .badge = std::to_string(i + 1),
                           .locked = styles[i].premium,
                           .popular = styles[i].popular});
  }
  return sheet;
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

std::string looks_line(const std::vector<StyleItem>& looks) {
  std::string out;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    out += fmt::format("{}{} {}", i == 0 ? "" : " · ", i + 1, cut(looks[i].title, kTitleMax));
  }
  return out;
}

std::string popular_line(const texts::Texts& texts, const std::vector<std::string>& popular) {
  if (popular.empty()) {
    return {};
  }
  std::string names;
  for (const std::string& name : popular) {
    names += (names.empty() ? "" : ", ") + cut(name, kTitleMax);
  }
  return texts.plain("create.popular", {{"styles", names}}) + "\n";
}

texts::RichText style_lines(const texts::Texts& texts, const std::vector<StyleItem>& styles) {
  texts::RichText lines;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    const StyleItem& item = styles[i];
    const std::string marks = fmt::format("{}{}", item.premium ? " 🔒" : "", item.popular ? " 🔥" : "");
    lines += texts.rich("category.line", {{"n", i + 1},
                                          {"icon", item.icon},
                                          {"title", cut(item.title, kTitleMax)},
                                          {"description", cut(item.description, kLineMax)},
                                          {"marks", marks}});
    lines += "\n";
  }
  return lines;
}

Row pager(const texts::Texts& texts, const CategoryView& view) {
  const auto turn = [&](std::int64_t to) {
    return Category{view.category.id, (to + view.pages) % view.pages, view.info};
  };
  return {button(texts.plain("button.previous"), turn(view.page - 1)),
          button(texts.plain("button.page", {{"page", view.page + 1}, {"pages", view.pages}}), frame::Nothing{}),
          button(texts.plain("button.next"), turn(view.page + 1))};
}

}  // namespace

bool starts_at_once(const StyleItem& style, bool confirm, std::int64_t coins) {
  return !confirm && !style.premium && style.price * 2 <= coins;
}

Card create_card(const texts::Texts& texts, const CreateView& view) {
  const Numbers how{view.confirm, kAnyCoins, view.nonce, Origin::create};
  Card card;
  card.photo = numbered_sheet(view.quick_looks, view.kind);
  card.caption =
      texts.rich("create.caption",
                 {{"avatar", cut(view.avatar, kLineMax)},
                  {"kind", texts.plain(view.kind == domain::AvatarKind::style ? "avatar.style" : "avatar.portrait")},
                  {"looks", looks_line(view.quick_looks)},
                  {"popular", popular_line(texts, view.popular)},
                  {"price", price_range(texts, view.quick_looks)},
                  {"tap", texts.plain(some_start(view.quick_looks, how) ? "create.tap_starts" : "create.tap_asks")}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  layout::add_rows(card.keyboard, number_buttons(view.quick_looks, how), 3);
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
  const Numbers how{view.confirm || view.info, view.coins, view.nonce, Origin::category};
  const std::string page =
      view.pages > 1 ? texts.plain("category.page", {{"page", view.page + 1}, {"pages", view.pages}}) : std::string();
  const std::string tap = texts.plain(some_start(view.styles, how) ? "category.tap_starts" : "category.tap_asks",
                                      {{"price", price_range(texts, view.styles)}});
  Card card;
  card.photo = numbered_sheet(view.styles, view.kind);
  card.caption = texts.rich("category.caption", {{"icon", view.category.icon},
                                                 {"title", view.category.title},
                                                 {"page", page},
                                                 {"lines", style_lines(texts, view.styles)},
                                                 {"tap", tap}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  layout::add_rows(card.keyboard, number_buttons(view.styles, how), 3);
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
  card.photo = photo::Preview{view.style.id, view.kind};
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
  CallbackData back = view.origin == Origin::category ? CallbackData(Category{view.category, 0, false})
                      : view.origin == Origin::home   ? CallbackData(frame::Home{})
                                                      : CallbackData(Open{});
  card.keyboard.push_back(layout::navigation(texts, std::move(back)));
  return card;
}

}  // namespace aisha::bot::create
