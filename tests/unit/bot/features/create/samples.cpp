// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/create/samples.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/features/create/screen.hpp"

namespace aisha::bot::testing {
namespace {

/// A shelf as it is looked at; what it lacks is said afterwards.
create::CategoryView shelf_view(const Values& v, const CategoryItem& shelf, bool info, bool confirm) {
  return {.category = shelf,
          .kind = domain::AvatarKind::portrait,
          .styles = styles(v),
          .info = info,
          .coins = v.coins,
          .confirm = confirm,
          .nonce = v.nonce,
          .note = {},
          .count = {},
          .reasons = {}};
}

void add_made_up(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  auto view = shelf_view(v, {std::string(create::kPopular), "🔥", t.plain("shelf.popular")}, false, false);
  view.note = t.plain("shelf.filled_note");
  view.offers_rising = true;
  view.styles.front().popular = true;
  out["shelf_popular"] = create::category_card(t, view);
  view.category = {std::string(create::kPopular), "✨", t.plain("shelf.start")};
  view.note = t.plain("shelf.start_note");
  for (StyleItem& style : view.styles) {
    style.popular = false;
  }
  view.offers_rising = false;
  out["shelf_start"] = create::category_card(t, view);
  view.category = {std::string(create::kRising), "📈", t.plain("shelf.rising")};
  view.note = t.plain("shelf.rising_note");
  view.styles.front().rising = true;
  out["shelf_rising"] = create::category_card(t, view);
  view.category = {std::string(create::kForYou), "✨", t.plain("shelf.for_you")};
  view.note = t.plain("shelf.for_you_note");
  view.pages = 3;
  view.styles.resize(std::min<std::size_t>(view.styles.size(), 6));
  view.reasons.assign(view.styles.size(), t.plain("reason.liked", {{"style", v.title}}));
  view.reasons.at(1) = t.plain("reason.popular");
  view.reasons.at(2) = t.plain("reason.start");
  view.reasons.at(3) = t.plain("reason.fresh");
  out["shelf_for_you"] = create::category_card(t, view);
  view =
      shelf_view(v, {std::string(create::kSearch), "🔍", t.plain("search.title", {{"words", v.title}})}, false, false);
  view.note = t.plain("search.corrected", {{"word", v.title}});
  view.count = t.count("count.styles", 21);
  view.pages = 3;
  out["search_shelf"] = create::category_card(t, view);
}

/// Those of the create card, without flames.
std::vector<StyleItem> quick_looks(Values v) {
  v.styles = 6;
  std::vector<StyleItem> out = styles(v);
  for (StyleItem& style : out) {
    style.popular = false;
  }
  return out;
}

/// The built-in ones.
std::vector<CategoryItem> five_shelves(const CategoryItem& first) {
  return {first,
          {"lifestyle", "🌟", "Образ"},
          {"fantasy", "🧙‍♀️", "Фэнтези"},
          {"cinema", "🎬", "Кино и эпохи"},
          {"holidays", "🎉", "Праздники и сезоны"}};
}

}  // namespace

void add_create_samples(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  add_made_up(out, t, v);
  const CategoryItem shelf{"portrait", "🎭", v.title.substr(0, 30)};
  std::vector<CategoryItem> shelves = five_shelves(shelf);
  create::CreateView view{.avatar = v.name,
                          .quick_looks = quick_looks(v),
                          .categories = shelves,
                          .popular = t.plain("create.start", {{"styles", v.title}}),
                          .is_start = true,
                          .kept = {},
                          .coins = v.coins,
                          .nonce = v.nonce};
  out["create"] = create::create_card(t, view);
  view.confirm = true;
  view.kind = domain::AvatarKind::style;
  out["create_asking"] = create::create_card(t, view);
  shelves.push_back({"more", "🎬", "Кино и эпохи"});
  view.categories = shelves;
  view.popular = t.plain("create.popular", {{"styles", v.title + ", " + v.title + ", " + v.title}});
  view.is_start = false;
  view.kept = {quick_looks(v)[0], quick_looks(v)[3]};
  view.keeps_any = true;
  view.for_you = true;
  view.confirm = false;
  out["create_full"] = create::create_card(t, view);
  out["shelves"] = create::shelves_card(t, {.categories = shelves, .samples = kSamples});
  for (int i = 0; i < 20; ++i) {
    shelves.push_back({fmt::format("shelf-{}", i), "🎬", "Кино и эпохи"});
  }
  out["shelves_many"] = create::shelves_card(t, {.categories = shelves, .samples = kSamples, .page = 1});
  auto category = shelf_view(v, shelf, false, false);
  out["category"] = create::category_card(t, category);
  category.pages = 2;
  category.info = true;
  out["category_info"] = create::category_card(t, category);
  category.info = false;
  category.confirm = true;
  category.page = 1;
  out["category_asking"] = create::category_card(t, category);
  for (const create::Origin origin : {create::Origin::create, create::Origin::category, create::Origin::look,
                                      create::Origin::home, create::Origin::for_you, create::Origin::kept}) {
    const bool known = origin == create::Origin::for_you;
    out[fmt::format("style_from_{}", static_cast<char>(origin))] =
        create::style_card(t, {.style = quick_looks(v)[1],
                               .category = "portrait",
                               .page = 1,
                               .origin = origin,
                               .looks = known,
                               .ratio = "3:4",
                               .ratios = kRatios,
                               .quality = "максимум · 2K",
                               .nonce = v.nonce,
                               .images = known ? 21 : 0,
                               .alike = known ? std::vector<std::string>(3, v.title) : std::vector<std::string>(),
                               .is_kept = origin == create::Origin::kept});
  }
}

}  // namespace aisha::bot::testing
