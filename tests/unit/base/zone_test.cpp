// SPDX-License-Identifier: Apache-2.0
#include "base/zone.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace aisha {
namespace {

using namespace std::chrono_literals;

TimePoint at(int year, unsigned month, unsigned day, Millis of_day) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  return TimePoint(std::chrono::sys_days(date)) + of_day;
}

TEST(LocalDay, MoscowTurnsThreeHoursBeforeUtc) {
  EXPECT_EQ(local_day(at(2026, 1, 15, 20h + 59min), "Europe/Moscow"), "2026-01-15");
  EXPECT_EQ(local_day(at(2026, 1, 15, 21h), "Europe/Moscow"), "2026-01-16");
}

TEST(LocalTime, IsWhatTheClocksThereShow) {
  EXPECT_EQ(local_time(at(2026, 1, 15, 20h + 59min), "Europe/Moscow"), "23:59");
  EXPECT_EQ(local_time(at(2026, 1, 15, 21h), "Europe/Moscow"), "00:00");
  EXPECT_EQ(local_time(at(1969, 12, 31, 23h), "UTC"), "23:00");
}

TEST(LocalDay, FixedOffsetsAreReadAsPeopleWriteThem) {
  EXPECT_EQ(local_day(at(2026, 1, 15, 19h), "GMT+5"), "2026-01-16");
  EXPECT_EQ(local_day(at(2026, 1, 15, 3h + 29min), "UTC-3:30"), "2026-01-14");
  EXPECT_EQ(local_day(at(2026, 1, 15, 3h + 30min), "UTC-3:30"), "2026-01-15");
}

TEST(LocalDay, ASummerTimeZoneChangesItsOffset) {
  if (!std::filesystem::exists("/usr/share/zoneinfo/Europe/Berlin")) {
    GTEST_SKIP() << "no zone files here";
  }
  EXPECT_EQ(local_day(at(2026, 1, 15, 22h + 30min), "Europe/Berlin"), "2026-01-15");
  EXPECT_EQ(local_day(at(2026, 7, 15, 22h + 30min), "Europe/Berlin"), "2026-07-16");
}

TEST(LocalDay, AnUnknownZoneCountsAsUtc) {
  for (const char* zone : {"", "UTC", "Nowhere/City", "../../etc/passwd", "GMT+99", "UTC+"}) {
    EXPECT_EQ(local_day(at(2026, 1, 15, 23h + 59min), zone), "2026-01-15") << zone;
  }
}

TEST(UsualZone, WhatPeopleAndOtherProgramsWriteBecomesAUsableName) {
  const std::pair<const char*, const char*> names[] = {{"UTC+5", "GMT+5"},
                                                       {"utc +05:30", "GMT+5:30"},
                                                       {"+3", "GMT+3"},
                                                       {"GMT-0330", "GMT-3:30"},
                                                       {"UTC-03", "GMT-3"},
                                                       {"GMT+5:30", "GMT+5:30"},
                                                       {"UTC", "UTC"},
                                                       {"z", "UTC"},
                                                       {"Europe/Moscow", "Europe/Moscow"}};
  for (const auto& [written, usual] : names) {
    EXPECT_EQ(usual_zone(written), usual) << written;
  }
}

TEST(UsualZone, AnUnknownZoneIsNothing) {
  for (const char* zone :
       {"", "MSK", "UTC+", "UTC+99", "+5h", "Nowhere/City", "../../etc/passwd", "UTC+123456789012"}) {
    EXPECT_FALSE(usual_zone(zone)) << zone;
  }
}

TEST(ZoneOffset, FollowsTheSeasonAndTheSign) {
  EXPECT_EQ(zone_offset(at(2026, 1, 15, 0h), "Europe/Moscow"), 180min);
  EXPECT_EQ(zone_offset(at(2026, 1, 15, 0h), "GMT-3:30"), -210min);
  EXPECT_EQ(zone_offset(at(2026, 1, 15, 0h), "UTC"), 0min);
  if (std::filesystem::exists("/usr/share/zoneinfo/Europe/Berlin")) {
    EXPECT_EQ(zone_offset(at(2026, 1, 15, 0h), "Europe/Berlin"), 60min);
    EXPECT_EQ(zone_offset(at(2026, 7, 15, 0h), "Europe/Berlin"), 120min);
  }
}

TEST(ZoneOfCity, IsFoundByItsLastPartWhateverTheSpelling) {
  if (!std::filesystem::exists("/usr/share/zoneinfo/zone.tab")) {
    GTEST_SKIP() << "no list of zones here";
  }
  const std::pair<const char*, const char*> cities[] = {{"tokyo", "Asia/Tokyo"},
                                                        {"New York", "America/New_York"},
                                                        {"new_york", "America/New_York"},
                                                        {"BUENOS AIRES", "America/Argentina/Buenos_Aires"},
                                                        {"europe/paris", "Europe/Paris"}};
  for (const auto& [written, zone] : cities) {
    EXPECT_EQ(zone_of_city(written), zone) << written;
  }
  for (const char* written : {"", " ", "Europe", "Narnia", "../etc/passwd", "york", "москва"}) {
    EXPECT_FALSE(zone_of_city(written)) << written;
  }
}

}  // namespace
}  // namespace aisha
