// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/statistics.hpp"

#include <gmock/gmock.h>

namespace aisha::services {
namespace {

using stores::user_days::FigureRow;
using stores::user_days::Figures;
using ::testing::ElementsAre;

constexpr const char* kToday = "2026-03-01";

FigureRow made(std::string span, std::string style, std::int64_t n) {
  FigureRow row;
  row.span = std::move(span);
  row.style = std::move(style);
  row.pictures = n;
  row.made = n;
  row.spent = 5 * n;
  row.timed = n;
  row.took_ms = 8'000 * n;
  return row;
}

std::vector<std::string> names(const WindowFigures& window) {
  std::vector<std::string> out;
  for (const StyleFigure& style : window.styles) {
    out.push_back(style.style);
  }
  return out;
}

TEST(OwnFigures, AWindowHoldsItsOwnDaysAndNoMore) {
  const OwnFigures figures =
      fold_figures({{made("2026-03-01", "noir", 1), made("2026-02-23", "noir", 2), made("2026-02-22", "noir", 4),
                     made("2026-01-31", "noir", 8), made("2026-01-30", "noir", 16), made("2025-06", "noir", 32)},
                    3},
                   kToday);
  EXPECT_EQ(figures.week.made, 1 + 2) << "the seventh day is in it, the eighth is not";
  EXPECT_EQ(figures.month.made, 1 + 2 + 4 + 8) << "so the thirtieth";
  EXPECT_EQ(figures.all.made, 63);
  EXPECT_EQ(figures.all.spent, 5 * 63);
  EXPECT_EQ(figures.all.took_ms, 8'000 * 63);
  EXPECT_EQ(figures.binned, 3);
  EXPECT_EQ(figures.day, kToday);
}

TEST(OwnFigures, ColumnsAreDaysWeeksAndMonthsOverEveryStyle) {
  const OwnFigures figures =
      fold_figures({{made("2026-03-01", "noir", 1), made("2026-03-01", "", 2), made("2026-02-18", "noir", 4),
                     made("2026-02-17", "noir", 8), made("2025-12", "noir", 16), made("2025-04", "noir", 32),
                     made("2025-03", "noir", 64)},
                    0},
                   kToday);
  EXPECT_THAT(figures.week.columns, ElementsAre(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3));
  EXPECT_THAT(figures.month.columns, ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 3));
  EXPECT_THAT(figures.all.columns, ElementsAre(32, 0, 0, 0, 0, 0, 0, 0, 16, 0, 12, 3));
  EXPECT_EQ(figures.week.lit, 7);
  EXPECT_EQ(figures.all.lit, 12);
}

TEST(OwnFigures, StylesAreTheFiveMostMadeOfTheWindow) {
  const OwnFigures figures = fold_figures(
      {{made("2026-03-01", "a", 1), made("2026-02-28", "b", 3), made("2026-02-27", "", 2), made("2026-02-26", "c", 1),
        made("2026-02-25", "d", 1), made("2026-02-24", "e", 1), made("2026-02-27", "a", 3), made("2025-01", "z", 100)},
       0},
      kToday);
  EXPECT_THAT(names(figures.week), ElementsAre("a", "b", "", "c", "d"));
  EXPECT_EQ(figures.week.styles.front().made, 4);
  EXPECT_EQ(names(figures.all).front(), "z");
}

TEST(OwnFigures, ADayThatIsStillToComeCountsForToday) {
  // Made in Vladivostok, looked at in Moscow.
  const OwnFigures figures = fold_figures({{made("2026-03-02", "a", 1)}, 0}, kToday);
  EXPECT_EQ(figures.week.made, 1);
  EXPECT_EQ(figures.week.columns.back(), 1);
}

TEST(OwnFigures, TwelveWeeksAreReadByDay) {
  EXPECT_EQ(figures_days_from(kToday), "2025-12-08");
  EXPECT_EQ(figures_days_from("2024-02-29"), "2023-12-08");
}

TEST(OwnFigures, AreReadBackAndNothingElseIs) {
  OwnFigures figures = fold_figures({{made("2026-03-01", "noir", 7)}, 2}, kToday);
  figures.last = Uuid::parse("018f0000-0000-7000-8000-000000000001");
  const auto back = read_own_figures(write_own_figures(figures));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->day, kToday);
  EXPECT_EQ(back->last, figures.last);
  EXPECT_EQ(back->week.columns, figures.week.columns);
  EXPECT_EQ(back->month.styles.front().style, "noir");
  EXPECT_EQ(back->all.took_ms, 56'000);
  EXPECT_EQ(back->binned, 2);
  figures.last.reset();
  const std::string text = write_own_figures(figures);
  EXPECT_FALSE(read_own_figures(text)->last);
  const std::string forged = text.substr(0, text.size() - 1) + R"(,"last":"x"})";
  for (const std::string& other : {std::string(), std::string("12"), std::string("{}"), text.substr(1), forged}) {
    EXPECT_FALSE(read_own_figures(other)) << other;
  }
}

}  // namespace
}  // namespace aisha::services
