// SPDX-License-Identifier: Apache-2.0
#include "app/engines/findings.hpp"

#include <gtest/gtest.h>

namespace aisha::app {
namespace {

TEST(Findings, AClockHalfAMinuteApartIsRedInBothDirections) {
  const auto now = std::chrono::system_clock::now();
  EXPECT_EQ(compare_clocks("Telegram", now).seen, "0 s from Telegram's");
  EXPECT_TRUE(compare_clocks("Telegram", now + std::chrono::seconds(20)).advice.empty());
  EXPECT_FALSE(compare_clocks("Telegram", now + std::chrono::seconds(40)).advice.empty());
  EXPECT_FALSE(compare_clocks("Telegram", now - std::chrono::seconds(40)).advice.empty());
}

TEST(Findings, AFolderThatCannotBeMadeIsRed) {
  EXPECT_FALSE(check_folder("pictures", "/proc/nowhere/blobs").advice.empty());
}

}  // namespace
}  // namespace aisha::app
