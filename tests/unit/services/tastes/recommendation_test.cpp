// SPDX-License-Identifier: Apache-2.0
#include "services/tastes/recommendation.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/zone.hpp"
#include "services/tastes/taste.hpp"

namespace aisha::services {
namespace {

using stores::own_styles::OwnStyleDay;
using stores::style_neighbours::Neighbour;
using ::testing::DoubleNear;

constexpr std::chrono::sys_days kToday{std::chrono::days(20'468)};

OwnStyleDay did(const char* style, int age, std::int64_t made, std::int64_t kept = 0, std::int64_t dropped = 0) {
  return {local_day(kToday - std::chrono::days(age), "UTC"), style, made, made, kept, dropped};
}

PersonStyles person(std::vector<OwnStyleDay> days) {
  PersonStyles out;
  out.person = *Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057");
  out.days = std::move(days);
  out.today = kToday;
  return out;
}

/// Eight styles of two categories, "a1" the most popular.
Offer eight() {
  Offer out;
  out.counts = true;
  for (int i = 1; i <= 4; ++i) {
    out.styles.push_back({fmt::format("a{}", i), "a", 1 - 0.1 * i, true});
    out.styles.push_back({fmt::format("b{}", i), "b", 0.5 - 0.1 * i, true});
  }
  return out;
}

const ScoredStyle& of(const std::vector<ScoredStyle>& all, std::string_view style) {
  return *std::ranges::find(all, style, &ScoredStyle::style);
}

double taste(std::vector<OwnStyleDay> days, std::string_view style) {
  const auto all = tastes_of(days, kToday);
  return std::ranges::find(all, style, &StyleTaste::style)->taste;
}

TEST(Taste, AddsUpWhatWasMadeKeptAndThrownAway) {
  EXPECT_DOUBLE_EQ(taste({did("noir", 0, 1)}, "noir"), 1) << "log2(1 + 1)";
  EXPECT_DOUBLE_EQ(taste({did("noir", 0, 1, 2)}, "noir"), 3) << "log2(1 + 1 + 6)";
  EXPECT_DOUBLE_EQ(taste({did("noir", 0, 1, 0, 2)}, "noir"), -2) << "-log2(1 + 3)";
  EXPECT_DOUBLE_EQ(taste({did("noir", 0, 1, 0, 1), did("noir", 1, 0)}, "noir"), -1);
}

TEST(Taste, HalvesWithinThirtyDaysAndEndsAfterAHundredAndEighty) {
  EXPECT_DOUBLE_EQ(taste({did("noir", 30, 6)}, "noir"), 2) << "log2(1 + 3)";
  EXPECT_DOUBLE_EQ(taste({did("noir", -1, 1)}, "noir"), 1) << "the person's day may be ahead";
  EXPECT_TRUE(tastes_of({did("noir", 180, 1'000)}, kToday).empty());
}

TEST(LikedTogether, IsACosineDrawnTowardsNothingWhereFewLikeBoth) {
  LikedTogether together;
  for (int i = 0; i < 20; ++i) {
    together.add({"noir", "art"});
  }
  for (int i = 0; i < 60; ++i) {
    together.add({"art"});
  }
  together.add({"noir", "royal"});
  together.add({});
  const Likeness likeness(together.nearest(20));
  // 20 / sqrt(21 * 80) * 20 / 40 and 1 / sqrt(21) * 1 / 21.
  EXPECT_THAT(likeness.of("noir", "art"), DoubleNear(20 / std::sqrt(1680.0) / 2, 1e-12));
  EXPECT_EQ(likeness.of("art", "noir"), likeness.of("noir", "art"));
  EXPECT_THAT(likeness.of("noir", "royal"), DoubleNear(1 / std::sqrt(21.0) / 21, 1e-12));
  EXPECT_EQ(likeness.of("art", "royal"), 0);
  EXPECT_EQ(likeness.nearest("noir"), (std::vector<std::string>{"art", "royal"}));
  EXPECT_EQ(together.nearest(1).size(), 3U) << "one of each";
}

// Likes: x (taste 3) and y (taste 1). Of a1: (3 max(0, 0.5 - m) + 1 max(0, 0.1 - m)) / 4 with m = half of the mean 0.3.
TEST(ForYou, ScoresByLikenessShelfPopularityAndDislikes) {
  Offer offer = eight();
  offer.styles.push_back({"x", "b", 0, true});
  offer.styles.push_back({"y", "a", 0, true});
  offer.styles.push_back({"z", "a", 0, true});
  offer.likeness = Likeness({{"x", "a1", 0.5}, {"y", "a1", 0.1}, {"x", "b1", 0.2}, {"y", "b1", 0.2}});
  const auto scored = score_styles(person({did("x", 0, 1, 2), did("y", 0, 1), did("z", 0, 1, 0, 1)}), offer);
  const double popular = 0.2 + 0.8 * 5 / (5 + 4 * 2);
  const double of_a1 = 3 * (0.5 - 0.15) / 4;
  const double of_b1 = 0.1;
  EXPECT_THAT(of(scored, "a1").score, DoubleNear(0.65 + 0.15 * 0.25 + popular * 0.9 - 0.05, 1e-9));
  EXPECT_THAT(of(scored, "b1").score, DoubleNear(0.65 * of_b1 / of_a1 + 0.15 * 0.75 + popular * 0.4, 1e-9));
  EXPECT_THAT(of(scored, "a2").score, DoubleNear(0.15 * 0.25 + popular * 0.8 - 0.05, 1e-9));
  EXPECT_EQ(of(scored, "a1").because, "x");
  EXPECT_EQ(of(scored, "a2").because, "");
  EXPECT_EQ(std::ranges::find(scored, "x", &ScoredStyle::style), scored.end()) << "made already";
}

TEST(ForYou, WithoutLikesGoesByPopularityAlone) {
  const auto scored = score_styles(person({}), eight());
  ASSERT_EQ(scored.size(), 8U);
  EXPECT_EQ(scored.front().style, "a1");
  EXPECT_DOUBLE_EQ(scored.front().score, 0.9);
}

TEST(ForYou, WhatIsOffOrDoesNotSuitIsNeverRecommended) {
  Offer offer = eight();
  offer.styles.front().offered = false;
  for (const Recommended& one : recommend(person({}), offer)) {
    EXPECT_NE(one.style, "a1");
  }
}

TEST(ForYou, APageHasAtMostThreeOfACategoryAndSomethingNewInItsLastPlace) {
  const auto all = recommend(person({}), eight());
  ASSERT_EQ(all.size(), 8U);
  std::map<char, int> categories;
  std::set<std::string> styles;
  for (std::size_t i = 0; i < all.size(); ++i) {
    styles.insert(all[i].style);
    if (i < kForYouPerPage) {
      ++categories[all[i].style[0]];
    }
    const bool last = i % kForYouPerPage == kForYouPerPage - 1 || i + 1 == all.size();
    EXPECT_EQ(all[i].why == Why::fresh, last) << i;
  }
  EXPECT_EQ(categories['a'], 3);
  EXPECT_EQ(styles.size(), 8U) << "each once";
}

TEST(ForYou, TheNewOneStaysForAWeekAndAPersonAndThenChanges) {
  Offer offer;
  for (int i = 0; i < 40; ++i) {
    offer.styles.push_back({fmt::format("s{}", i), fmt::format("c{}", i % 8), 0.5, true});
  }
  const auto last_place = [&](const PersonStyles& own) { return recommend(own, offer).at(kForYouPerPage - 1).style; };
  PersonStyles own = person({});
  own.today -= std::chrono::days((own.today.time_since_epoch().count() + 3) % 7);
  EXPECT_EQ(std::chrono::weekday(own.today), std::chrono::Monday);
  const std::string monday = last_place(own);
  own.today += std::chrono::days(6);
  EXPECT_EQ(last_place(own), monday);
  std::set<std::string> weeks;
  for (int week = 0; week < 10; ++week) {
    own.today += std::chrono::days(7);
    weeks.insert(last_place(own));
  }
  EXPECT_GE(weeks.size(), 4U);
  std::set<std::string> people;
  for (std::uint8_t i = 0; i < 10; ++i) {
    own.person.bytes[15] = i;
    people.insert(last_place(own));
  }
  EXPECT_GE(people.size(), 4U);
}

TEST(ForYou, SaysWhatItGoesBy) {
  Offer offer = eight();
  offer.styles.push_back({"x", "c", 0, true});
  offer.likeness = Likeness({{"x", "b4", 0.5}});
  const auto first = [&] { return recommend(person({did("x", 0, 1, 5)}), offer); };
  EXPECT_EQ(first()[0].style, "b4");
  EXPECT_EQ(first()[0].why, Why::liked);
  EXPECT_EQ(first()[0].because, "x");
  EXPECT_EQ(first()[1].why, Why::popular);
  offer.counts = false;
  EXPECT_EQ(first()[1].why, Why::start) << "nobody made it popular";
}

TEST(ForYou, WhoMadeNearlyAllGetsWhatTheyLikeAndHaveLetRest) {
  std::vector<OwnStyleDay> days;
  for (const char* style : {"a1", "a2", "b1", "b2"}) {
    days.push_back(did(style, 20, 1, 3));
  }
  days.push_back(did("a1", 3, 1));
  days.push_back(did("b2", 20, 0, 0, 9));
  const auto all = recommend(person(days), eight());
  std::vector<std::string> styles;
  for (const Recommended& one : all) {
    styles.push_back(one.style);
  }
  ASSERT_EQ(all.size(), 6U) << "four are left";
  EXPECT_EQ(styles[3], "a2");
  EXPECT_EQ(styles[4], "b1");
  EXPECT_EQ(all[3].because, "a2");
  EXPECT_EQ(all.back().why, Why::fresh);
}

TEST(ForYou, WhoMadeAllStillGetsWhatTheyLike) {
  std::vector<OwnStyleDay> days;
  for (const StyleOnOffer& style : eight().styles) {
    days.push_back(did(style.style.c_str(), 30, 9));
  }
  EXPECT_EQ(recommend(person(days), eight()).size(), 6U);
}

}  // namespace
}  // namespace aisha::services
