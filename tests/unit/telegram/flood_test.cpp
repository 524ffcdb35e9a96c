// SPDX-License-Identifier: Apache-2.0
#include "telegram/flood.hpp"

#include <gtest/gtest.h>

namespace aisha::telegram {
namespace {

constexpr TimePoint at(std::int64_t ms) {
  return TimePoint(Millis(ms));
}

TEST(FloodGate, ARefusalPausesItsChatForTheNamedTimeAndNobodyElse) {
  FloodGate gate;
  gate.refused(1, 7, at(1'000));
  EXPECT_EQ(gate.free_at(1, at(1'000)), at(8'000));
  EXPECT_EQ(gate.free_at(1, at(9'000)), at(9'000));
  EXPECT_EQ(gate.free_at(2, at(1'000)), at(1'000));
}

TEST(FloodGate, ALaterShorterRefusalDoesNotShortenThePause) {
  FloodGate gate;
  gate.refused(1, 100, at(0));
  gate.refused(1, 1, at(500));
  EXPECT_EQ(gate.free_at(1, at(600)), at(100'000));
}

TEST(FloodGate, UnnamedPausesGrowUntilSomethingIsAccepted) {
  FloodGate gate;
  std::int64_t now = 0;
  for (const int seconds : {1, 2, 4, 8, 16, 32, 60, 60}) {
    gate.refused(1, 0, at(now));
    EXPECT_EQ(gate.free_at(1, at(now)), at(now + seconds * 1000));
    now += seconds * 1000;
  }
  gate.accepted(1);
  gate.refused(1, 0, at(now));
  EXPECT_EQ(gate.free_at(1, at(now)), at(now + 1000));
}

TEST(FloodGate, k07a_ALongWaitOfOneChatNeverLeavesIt) {
  FloodGate gate;
  gate.refused(1, 1'800, at(0));
  gate.refused(2, 1, at(500));
  EXPECT_EQ(gate.free_at(3, at(500)), at(500));
  EXPECT_EQ(gate.free_at(2, at(500)), at(1'500));
}

TEST(FloodGate, k07a_RefusalsOfThreeChatsWithinASecondPauseEveryoneForAMoment) {
  FloodGate gate;
  gate.refused(1, 1'800, at(0));
  gate.refused(2, 1'800, at(300));
  gate.refused(3, 1'800, at(999));
  EXPECT_EQ(gate.free_at(4, at(1'000)), at(3'999));
  EXPECT_EQ(gate.free_at(1, at(1'000)), at(1'800'000));
}

TEST(FloodGate, k07a_AfterTheCommonPauseOneSendFindsOut) {
  FloodGate gate;
  for (const std::int64_t chat : {1, 2, 3}) {
    gate.refused(chat, 60, at(0));
  }
  ASSERT_EQ(gate.free_at(4, at(3'000)), at(3'000));
  gate.sends(4, at(3'000));
  EXPECT_EQ(gate.free_at(5, at(3'001)), at(4'000)) << "waits for the answer";
  EXPECT_EQ(gate.free_at(4, at(3'001)), at(3'001));
  gate.refused(4, 60, at(3'100));
  EXPECT_EQ(gate.free_at(5, at(3'101)), at(6'100)) << "not over yet";
  gate.sends(5, at(6'100));
  gate.accepted(5);
  EXPECT_EQ(gate.free_at(6, at(6'101)), at(6'101));
}

TEST(FloodGate, k07a_ATestWithoutAnAnswerHoldsNobodyForLong) {
  FloodGate gate;
  for (const std::int64_t chat : {1, 2, 3}) {
    gate.refused(chat, 60, at(0));
  }
  gate.sends(4, at(3'000));
  EXPECT_EQ(gate.free_at(5, at(4'000)), at(4'000));
}

TEST(FloodGate, RefusalsASecondApartOrOfOneChatStayLocal) {
  FloodGate gate;
  gate.refused(1, 3, at(0));
  gate.refused(1, 3, at(100));
  gate.refused(2, 3, at(1'100));
  gate.refused(3, 3, at(1'200));
  EXPECT_EQ(gate.free_at(4, at(1'200)), at(1'200));
}

}  // namespace
}  // namespace aisha::telegram
