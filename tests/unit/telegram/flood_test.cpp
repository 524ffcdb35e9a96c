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

TEST(FloodGate, RefusalsOfTwoChatsWithinASecondPauseEveryone) {
  FloodGate gate;
  gate.refused(1, 3, at(0));
  gate.refused(2, 5, at(999));
  EXPECT_EQ(gate.free_at(3, at(1'000)), at(5'999));
  EXPECT_EQ(gate.free_at(1, at(1'000)), at(5'999));
}

TEST(FloodGate, RefusalsASecondApartOrOfOneChatStayLocal) {
  FloodGate gate;
  gate.refused(1, 3, at(0));
  gate.refused(1, 3, at(100));
  gate.refused(2, 3, at(1'100));
  EXPECT_EQ(gate.free_at(3, at(1'100)), at(1'100));
}

}  // namespace
}  // namespace aisha::telegram
