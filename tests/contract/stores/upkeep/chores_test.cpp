// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/chores.hpp"

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace chores = stores::chores;
using namespace testing;

class Chores : public StoreTest {
 protected:
  std::optional<chores::Claim> claim(std::int64_t goal) {
    return ask([&](UnitOfWork& u) { return chores::claim(u, "sweep", goal, kLease); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Chores, ::testing::ValuesIn(engines()), case_name);

TEST_P(Chores, OneProcessAtATimeHasIt) {
  const auto mine = claim(7);
  ASSERT_TRUE(mine);
  EXPECT_EQ(mine->mark, 0);
  EXPECT_FALSE(claim(7));
  EXPECT_TRUE(ask([](UnitOfWork& u) { return chores::claim(u, "another", 7, kLease); }));
}

TEST_P(Chores, WhatWasReachedIsNotDoneAgain) {
  const auto first = claim(7);
  ASSERT_TRUE(write([&](UnitOfWork& u) { chores::finish(u, "sweep", *first, 7); }));
  EXPECT_FALSE(claim(7));
  const auto second = claim(8);
  ASSERT_TRUE(second) << "its lease is over";
  EXPECT_EQ(second->mark, 7);
}

TEST_P(Chores, ALeaseThatEndedIsAnothersAndTheFirstIsShutOut) {
  const auto first = claim(7);
  clock_.advance(kLease - Millis(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) { chores::renew(u, "sweep", *first, kLease); }));
  clock_.advance(kLease - Millis(1));
  EXPECT_FALSE(claim(7)) << "renewed";
  clock_.advance(Millis(1));
  const auto second = claim(7);
  ASSERT_TRUE(second);
  EXPECT_FALSE(write([&](UnitOfWork& u) { chores::renew(u, "sweep", *first, kLease); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { chores::finish(u, "sweep", *first, 7); }));
  EXPECT_TRUE(write([&](UnitOfWork& u) { chores::finish(u, "sweep", *second, 7); }));
}

}  // namespace
}  // namespace aisha
