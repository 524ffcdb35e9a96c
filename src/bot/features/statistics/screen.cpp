// SPDX-License-Identifier: Apache-2.0
#include "bot/features/statistics/screen.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "bot/cards/layout.hpp"
#include "bot/features/bin/routes.hpp"
#include "bot/features/gallery/routes.hpp"

namespace aisha::bot::statistics {
namespace {

using layout::button;

constexpr std::size_t kTitleMax = 32;

std::string title_of(const StatisticsView::Style& style) {
  return texts::cut_utf16(std::string_view(style.title), kTitleMax);
}

Photo chart_of(const StatisticsView& view) {
  photo::Chart chart;
  chart.columns = view.columns;
  chart.lit = view.lit;
  for (const StatisticsView::Style& style : view.styles) {
    chart.bars.push_back({style.id, style.made});
  }
  chart.kind = view.kind;
  return chart;
}

const char* window_text(Window window) {
  switch (window) {
    case Window::week: return "stats.week";
    case Window::month: return "stats.month";
    case Window::all: break;
  }
  return "stats.all";
}

/// "1 Деловой · 2 Гламурный": the rows of the chart, for whoever does not see it.
std::string names_line(const StatisticsView& view) {
  std::string out;
  for (std::size_t i = 0; i < view.styles.size(); ++i) {
    out += fmt::format("{}{} {}", i == 0 ? "" : " · ", i + 1, title_of(view.styles[i]));
  }
  return out;
}

texts::RichText caption_of(const texts::Texts& texts, const StatisticsView& view) {
  texts::RichText out = texts.rich("stats.caption", {{"window", texts.plain(window_text(view.window))}});
  out += "\n";
  if (view.made == 0) {
    out += texts.rich("stats.nothing");
    return out;
  }
  out += texts.rich("stats.made", {{"made", view.made}, {"pictures", view.pictures}, {"favourites", view.favourites}});
  const auto favourite = std::ranges::find_if(view.styles, [](const auto& style) { return !style.id.empty(); });
  if (favourite != view.styles.end()) {
    out += "\n";
    out += texts.rich("stats.style", {{"style", title_of(*favourite)}, {"n", favourite->made}});
  }
  if (view.timed > 0) {
    const auto seconds = std::max<std::int64_t>((view.took.count() / view.timed + 500) / 1000, 1);
    out += "\n";
    out += texts.rich("stats.average", {{"seconds", texts.plain("unit.seconds_short", {{"n", seconds}})},
                                        {"coins", layout::coins(texts, view.spent)}});
  }
  out += "\n\n" + names_line(view);
  return out;
}

Row windows(const texts::Texts& texts, Window chosen) {
  const auto tab = [&](Window window, const char* label, const char* marked) {
    return button(texts.plain(window == chosen ? marked : label), Open{window});
  };
  return {tab(Window::week, "button.days_7", "button.days_7_chosen"),
          tab(Window::month, "button.days_30", "button.days_30_chosen"),
          tab(Window::all, "button.days_all", "button.days_all_chosen")};
}

}  // namespace

Card statistics_card(const texts::Texts& texts, const StatisticsView& view) {
  Card card;
  card.photo = chart_of(view);
  card.caption = texts::cut_utf16(caption_of(texts, view), kCaptionMax);
  card.keyboard.push_back(windows(texts, view.window));
  Row trash;
  trash.push_back(button(
      view.binned == 0 ? texts.plain("button.bin") : texts.plain("button.bin_n", {{"n", view.binned}}), bin::Open{}));
  if (view.has_pictures) {
    trash.push_back(button(texts.plain("button.clear"), bin::Clear{}));
  }
  card.keyboard.push_back(std::move(trash));
  card.keyboard.push_back(layout::navigation(texts, gallery::Newest{}));
  return card;
}

}  // namespace aisha::bot::statistics
