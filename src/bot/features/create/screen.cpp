// SPDX-License-Identifier: Apache-2.0
#include "bot/features/create/screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/avatars/routes.hpp"
#include "bot/features/favourites/routes.hpp"
#include "bot/features/prompt/routes.hpp"
#include "bot/features/search/routes.hpp"
#include "bot/flow/style_list.hpp"

namespace aisha::bot::create {
namespace {

using layout::button;
using layout::coins;

constexpr std::int64_t kAnyCoins = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kTitleMax = 32;
constexpr std::size_t kAvatarMax = 56;
constexpr std::size_t kDescriptionMax = 300;
constexpr std::size_t kReasonMax = 64;
constexpr std::size_t kPopularMax = 160;
constexpr std::size_t kAlikeMax = 120;
/// Shelves on the create card beside own words; of more only four and a way to all.
constexpr std::size_t kShelvesShown = 5;
/// Beside numbers, popular, kept and the way home.
constexpr std::size_t kShelfRows = 4;
/// Three buttons stand in the row of kept styles.
constexpr std::size_t kKeptMax = 7;

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
  CallbackData of(const StyleItem& item) const {
    return start(item) ? CallbackData(Generate{item.id, nonce, item.price}) : CallbackData(Style{item.id, origin});
  }
};

std::vector<Button> number_buttons(const std::vector<StyleItem>& styles, const Numbers& how) {
  std::vector<Button> out;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    out.push_back(button(std::to_string(i + 1), how.of(styles[i])));
  }
  return out;
}

bool some_start(const std::vector<StyleItem>& styles, const Numbers& how) {
  return std::ranges::any_of(styles, [&](const StyleItem& item) { return how.start(item); });
}

Button shelf_button(const CategoryItem& item) {
  return button(fmt::format("{} {}", item.icon, item.title), Category{item.id, 0, false});
}

Row pager(const texts::Texts& texts, std::int64_t page, std::int64_t pages, const auto& to) {
  return {button(texts.plain("button.previous"), to((page - 1 + pages) % pages)),
          button(texts.plain("button.page", {{"page", page + 1}, {"pages", pages}}), frame::Nothing{}),
          button(texts.plain("button.next"), to((page + 1) % pages))};
}

Button own_prompt(const texts::Texts& texts) {
  return button(texts.plain("button.own_prompt"), prompt::Ask{});
}

void add_shelves(Keyboard& keyboard, const texts::Texts& texts, const CreateView& view) {
  const std::vector<CategoryItem>& categories = view.categories;
  const bool all = categories.size() <= kShelvesShown;
  std::vector<Button> shelves;
  for (std::size_t i = 0; i < (all ? categories.size() : kShelvesShown - 1); ++i) {
    shelves.push_back(shelf_button(categories[i]));
  }
  if (!all) {
    shelves.push_back(button(texts.plain("button.shelves"), Shelves{}));
  }
  if (view.for_you) {
    shelves.push_back(own_prompt(texts));
  }
  layout::add_pairs(keyboard, std::move(shelves), kShelfRows);
}

Row kept_row(const texts::Texts& texts, const CreateView& view) {
  if (!view.keeps_any) {
    return {button(texts.plain("button.my_styles"), favourites::Styles{}),
            button(texts.plain("button.find_style"), search::AskStyles{})};
  }
  const Numbers how{view.confirm, view.coins, view.nonce, Origin::create};
  Row row;
  for (const StyleItem& style : view.kept) {
    row.push_back(button(texts.plain("button.kept_style", {{"name", cut(style.title, kKeptMax)}}), how.of(style)));
  }
  row.push_back(button(texts.plain("button.kept_all"), favourites::Styles{}));
  return row;
}

Row popular_row(const texts::Texts& texts, const CreateView& view) {
  Row row{button(texts.plain(view.is_start ? "button.start_shelf" : "button.popular"),
                 Category{std::string(kPopular), 0, false})};
  if (view.for_you) {
    row.push_back(button(texts.plain("button.for_you"), Category{std::string(kForYou), 0, false}));
  } else {
    // A row less: sheet and numbers stay in one view of a telephone.
    row.push_back(own_prompt(texts));
  }
  return row;
}

Origin origin_of(std::string_view shelf, bool looks) {
  constexpr std::array<std::pair<std::string_view, Origin>, 4> kMadeUp{
      {{kPopular, Origin::popular}, {kRising, Origin::rising}, {kForYou, Origin::for_you}, {kSearch, Origin::search}}};
  const auto at = std::ranges::find(kMadeUp, shelf, &std::pair<std::string_view, Origin>::first);
  return at != kMadeUp.end() ? at->second : looks ? Origin::look : Origin::category;
}

/// Each style with its reason on a line of its own.
std::string reasoned_names(const texts::Texts& texts, const CategoryView& view) {
  std::string out;
  for (std::size_t i = 0; i < view.styles.size(); ++i) {
    const std::string name = style_name(texts, view.styles, i);
    out += texts.plain("category.reasoned", {{"name", name}, {"reason", cut(view.reasons.at(i), kReasonMax)}});
    out += i + 1 < view.styles.size() ? "\n" : "";
  }
  return out;
}

