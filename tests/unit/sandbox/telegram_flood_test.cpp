// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "sandbox/telegram/flood.hpp"

namespace aisha::sandbox::telegram {
namespace {

TEST(TelegramFlood, LetsABurstOfFivePassAndThenOneASecond) {
  FloodMeter meter;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(meter.charge("sendmessage", 1, 42, 0), 0);
  }
  EXPECT_EQ(meter.charge("sendmessage", 1, 42, 0), 1);
  EXPECT_EQ(meter.charge("editmessagetext", 1, 42, 500), 1);
  EXPECT_EQ(meter.charge("sendmessage", 1, 42, 1000), 0);
  EXPECT_EQ(meter.charge("sendmessage", 1, 43, 1000), 0);
}

TEST(TelegramFlood, NeverHoldsAnswersToButtons) {
  FloodMeter meter;
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(meter.charge("answercallbackquery", 1, 42, 0), 0);
  }
}

TEST(TelegramFlood, AllowsThirtyASecondOverAllChats) {
  FloodMeter meter;
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(meter.charge("sendmessage", 1, i, 0), 0);
  }
  EXPECT_EQ(meter.charge("sendmessage", 1, 99, 0), 1);
}

}  // namespace
}  // namespace aisha::sandbox::telegram
