// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

constexpr std::int64_t kPerson = 7;

class Trace : public testing::Test {
 protected:
  ClaimedUpdate claimed(std::int64_t key, std::string body) {
    RawUpdate raw;
    raw.key = key;
    raw.lane = kPerson;
    raw.body = std::move(body);
    world_.run(world_.inbox.store({std::move(raw)}));
    return world_.run(world_.inbox.claim(1)).at(0);
  }

  fakes::ServiceWorld world_;
};

TEST_F(Trace, IsTheSameAtEveryTryOfAnUpdate) {
  const ClaimedUpdate first = claimed(1, "{}");
  EXPECT_EQ(first.trace.bytes[6] >> 4U, 7);
  EXPECT_EQ(first.trace.time(), world_.clock.now());
  world_.run(world_.inbox.retry(first));
  world_.clock.advance(Millis(60'000));
  const ClaimedUpdate second = world_.run(world_.inbox.claim(1)).at(0);
  EXPECT_EQ(second.attempts, 2);
  EXPECT_EQ(second.trace, first.trace);
  EXPECT_EQ(second.received_at, first.received_at);
}

TEST_F(Trace, DiffersBetweenUpdates) {
  const ClaimedUpdate one = claimed(1, "{}");
  world_.run(world_.inbox.done(one));
  const ClaimedUpdate other = claimed(2, "{}");
  EXPECT_NE(one.trace, other.trace);
}

TEST_F(Trace, BecomesTheIdOfThePictureThatTheUpdateAsksFor) {
  auto turn = world_.open(kPerson);
  const Uuid trace = turn.actor().trace();
  const auto first = world_.request(turn, world_.order(), "tap:1");
  const auto second = world_.request(turn, world_.order(), "tap:2");
  ASSERT_TRUE(first);
  ASSERT_TRUE(second);
  EXPECT_EQ(first->id, trace);
  EXPECT_NE(second->id, trace);
  EXPECT_TRUE(world_.run(turn.commit()));
}

}  // namespace
}  // namespace aisha::services
