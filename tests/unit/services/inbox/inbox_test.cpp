// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "services/inbox/inbox.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

class InboxTest : public testing::Test {
 protected:
  static RawUpdate raw(std::int64_t key, std::int64_t lane, std::string body = "{}") {
    RawUpdate out;
    out.key = key;
    out.lane = lane;
    out.body = std::move(body);
    return out;
  }
  std::vector<std::int64_t> claim(int limit = 10) {
    std::vector<std::int64_t> keys;
    last_ = world_.run(inbox_.claim(limit));
    for (const ClaimedUpdate& update : last_) {
      keys.push_back(update.update_id);
    }
    return keys;
  }

  fakes::ServiceWorld world_;
  Inbox& inbox_ = world_.inbox;
  std::vector<ClaimedUpdate> last_;
};

using Keys = std::vector<std::int64_t>;

TEST_F(InboxTest, AFreshUpdateIsAtHandAtOnce) {
  world_.run(inbox_.store({raw(1, 10)}));
  EXPECT_LE(world_.run(inbox_.due_in())->count(), 0);
  EXPECT_EQ(claim(), Keys({1}));
}

TEST_F(InboxTest, WhatIsStoredForOthersIsFreeForThemAtOnce) {
  Inbox elsewhere(world_.context, fakes::ServiceWorld::kBot, Handled::elsewhere);
  world_.run(elsewhere.store({raw(1, 10), raw(2, 10)}));
  EXPECT_EQ(claim(), Keys({1}));
  EXPECT_EQ(last_[0].attempts, 1);
  world_.run(elsewhere.store({raw(1, 10)}));
  world_.run(inbox_.done(last_[0]));
  EXPECT_EQ(claim(), Keys({2}));
}

/// How often the table is asked, and who else is told.
class InboxReasons : public InboxTest {
 protected:
  InboxReasons() {
    world_.signals.inbox.tell([this] { ++told_; });
    // The look of a process that begins.
    world_.run(inbox_.due_in());
    world_.asked.round_trips = 0;
  }
  bool is_due() { return world_.run(inbox_.due_in()).value() <= Millis(0); }
  /// Since the last time that this was asked.
  int asked() { return std::exchange(world_.asked.round_trips, 0); }

  int told_ = 0;
};

TEST_F(InboxReasons, AnUpdateIsStoredAndEndedAndNobodyAsksForTheNext) {
  world_.run(inbox_.store({raw(1, 10)}));
  EXPECT_TRUE(is_due());
  EXPECT_EQ(claim(), Keys({1}));
  EXPECT_FALSE(is_due());
  EXPECT_EQ(asked(), 1) << "stored";
  world_.run(inbox_.done(last_[0]));
  EXPECT_FALSE(is_due());
  EXPECT_EQ(asked(), 1) << "ended";
  EXPECT_EQ(told_, 0) << "nobody else can take anything";
}

TEST_F(InboxReasons, TheNextOfALaneIsClaimedAsSoonAsItsHeadHasEnded) {
  world_.run(inbox_.store({raw(1, 10), raw(2, 10)}));
  EXPECT_EQ(claim(), Keys({1}));
  EXPECT_FALSE(is_due());
  asked();
  world_.run(inbox_.done(last_[0]));
  EXPECT_TRUE(is_due());
  EXPECT_EQ(claim(), Keys({2}));
  EXPECT_EQ(asked(), 2) << "ended and claimed";
  EXPECT_EQ(told_, 0);
}

TEST_F(InboxReasons, ATurnThatEndsItsUpdateWakesTheNextOfItsLane) {
  auto turn = world_.open();
  world_.run(inbox_.store({raw(100, fakes::ServiceWorld::kChat)}));
  EXPECT_FALSE(is_due());
  world_.run(turn.commit()).value();
  EXPECT_TRUE(is_due());
  EXPECT_EQ(claim(), Keys({100}));
}

TEST_F(InboxReasons, WhatIsPutBackIsClaimedWhenItsTimeComesWithoutALookBefore) {
  world_.policy.update_backoff = Millis(300);
  world_.run(inbox_.store({raw(1, 10)}));
  claim();
  world_.run(inbox_.wait_out(last_[0], world_.policy.update_backoff));
  asked();
  EXPECT_EQ(world_.run(inbox_.due_in()), Millis(300));
  world_.clock.advance(Millis(300));
  EXPECT_TRUE(is_due());
  EXPECT_EQ(asked(), 0);
  EXPECT_EQ(claim(), Keys({1}));
}

TEST_F(InboxReasons, WhatAnotherProcessLeftIsFoundWithinTheIdleTime) {
  Inbox other(world_.context, fakes::ServiceWorld::kBot, Handled::elsewhere);
  world_.run(other.store({raw(1, 10)}));
  world_.signals.inbox.take_rung();
  asked();
  EXPECT_FALSE(is_due());
  EXPECT_EQ(asked(), 0);
  world_.clock.advance(world_.policy.idle_poll);
  EXPECT_TRUE(is_due());
  EXPECT_EQ(asked(), 1);
}

