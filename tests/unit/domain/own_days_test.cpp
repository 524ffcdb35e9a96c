// SPDX-License-Identifier: Apache-2.0
#include "domain/own_days.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace aisha::domain {
namespace {

TEST(OwnDays, ADayAndItsNumberAreTheSame) {
  EXPECT_EQ(day_text(0), "1970-01-01");
  EXPECT_EQ(day_text(20'468), "2026-01-15");
  EXPECT_EQ(day_number("2026-01-15"), 20'468);
  EXPECT_EQ(day_number("2024-02-29"), day_number("2024-03-01") - 1);
}

TEST(OwnDays, AMonthAndItsNumberAreTheSame) {
  EXPECT_EQ(month_text(2026 * 12), "2026-01");
  EXPECT_EQ(month_number("2026-12"), 2026 * 12 + 11);
}

TEST(OwnDays, Row105WhatNoCalendarHasIsTheNearestDayOrMonth) {
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(day_text(1'000'000'000), "9999-12-31");
  EXPECT_EQ(day_text(kMax), "9999-12-31");
  EXPECT_EQ(day_text(-1), "1970-01-01");
  EXPECT_EQ(month_text(30'000 * 12), "9999-12");
  EXPECT_EQ(month_text(kMax), "9999-12");
  EXPECT_EQ(month_text(0), "1970-01");
  EXPECT_EQ(day_number("2026-02-30"), 0);
  EXPECT_EQ(day_number("soon"), 0);
}

}  // namespace
}  // namespace aisha::domain
