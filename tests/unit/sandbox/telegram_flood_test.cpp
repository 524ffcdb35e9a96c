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

TEST(TelegramFlood, CountsAnAlbumAsItsMessages) {
  FloodMeter meter;
  EXPECT_EQ(meter.charge("sendmediagroup", 1, 42, 0, 10), 0) << "an album is never too large for the burst";
  EXPECT_EQ(meter.charge("sendmessage", 1, 42, 0), 6) << "ten, and five at most before the next";
  EXPECT_EQ(meter.charge("sendmessage", 1, 42, 5'000), 1);
  EXPECT_EQ(meter.charge("sendmessage", 1, 42, 6'000), 0);
  EXPECT_EQ(meter.charge("sendmediagroup", 1, 43, 6'000, 10), 0);
  EXPECT_EQ(meter.charge("sendmediagroup", 1, 44, 6'000, 10), 0);
  EXPECT_EQ(meter.charge("sendmediagroup", 1, 45, 6'000, 10), 0);
  EXPECT_EQ(meter.charge("sendmessage", 1, 46, 6'000), 1) << "thirty messages a second over all chats";
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