TEST_F(InboxReasons, OthersAreToldOfWhatTheyCanTake) {
  Inbox elsewhere(world_.context, fakes::ServiceWorld::kBot, Handled::elsewhere);
  world_.run(elsewhere.store({raw(1, 10)}));
  EXPECT_EQ(told_, 1) << "the head of a lane that nobody handles";
  EXPECT_TRUE(is_due());
  EXPECT_EQ(claim(), Keys({1}));
  world_.run(inbox_.defer(last_[0], Millis(60'000)));
  EXPECT_FALSE(is_due());
  world_.run(inbox_.store({raw(2, 10)}));
  EXPECT_EQ(told_, 2) << "a head that its follower woke";
  EXPECT_TRUE(is_due());
  world_.run(inbox_.store({raw(3, 30)}));
  world_.run(inbox_.release());
  EXPECT_EQ(told_, 3) << "what a stopping process gave back";
}

TEST_F(InboxReasons, FreshUpdatesDoNotHoldUpWhatWaitsInTheTable) {
  world_.run(inbox_.store({raw(1, 10), raw(2, 10)}));
  EXPECT_EQ(claim(), Keys({1}));
  world_.run(inbox_.done(last_[0]));
  world_.run(inbox_.store({raw(3, 30), raw(4, 40)}));
  EXPECT_TRUE(is_due());
  EXPECT_EQ(claim(1), Keys({2}));
  EXPECT_EQ(claim(1), Keys({3}));
}

TEST_F(InboxReasons, UpdatesOfAnEarlierTokenAreHandledToo) {
  Inbox before(world_.context, 5, Handled::elsewhere);
  world_.run(before.store({raw(1, 10)}));
  world_.run(inbox_.store({raw(1, 20)}));
  world_.clock.advance(world_.policy.idle_poll);
  std::vector<std::int64_t> lanes;
  while (is_due()) {
    claim(1);
    lanes.push_back(last_.at(0).lane);
    world_.run(inbox_.done(last_[0]));
  }
  EXPECT_EQ(lanes, Keys({10, 20}));
}

TEST_F(InboxTest, AStoppingProcessGivesBackWhatItNeverBegan) {
  world_.run(inbox_.store({raw(1, 10), raw(2, 20)}));
  EXPECT_EQ(claim(1), Keys({1}));
  world_.run(inbox_.release());
  Inbox other(world_.context, fakes::ServiceWorld::kBot);
  const auto taken = world_.run(other.claim(10));
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].update_id, 2);
  EXPECT_EQ(taken[0].attempts, 1);
}

TEST_F(InboxTest, WhatWaitedHereTooLongGoesBackUncounted) {
  world_.run(inbox_.store({raw(1, 10)}));
  world_.clock.advance(world_.policy.lease / 2);
  EXPECT_EQ(claim(), Keys());
  Inbox other(world_.context, fakes::ServiceWorld::kBot);
  const auto taken = world_.run(other.claim(10));
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].attempts, 1);
}

TEST_F(InboxTest, AClaimKnowsWhenItIsOver) {
  world_.run(inbox_.store({raw(1, 10)}));
  claim();
  EXPECT_FALSE(last_[0].lease.over());
  world_.clock.advance(world_.policy.lease * 7 / 8);
  EXPECT_TRUE(last_[0].lease.over()) << "the last eighth is for the call itself";
  EXPECT_FALSE(Lease().over());
}

TEST_F(InboxTest, ARepeatedUpdateIsHandledOnce) {
  world_.run(inbox_.store({raw(1, 10)}));
  world_.run(inbox_.store({raw(1, 10), raw(1, 10, "{\"other\":1}")}));
  EXPECT_EQ(claim(), Keys({1}));
  world_.run(inbox_.done(last_[0]));
  world_.run(inbox_.store({raw(1, 10)}));
  EXPECT_EQ(claim(), Keys());
}

TEST_F(InboxTest, AChatKeepsItsOrderAndChatsRunSideBySide) {
  world_.run(inbox_.store({raw(1, 10), raw(2, 10), raw(3, 20)}));
  EXPECT_EQ(claim(), Keys({1, 3}));
  EXPECT_EQ(claim(), Keys());
  auto first = last_;
  world_.clock.advance(Millis(31'000));
  EXPECT_EQ(claim(), Keys({1, 3}));
  world_.run(inbox_.done(last_[0]));
  EXPECT_EQ(claim(), Keys({2}));
}

TEST_F(InboxTest, AnUpdateThatIsNoUpdateIsKeptAndNeverClaimed) {
  RawUpdate bad = raw(0, 0, "not json");
  bad.poison = true;
  world_.run(inbox_.store({bad, bad}));
  EXPECT_EQ(claim(), Keys());
  EXPECT_EQ(world_.number("SELECT count(*) FROM inbox WHERE state = 'poison'"), 1);
}

TEST_F(InboxTest, AFailedUpdateComesAgainAfterAPauseAndIsPoisonInTheEnd) {
  world_.run(inbox_.store({raw(1, 10), raw(2, 10)}));
  for (int i = 0; i < world_.policy.update_max_attempts; ++i) {
    ASSERT_EQ(claim(), Keys({1})) << i;
    world_.run(inbox_.retry(last_[0]));
    if (i + 1 < world_.policy.update_max_attempts) {
      EXPECT_EQ(claim(), Keys()) << "no pause after attempt " << i;
    }
    world_.clock.advance(Millis(30'000));
  }
  EXPECT_EQ(claim(), Keys({2}));
}

}  // namespace
}  // namespace aisha::services
