// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/statistics.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/json.hpp"
#include "domain/own_days.hpp"

namespace aisha::services {
namespace {

constexpr int kColumns = 12;
constexpr int kWeek = 7;
constexpr int kMonth = 30;
constexpr std::size_t kStyles = 5;

using Made = std::map<std::string, std::int64_t>;

void add(WindowFigures& window, Made& styles, const stores::user_days::FigureRow& row) {
  window.made += row.made;
  window.pictures += row.pictures;
  window.favourites += row.favourites;
  window.spent += row.spent;
  window.timed += row.timed;
  window.took_ms += row.took_ms;
  if (row.made > 0) {
    styles[row.style] += row.made;
  }
}

void add_column(WindowFigures& window, std::int64_t ago, std::int64_t made) {
  if (ago < kColumns) {
    window.columns[static_cast<std::size_t>(kColumns - 1 - ago)] += made;
  }
}

std::vector<StyleFigure> most_made(const Made& styles) {
  std::vector<StyleFigure> out;
  for (const auto& [style, made] : styles) {
    out.push_back({style, made});
  }
  std::ranges::sort(out, {}, [](const StyleFigure& one) { return std::pair(-one.made, std::string_view(one.style)); });
  out.resize(std::min(out.size(), kStyles));
  return out;
}

/// As they are remembered.
struct Text {
  std::string day;
  WindowFigures week;
  WindowFigures month;
  WindowFigures all;
  std::int64_t binned = 0;
  std::optional<std::string> last;
};
BOOST_DESCRIBE_STRUCT(Text, (), (day, week, month, all, binned, last))

}  // namespace

std::string figures_days_from(std::string_view today) {
  return domain::day_text(domain::day_number(today) - (kColumns * kWeek - 1));
}

OwnFigures fold_figures(const stores::user_days::Figures& read, std::string_view today) {
  constexpr std::size_t kDayText = 10;
  constexpr std::size_t kMonthText = 7;
  const std::int64_t this_month = domain::month_number(today.substr(0, kMonthText));
  OwnFigures out;
  out.day = today;
  out.binned = read.binned;
  for (WindowFigures* window : {&out.week, &out.month, &out.all}) {
    window->columns.assign(kColumns, 0);
  }
  out.week.lit = kWeek;
  out.month.lit = (kMonth + kWeek - 1) / kWeek;
  out.all.lit = kColumns;
  Made week;
  Made month;
  Made all;
  for (const stores::user_days::FigureRow& row : read.rows) {
    add(out.all, all, row);
    // Who moved to the west has made pictures on days that are still to come.
    add_column(out.all, std::max<std::int64_t>(this_month - domain::month_number(row.span.substr(0, kMonthText)), 0),
               row.made);
    if (row.span.size() != kDayText) {
      continue;
    }
    const std::int64_t ago = std::max<std::int64_t>(domain::day_number(today) - domain::day_number(row.span), 0);
    add_column(out.week, ago, row.made);
    add_column(out.month, ago / kWeek, row.made);
    if (ago < kWeek) {
      add(out.week, week, row);
    }
    if (ago < kMonth) {
      add(out.month, month, row);
    }
  }
  out.week.styles = most_made(week);
  out.month.styles = most_made(month);
  out.all.styles = most_made(all);
  return out;
}

std::string write_own_figures(const OwnFigures& figures) {
  const auto last = figures.last ? std::optional(figures.last->to_string()) : std::nullopt;
  return json::encode_text(Text{figures.day, figures.week, figures.month, figures.all, figures.binned, last});
}

std::optional<OwnFigures> read_own_figures(std::string_view text) {
  auto read = json::decode<Text>(text);
  if (!read) {
    return std::nullopt;
  }
  OwnFigures out{std::move(read->day), std::move(read->week), std::move(read->month),
                 std::move(read->all), read->binned,          read->last ? Uuid::parse(*read->last) : std::nullopt};
  return read->last && !out.last ? std::nullopt : std::optional(std::move(out));
}

}  // namespace aisha::services
