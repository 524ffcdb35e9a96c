// SPDX-License-Identifier: Apache-2.0
#include "services/context/due_times.hpp"

#include <gtest/gtest.h>

namespace aisha::services {
namespace {

TimePoint at(std::int64_t ms) {
  return from_epoch_ms(1'000'000 + ms);
}

class DueTimesTest : public testing::Test {
 protected:
  DueTimesTest() { EXPECT_TRUE(due_.takes_look(at(0))) << "nothing is known in the beginning"; }

  Policy policy_;
  DueTimes due_{policy_};
};

TEST_F(DueTimesTest, TheTableIsAskedOnceInTheIdleTime) {
  EXPECT_FALSE(due_.takes_look(at(999)));
  EXPECT_EQ(due_.next(), at(1'000));
  EXPECT_TRUE(due_.takes_look(at(1'000)));
  EXPECT_FALSE(due_.takes_look(at(1'000)));
}

TEST_F(DueTimesTest, AKnownRowIsDueAtItsTime) {
  due_.add(at(300));
  due_.add(at(200));
  EXPECT_FALSE(due_.is_due(at(199)));
  EXPECT_EQ(due_.next(), at(200));
  EXPECT_TRUE(due_.is_due(at(200)));
}

TEST_F(DueTimesTest, AClaimTakesWhatWasDueAndLeavesTheRest) {
  due_.add(at(200));
  due_.add(at(300));
  due_.claimed(at(250), 1, 8);
  EXPECT_FALSE(due_.is_due(at(299)));
  EXPECT_TRUE(due_.is_due(at(300)));
  EXPECT_FALSE(due_.takes_look(at(250))) << "no more than was taken can be due";
}

TEST_F(DueTimesTest, AClaimThatMetItsLimitOrFoundNothingHasTheTableAsked) {
  due_.claimed(at(1), 8, 8);
  EXPECT_TRUE(due_.takes_look(at(1)));
  due_.claimed(at(2), 0, 8);
  EXPECT_TRUE(due_.takes_look(at(2)));
}

}  // namespace
}  // namespace aisha::services