/// "🎭 <b>Портреты</b> · стр. 1/2", and what a made-up shelf is.
texts::RichText heading(const texts::Texts& texts, const CategoryView& view) {
  std::string more = view.count.empty() ? std::string() : " · " + view.count;
  if (view.pages > 1) {
    more += texts.plain("category.page", {{"page", view.page + 1}, {"pages", view.pages}});
  }
  texts::RichText out =
      texts.rich("category.heading", {{"icon", view.category.icon}, {"title", view.category.title}, {"page", more}});
  if (!view.note.empty()) {
    out += "\n";
    out += texts.rich("category.note", {{"note", view.note}});
  }
  return out;
}

/// To the very card it was opened from: the page and what its numbers do.
CallbackData way_back(const StyleView& view) {
  switch (view.origin) {
    case Origin::category: return Category{view.category, view.page, false};
    case Origin::look: return Category{view.category, view.page, true};
    case Origin::home: return frame::Home{};
    case Origin::popular: return Category{std::string(kPopular), view.page, view.looks};
    case Origin::rising: return Category{std::string(kRising), view.page, view.looks};
    case Origin::for_you: return Category{std::string(kForYou), view.page, view.looks};
    case Origin::search: return Category{std::string(kSearch), view.page, view.looks};
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
                  {"popular", cut(view.popular, kPopularMax)},
                  {"tap", tap_line(texts, view.quick_looks, some_start(view.quick_looks, how))}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  add_style_numbers(card.keyboard, number_buttons(view.quick_looks, how));
  add_shelves(card.keyboard, texts, view);
  card.keyboard.push_back(popular_row(texts, view));
  card.keyboard.push_back(kept_row(texts, view));
  card.keyboard.push_back(
      {button(texts.plain("button.change_avatar"), avatars::List{0, avatars::Origin::create, false}),
       button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

Card shelves_card(const texts::Texts& texts, const ShelvesView& view) {
  constexpr auto kPer = static_cast<std::int64_t>(kShelvesPerPage);
  const std::int64_t pages = std::max<std::int64_t>((std::ssize(view.categories) + kPer - 1) / kPer, 1);
  const std::int64_t page = std::clamp<std::int64_t>(view.page, 0, pages - 1);
  Card card;
  card.photo = layout::banner(view.samples);
  card.caption = texts.rich("shelves.caption");
  std::vector<Button> shelves;
  for (std::int64_t i = page * kPer; i < std::min((page + 1) * kPer, std::ssize(view.categories)); ++i) {
    shelves.push_back(shelf_button(view.categories[static_cast<std::size_t>(i)]));
  }
  layout::add_pairs(card.keyboard, std::move(shelves), kShelvesPerPage / 2);
  if (pages > 1) {
    card.keyboard.push_back(pager(texts, page, pages, [](std::int64_t to) { return Shelves{to}; }));
  }
  card.keyboard.push_back(layout::navigation(texts, Open{}));
  return card;
}

Card category_card(const texts::Texts& texts, const CategoryView& view) {
  const Numbers how{view.confirm || view.info, view.coins, view.nonce, origin_of(view.category.id, view.info)};
  Card card;
  card.photo = numbered_sheet(view.styles, view.kind);
  card.caption = heading(texts, view);
  card.caption += "\n";
  card.caption +=
      texts.rich("category.names",
                 {{"names", view.reasons.empty() ? style_names(texts, view.styles) : reasoned_names(texts, view)},
                  {"tap", tap_line(texts, view.styles, some_start(view.styles, how))}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  add_style_numbers(card.keyboard, number_buttons(view.styles, how));
  if (!view.confirm) {
    card.keyboard.push_back({button(texts.plain(view.info ? "button.quick" : "button.details"),
                                    Category{view.category.id, view.page, !view.info})});
  }
  if (view.pages > 1) {
    card.keyboard.push_back(pager(texts, view.page, view.pages,
                                  [&](std::int64_t to) { return Category{view.category.id, to, view.info}; }));
  }
  if (view.category.id == kPopular || view.category.id == kSearch) {
    Row row;
    if (view.offers_rising) {
      row.push_back(button(texts.plain("button.rising"), Category{std::string(kRising), 0, false}));
    }
    row.push_back(button(texts.plain("button.find_style"), search::AskStyles{}));
    card.keyboard.push_back(std::move(row));
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
  if (view.images > 0) {
    card.caption += "\n";
    card.caption += texts.rich("style.own", {{"images", texts.count("count.images", view.images)}});
  }
  if (!view.alike.empty()) {
    const std::string alike = fmt::format("{}", fmt::join(view.alike, ", "));
    card.caption += "\n";
    card.caption += texts.rich("style.alike", {{"styles", cut(alike, kAlikeMax)}});
  }
  card.keyboard.push_back({button(texts.plain("button.create_for", {{"price", price}}),
                                  Generate{view.style.id, view.nonce, view.style.price}, ButtonLook::primary)});
  Row row{button(texts.plain(view.is_kept ? "button.style_on" : "button.style_off"),
                 favourites::KeepStyle{view.style.id, !view.is_kept, view.origin})};
  if (view.ratios.size() > 1) {
    const std::string next = layout::ratio_slug(layout::next_of(view.ratios, view.ratio));
    row.push_back(
        button(texts.plain("button.format", {{"ratio", view.ratio}}), StyleRatio{view.style.id, view.origin, next}));
  }
  card.keyboard.push_back(std::move(row));
  card.keyboard.push_back(layout::navigation(texts, way_back(view)));
  return card;
}

}  // namespace aisha::bot::create
