// SPDX-License-Identifier: Apache-2.0
#include "services/tastes/popularity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/zone.hpp"

namespace aisha::services {
namespace {

using stores::style_days::StyleDay;
using ::testing::DoubleNear;
using ::testing::ElementsAre;

constexpr std::chrono::sys_days kToday{std::chrono::days(20'468)};

StyleDay made(const char* style, int age, std::int64_t people) {
  return {local_day(kToday - std::chrono::days(age), "UTC"), style, people, people * 3};
}

/// So many people on each of the days from `newest` to `oldest` ago.
void fill(std::vector<StyleDay>& days, const char* style, int newest, int oldest, std::int64_t people) {
  for (int age = newest; age <= oldest; ++age) {
    days.push_back(made(style, age, people));
  }
}

const StylePopularity& of(const std::vector<StylePopularity>& all, std::string_view style) {
  return *std::ranges::find(all, style, &StylePopularity::style);
}

TEST(Popularity, HalvesWithinTenDaysAndEndsAfterThirty) {
  const auto ranked = rank_styles({made("noir", 0, 8), made("art", 10, 12), made("royal", 20, 28), made("old", 29, 1),
                                   made("gone", 30, 1'000), made("coming", -1, 1'000)},
                                  kToday);
  ASSERT_EQ(ranked.size(), 4U);
  EXPECT_EQ(ranked[0].style, "noir");
  EXPECT_DOUBLE_EQ(ranked[0].score, 8);
  EXPECT_EQ(ranked[1].style, "royal");
  EXPECT_DOUBLE_EQ(ranked[1].score, 7);
  EXPECT_EQ(ranked[1].people, 28);
  EXPECT_EQ(ranked[2].style, "art");
  EXPECT_DOUBLE_EQ(ranked[2].score, 6);
}

TEST(Popularity, OneWhoMakesAHundredPicturesADayCountsAsOne) {
  StyleDay pushed = made("pushed", 0, 1);
  pushed.made = 100;
  const auto ranked = rank_styles({pushed, made("liked", 0, 2)}, kToday);
  EXPECT_EQ(ranked[0].style, "liked");
}

TEST(Popularity, EqualOnesStandByTheirIds) {
  const auto ranked = rank_styles({made("b", 1, 5), made("a", 1, 5), made("c", 1, 5)}, kToday);
  EXPECT_EQ(ranked[0].style, "a");
  EXPECT_EQ(ranked[2].style, "c");
}

// A week of 3 a day after four weeks of 1 a day: 21 against 7, (21 - 7) / sqrt(8) = 4.95.
TEST(Popularity, RisingIsAWeekClearlyAboveTheFourBeforeIt) {
  std::vector<StyleDay> days;
  fill(days, "grows", 1, 7, 3);
  fill(days, "grows", 8, 35, 1);
  fill(days, "stays", 1, 35, 50);
  fill(days, "few", 1, 3, 3);
  fill(days, "today", 0, 0, 500);
  fill(days, "barely", 1, 7, 4);
  fill(days, "barely", 8, 35, 3);
  const auto ranked = rank_styles(days, kToday);
  EXPECT_THAT(of(ranked, "grows").rising, DoubleNear(14 / std::sqrt(8.0), 1e-9));
  EXPECT_EQ(of(ranked, "stays").rising, 0);
  EXPECT_EQ(of(ranked, "few").rising, 0) << "nine people";
  EXPECT_EQ(of(ranked, "today").rising, 0) << "today is not over";
  EXPECT_EQ(of(ranked, "barely").rising, 0);
}

TEST(Popularity, IsRememberedAsItIs) {
  Popularity before{1'767'225'600'000, true, {{"noir", 0.1 + 0.2, 7, 2.5}, {"art", 1, 1, 0}}};
  const auto after = read_popularity(write_popularity(before));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->computed_at, before.computed_at);
  EXPECT_TRUE(after->counts);
  ASSERT_EQ(after->styles.size(), 2U);
  EXPECT_EQ(after->styles[0].style, "noir");
  EXPECT_EQ(after->styles[0].score, 0.1 + 0.2);
  EXPECT_EQ(after->styles[0].people, 7);
  EXPECT_EQ(after->styles[0].rising, 2.5);
  EXPECT_FALSE(read_popularity("{}"));
  EXPECT_FALSE(read_popularity("nonsense"));
}

}  // namespace
}  // namespace aisha::services
