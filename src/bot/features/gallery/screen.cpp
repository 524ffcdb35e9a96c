// SPDX-License-Identifier: Apache-2.0
#include "bot/features/gallery/screen.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/bin/routes.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/favourites/routes.hpp"
#include "bot/features/picture/routes.hpp"
#include "bot/features/search/routes.hpp"
#include "bot/features/sharing/routes.hpp"
#include "bot/features/statistics/routes.hpp"
#include "bot/features/variants/routes.hpp"

namespace aisha::bot::gallery {
namespace {

using layout::button;

constexpr auto kOnePage = static_cast<std::int64_t>(kOwnPerPage);
constexpr std::size_t kDaysPerPage = 15;

Day day_of(const std::string& day, PagePlace page = {}) {
  return {domain::day_number(day), page};
}

std::int64_t pages_of(std::int64_t all, std::int64_t per_page) {
  return std::max<std::int64_t>((all + per_page - 1) / per_page, 1);
}

std::string page_label(const texts::Texts& texts, std::int64_t page, std::int64_t pages) {
  return texts.plain("button.page", {{"page", page}, {"pages", pages}});
}

/// "[‹ 14 янв][📅 Даты][16 янв ›]"
Row days_row(const texts::Texts& texts, const domain::OwnDay& day) {
  Row row;
  if (!day.older.empty()) {
    row.push_back(button(texts.plain("button.older", {{"label", texts.day_short(day.older)}}), day_of(day.older)));
  }
  row.push_back(button(texts.plain("button.dates"), Months{domain::month_number(day.day), 0}));
  if (!day.newer.empty()) {
    row.push_back(button(texts.plain("button.newer", {{"label", texts.day_short(day.newer)}}), day_of(day.newer)));
  }
  return row;
}

Row day_pager(const texts::Texts& texts, const DayView& view, std::int64_t page, std::int64_t pages) {
  const bool more_newer = view.ahead > 0;
  const bool more_older = view.ahead + std::ssize(view.items) < view.day.pictures;
  const PagePlace newer{PagePlace::Side::newer, view.items.front().id};
  const PagePlace older{PagePlace::Side::older, view.items.back().id};
  return layout::pager(texts, more_newer ? std::optional<CallbackData>(day_of(view.day.day, newer)) : std::nullopt,
                       page_label(texts, page, pages),
                       more_older ? std::optional<CallbackData>(day_of(view.day.day, older)) : std::nullopt);
}

/// The list that the picture was opened from, at its place there.
CallbackData way_back(const PictureView& view) {
  const bool first = view.ahead < kOnePage || !view.newer;
  const PagePlace place = first ? PagePlace{} : PagePlace{PagePlace::Side::older, *view.newer};
  switch (view.origin) {
    case Origin::favourites: return favourites::Pictures{place, false};
    case Origin::saved: return favourites::Saved{place, false};
    case Origin::search: return search::Results{};
    case Origin::home: return frame::Home{};
    case Origin::family: return variants::Family{view.ties.parent.value_or(view.item.id), {}};
    case Origin::batch:
    case Origin::day: break;
  }
  return day_of(view.item.day, view.ahead_on_day < kOnePage ? PagePlace{} : place);
}

MarkSwitches switches_of(const PictureView& view) {
  const auto origin = static_cast<favourites::Origin>(static_cast<char>(view.origin));
  const Uuid& id = view.item.id;
  return {.heart = favourites::Heart{id, !view.marks.is_favorite, origin},
          .pin = favourites::Pin{id, !view.marks.is_saved, origin},
          .style = favourites::KeepStyleOf{id, !view.marks.is_style_kept, origin}};
}

Row place_row(const texts::Texts& texts, const PictureView& view) {
  const auto turn = [&](const std::optional<Uuid>& to) {
    return to ? std::optional<CallbackData>(Picture{*to, view.origin}) : std::nullopt;
  };
  return layout::pager(texts, turn(view.newer), texts.plain("button.place", {{"n", view.ahead + 1}, {"all", view.all}}),
                       turn(view.older));
}

/// "📅 15 января 2026, 14:05 · 👤 Анна · 📐 3:4 · …"
std::string details_of(const texts::Texts& texts, const PictureView& view) {
  const std::string day = texts.day_month_year(view.item.day);
  std::string out = view.time.empty() ? texts.plain("own.when", {{"day", day}})
                                      : texts.plain("own.when_at", {{"day", day}, {"time", view.time}});
  const auto add = [&](bool known, std::string part) { out += known ? " · " + std::move(part) : std::string(); };
  constexpr std::size_t kNameMax = 40;
  const std::string avatar = texts::cut_utf16(std::string_view(view.avatar), kNameMax);
  const std::string model = texts::cut_utf16(std::string_view(view.model), kNameMax);
  add(!avatar.empty(), texts.plain("own.avatar", {{"avatar", avatar}}));
  add(!view.ratio.empty(), texts.plain("own.ratio", {{"ratio", view.ratio}}));
  add(!model.empty(), view.size.empty() ? texts.plain("own.model", {{"model", model}})
                                        : texts.plain("own.model_size", {{"model", model}, {"size", view.size}}));
  const std::string took = texts.plain("unit.seconds_short", {{"n", view.seconds}});
  add(view.seconds > 0, texts.plain("own.took", {{"time", took}}));
  add(view.price > 0, texts.plain("own.price", {{"coins", view.price}}));
  add(view.seed > 0, texts.plain("own.seed", {{"seed", view.seed}}));
  return out;
}

texts::RichText picture_caption(const texts::Texts& texts, const PictureView& view) {
  texts::RichText caption = texts.rich(
      "own.card", {{"title", view.item.title}, {"marks", view.item.marks}, {"details", details_of(texts, view)}});
  const std::string family = family_line(texts, view.ties);
  if (!family.empty()) {
    caption += "\n" + family;
  }
  if (!view.item.is_shown) {
    caption += "\n";
    caption += texts.rich("own.missing");
  }
  if (!view.words.empty()) {
    caption += "\n";
    const std::size_t frame = texts::utf16_length(caption.text);
    const std::string words = texts::cut_utf16(std::string_view(view.words), kCaptionMax - frame);
    caption += texts.rich("own.words", {{"words", words}});
  }
  return caption;
}

}  // namespace

Card day_card(const texts::Texts& texts, const DayView& view) {
  const std::int64_t pages = pages_of(view.day.pictures, kOnePage);
  const std::int64_t page = std::min(pages_of(view.ahead + 1, kOnePage), pages);
  Card card;
  card.photo = own_sheet(view.items, "day:" + view.day.day);
  card.caption = texts.rich("gallery.day", {{"day", texts.day_month_year(view.day.day)},
                                            {"images", texts.count("count.images", view.day.pictures)},
                                            {"lines", own_lines(texts, view.items, false)}});
  if (view.day.all_days > 1) {
    card.caption += "\n";
    card.caption += texts.rich("gallery.all_days", {{"total", texts.count("count.images", view.day.all_pictures)},
                                                    {"days", texts.count("count.days_in", view.day.all_days)}});
  }
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  add_own_numbers(card.keyboard, view.items, [](const OwnItem& item) { return Picture{item.id, Origin::day}; });
  card.keyboard.push_back(days_row(texts, view.day));
  if (pages > 1) {
    card.keyboard.push_back(day_pager(texts, view, page, pages));
  }
  card.keyboard.push_back({button(texts.plain("button.favorites"), favourites::Pictures{}),
                           button(texts.plain("button.saved"), favourites::Saved{})});
  card.keyboard.push_back({button(texts.plain("button.find"), search::AskPictures{}),
                           button(texts.plain("button.stats"), statistics::Open{})});
  card.keyboard.push_back(layout::menu(texts));
  return card;
}

Card empty_card(const texts::Texts& texts, const EmptyView& view) {
  Card card;
  card.photo = layout::banner(view.samples);
  card.caption = texts.rich("gallery.empty");
  card.keyboard.push_back({button(texts.plain("button.create"), create::Open{}, ButtonLook::primary)});
  if (view.removed > 0) {
    card.keyboard.push_back({button(texts.plain("button.bin_n", {{"n", view.removed}}), bin::Open{})});
  }
  card.keyboard.push_back(layout::menu(texts));
  return card;
}

Card month_card(const texts::Texts& texts, const MonthView& view) {
  const auto& days = view.month.days;
  const std::int64_t number = domain::month_number(view.month.month);
  const std::int64_t pages = pages_of(std::ssize(days), static_cast<std::int64_t>(kDaysPerPage));
  const std::int64_t page = std::min(view.page, pages - 1);
  const std::int64_t images = std::accumulate(days.begin(), days.end(), std::int64_t{0},
                                              [](std::int64_t sum, const auto& day) { return sum + day.pictures; });
  Card card;
  card.photo = photo::Drawing{photo::Subject::words};
  card.caption = texts.rich("gallery.month", {{"month", texts.month_year(view.month.month)},
                                              {"images", texts.count("count.images", images)}});
  std::vector<Button> buttons;
  const std::size_t from = static_cast<std::size_t>(page) * kDaysPerPage;
  for (std::size_t i = from; i < std::min(days.size(), from + kDaysPerPage); ++i) {
    const std::int64_t day = std::stoll(days[i].day.substr(8));
    buttons.push_back(
        button(texts.plain("button.day_count", {{"day", day}, {"n", days[i].pictures}}), day_of(days[i].day)));
  }
  layout::add_rows(card.keyboard, std::move(buttons), 3);
  if (pages > 1) {
    card.keyboard.push_back(
        layout::pager(texts, page > 0 ? std::optional<CallbackData>(Months{number, page - 1}) : std::nullopt,
                      page_label(texts, page + 1, pages),
                      page + 1 < pages ? std::optional<CallbackData>(Months{number, page + 1}) : std::nullopt));
  }
  Row beside;
  if (!view.month.older.empty()) {
    beside.push_back(button(texts.plain("button.older", {{"label", texts.month_short(view.month.older)}}),
                            Months{domain::month_number(view.month.older), 0}));
  }
  if (!view.month.newer.empty()) {
    beside.push_back(button(texts.plain("button.newer", {{"label", texts.month_short(view.month.newer)}}),
                            Months{domain::month_number(view.month.newer), 0}));
  }
  if (!beside.empty()) {
    card.keyboard.push_back(std::move(beside));
  }
  card.keyboard.push_back(layout::navigation(texts, Newest{}));
  return card;
}

Card picture_card(const texts::Texts& texts, const PictureView& view) {
  const Uuid& id = view.item.id;
  Card card;
  card.photo = view.item.is_shown ? Photo(photo::Result{id}) : Photo(photo::Drawing{photo::Subject::problem});
  card.caption = picture_caption(texts, view);
  if (view.all > 0) {
    card.keyboard.push_back(place_row(texts, view));
  }
  const MarkSwitches switches = switches_of(view);
  card.keyboard.push_back(mark_row(texts, view.marks, switches));
  if (!view.style.empty() || !view.words.empty()) {
    card.keyboard.push_back({button(texts.plain("button.variation", {{"price", view.again_price}}),
                                    variants::Again{id, view.nonce, view.again_price}),
                             button(texts.plain("button.variants"), variants::Open{id})});
  }
  std::vector<Button> rest;
  if (view.item.is_shown) {
    rest.push_back(button(texts.plain("button.share"), sharing::Share{id}));
    rest.push_back(button(texts.plain("button.download"), picture::Download{id}));
  }
  if (!view.style.empty()) {
    rest.push_back(style_button(texts, view.marks, switches));
  }
  if (can_be_copied(view.words)) {
    rest.push_back(copy_button(texts, view.words));
  }
  rest.push_back(button(texts.plain("button.name"), AskName{id}));
  rest.push_back(button(texts.plain("button.delete"), picture::Remove{id}));
  layout::add_rows(card.keyboard, std::move(rest), 2);
  card.keyboard.push_back(layout::navigation(texts, way_back(view)));
  return card;
}

Card name_card(const texts::Texts& texts, const NameView& view) {
  Card card;
  card.photo = photo::Drawing{photo::Subject::waiting};
  card.caption = view.name.empty() ? texts.rich("name.ask") : texts.rich("name.ask_now", {{"name", view.name}});
  if (!view.name.empty()) {
    card.keyboard.push_back({button(texts.plain("button.name_drop"), DropName{view.picture})});
  }
  card.keyboard.push_back({button(texts.plain("button.cancel"), Picture{view.picture, Origin::day}),
                           button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

}  // namespace aisha::bot::gallery
