// SPDX-License-Identifier: Apache-2.0
#include "base/backoff.hpp"

#include <gtest/gtest.h>

#include <set>

namespace aisha {
namespace {

TEST(Backoff, DoublesUpToItsEndHoweverOften) {
  EXPECT_EQ(doubled(Millis(100), 0, Millis(5'000)), Millis(100));
  EXPECT_EQ(doubled(Millis(100), 3, Millis(5'000)), Millis(800));
  EXPECT_EQ(doubled(Millis(100), 1'000'000, Millis(5'000)), Millis(5'000));
}

TEST(Backoff, JitterGivesEveryPauseFromOneMillisecondUp) {
  SeededRng rng(1);
  std::set<Millis> seen;
  for (int i = 0; i < 200; ++i) {
    seen.insert(jittered(rng, Millis(5)));
  }
  EXPECT_EQ(seen, (std::set{Millis(1), Millis(2), Millis(3), Millis(4), Millis(5)}));
}

TEST(Backoff, JitterOfNothingIsTheShortestPause) {
  SeededRng rng(1);
  EXPECT_EQ(jittered(rng, Millis(0)), Millis(1));
}

}  // namespace
}  // namespace aisha
