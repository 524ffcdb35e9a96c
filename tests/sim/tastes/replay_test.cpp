// SPDX-License-Identifier: Apache-2.0
// The short form of bench_tastes, by the same thresholds.
#include "bench/tastes/replay.hpp"

#include <gtest/gtest.h>

namespace aisha::bench {
namespace {

WorldPlan plan(double taste) {
  WorldPlan out;
  out.seed = 1;
  out.people = 2'000;
  out.taste = taste;
  return out;
}

TEST(TastesReplay, ForetellsWhatPeopleKeepNextAsWellAsItMust) {
  const auto of = [](double taste) { return score(replay(World(plan(taste)))); };
  EXPECT_TRUE(judge({of(0), of(0.5), of(0.75)}));
}

TEST(TastesReplay, AsksForNoStyleThatWasMade) {
  const World world(plan(0.75));
  for (int person = 0; person < world.plan().people; ++person) {
    ASSERT_GE(world.target(person), 0);
    EXPECT_FALSE(world.has_made(person, world.target(person)));
  }
  for (const Deed& deed : world.deeds()) {
    EXPECT_TRUE(world.has_made(deed.person, deed.style));
  }
}

TEST(TastesReplay, JudgesStrictly) {
  const Score good{.people = 1,
                   .ours = 0.6,
                   .popularity = 0.3,
                   .oracle = 0.7,
                   .random = 0.1,
                   .exchanged = 0.3,
                   .exchanged_popularity = 0.3,
                   .low = 0.1,
                   .high = 0.2};
  EXPECT_TRUE(judge({good, good, good}));
  const auto but = [&](double Score::* member, double value) {
    Score out = good;
    out.*member = value;
    return out;
  };
  EXPECT_FALSE(judge({good, good, but(&Score::ours, 0.53)}));
  EXPECT_FALSE(judge({good, good, but(&Score::oracle, 0.81)}));
  EXPECT_FALSE(judge({good, but(&Score::ours, 0.32), good}));
  EXPECT_FALSE(judge({good, but(&Score::low, 0), good}));
  EXPECT_FALSE(judge({but(&Score::ours, 0.27), good, good}));
  EXPECT_FALSE(judge({but(&Score::exchanged, 0.32), good, good}));
}

}  // namespace
}  // namespace aisha::bench
