// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace inbox = stores::inbox;
using namespace testing;
using inbox::Taken;
using stores::lane_queue::has_promoted;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kBot = 7;

struct Update {
  std::int64_t update_id;
  std::int64_t lane;
  std::string body;
};

class Inbox : public StoreTest {
 protected:
  inbox::Intake put(const std::vector<Update>& updates, std::int64_t bot = kBot) {
    std::vector<inbox::Update> raw;
    for (const Update& update : updates) {
      raw.push_back({update.update_id, update.lane, "message", update.body});
    }
    return ask([&](UnitOfWork& u) { return inbox::put(u, bot, raw, kLease); });
  }
  std::vector<Taken> claim(std::int64_t bot = kBot) {
    return ask([&](UnitOfWork& u) { return inbox::claim(u, bot, 10, kLease); });
  }
  /// Ends it; whether the lane's next became its head.
  bool end(const Taken& update) {
    UnitOfWork u(db(), rng_);
    inbox::done(u, update);
    EXPECT_TRUE(commit(u));
    return has_promoted(u);
  }
  std::optional<inbox::Due> next_due() {
    return ask([](UnitOfWork& u) { return inbox::next_due(u); });
  }
  void change(sql::Text text) { run(db().write({{sql::Statement(text), std::nullopt}})).value(); }
  static std::vector<std::int64_t> ids(const std::vector<Taken>& taken) {
    std::vector<std::int64_t> all;
    for (const Taken& one : taken) {
      all.push_back(one.update_id);
    }
    return all;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Inbox, ::testing::ValuesIn(engines()), case_name);

TEST_P(Inbox, HeadsOfIdleLanesAreOursAtOnceAndTheRestWaits) {
  const auto intake = put({{3, 10, "c"}, {1, 10, "a"}, {2, 20, "b"}});
  EXPECT_THAT(ids(intake.taken), ElementsAre(1, 2));
  EXPECT_EQ(intake.taken[0].body, "a");
  EXPECT_EQ(intake.waiting, 1);
  EXPECT_THAT(claim(), IsEmpty()) << "the lane's head is being worked on";
}

TEST_P(Inbox, ALaneGoesOnInOrderWhenItsHeadIsDone) {
  auto intake = put({{1, 10, "a"}, {2, 10, "b"}, {3, 10, "c"}});
  std::vector<std::int64_t> order{intake.taken.at(0).update_id};
  Taken current = intake.taken.at(0);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(end(current));
    current = claim().at(0);
    order.push_back(current.update_id);
  }
  EXPECT_THAT(order, ElementsAre(1, 2, 3));
  EXPECT_FALSE(end(current)) << "nothing stands behind it";
  EXPECT_FALSE(next_due());
}

TEST_P(Inbox, OnlyTheHeadOfALaneIsDue) {
  put({{1, 10, "a"}, {2, 10, "b"}, {3, 10, "c"}, {4, 20, "d"}});
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM inbox WHERE due_at IS NOT NULL")), 2);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM inbox WHERE due_at IS NULL AND lane = 10")), 2);
}

TEST_P(Inbox, AnEarlierIdThatComesLateIsNotLost) {
  const auto intake = put({{5, 10, "late comes before"}});
  put({{4, 10, "early comes after"}, {6, 10, "c"}});
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_TRUE(end(intake.taken.at(0)));
  const auto next = claim();
  ASSERT_THAT(ids(next), ElementsAre(4));
  EXPECT_TRUE(end(next[0]));
  EXPECT_THAT(ids(claim()), ElementsAre(6));
}

TEST_P(Inbox, OfTwoHeadsOfALaneOneIsGiven) {
  put({{1, 10, "a"}, {2, 10, "b"}});
  // As two processes leave it that stored the two at once.
  change("UPDATE inbox SET due_at = received_at");
  const auto first = claim();
  EXPECT_THAT(ids(first), ElementsAre(1));
  EXPECT_THAT(claim(), IsEmpty());
  end(first.at(0));
  EXPECT_THAT(ids(claim()), ElementsAre(2));
}

TEST_P(Inbox, ALaneThatLostItsHeadIsFoundAndGoesOn) {
  put({{1, 10, "a"}, {2, 10, "b"}, {3, 20, "c"}});
  const auto mend = [](UnitOfWork& u) { return inbox::mend(u); };
  EXPECT_EQ(ask(mend), 0);
  change("UPDATE inbox SET due_at = NULL WHERE lane = 10");
  EXPECT_EQ(ask(mend), 1);
  EXPECT_EQ(ask(mend), 0);
  EXPECT_THAT(ids(claim()), ElementsAre(1));
}

TEST_P(Inbox, ARepeatedUpdateIsDroppedAndAnotherBodyIsNoted) {
  put({{1, 10, "a"}, {2, 20, "b"}});
  const auto again = put({{1, 10, "a"}, {2, 20, "other"}, {4, 40, "d"}});
  EXPECT_EQ(again.duplicates, 2);
  EXPECT_EQ(again.conflicting, 1);
  EXPECT_THAT(ids(again.taken), ElementsAre(4));
}

TEST_P(Inbox, ARepeatOfADoneUpdateHasNoEffect) {
  const auto intake = put({{1, 10, "a"}});
  ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::done(u, intake.taken.at(0)); }));
  EXPECT_THAT(put({{1, 10, "a"}}).taken, IsEmpty());
  EXPECT_THAT(claim(), IsEmpty());
}

TEST_P(Inbox, AHandledUpdatesTextIsNotKept) {
  const auto intake = put({{1, 10, "a"}});
  ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::done(u, intake.taken.at(0)); }));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM inbox WHERE state = 'done' AND body = ''")), 1);
  EXPECT_EQ(put({{1, 10, "other"}}).conflicting, 0) << "nothing is left to compare it with";
}

TEST_P(Inbox, EachBotHasIdsOfItsOwnAndItsUpdatesAreClaimedByName) {
  constexpr std::int64_t kOther = 8;
  put({{1, 10, "a"}});
  clock_.advance(Millis(5));
  EXPECT_THAT(ids(put({{1, 20, "b"}}, kOther).taken), ElementsAre(1));
  EXPECT_EQ(next_due()->bot_id, kBot);
  clock_.advance(kLease);
  EXPECT_THAT(ids(claim()), ElementsAre(1));
  EXPECT_EQ(next_due()->bot_id, kOther);
  const auto taken = claim(kOther);
  ASSERT_THAT(ids(taken), ElementsAre(1));
  EXPECT_EQ(taken[0].body, "b");
}

TEST_P(Inbox, AKnownIdOfAFinishedUpdateIsAnotherUpdateAfterADay) {
  const auto old = put({{1, 10, "a"}, {2, 20, "b"}}).taken;
  end(old.at(0));
  clock_.advance(std::chrono::hours(24));
  EXPECT_EQ(put({{1, 30, "too early"}}).duplicates, 1);
  clock_.advance(Millis(1));
  const auto again = put({{1, 30, "c"}, {2, 20, "still open"}});
  ASSERT_THAT(ids(again.taken), ElementsAre(1));
  EXPECT_EQ(again.duplicates, 1);
  EXPECT_EQ(again.taken[0].attempts, 1);
  EXPECT_GT(again.taken[0].epoch, old[0].epoch);
  EXPECT_FALSE(write([&](UnitOfWork& u) { inbox::done(u, old[0]); })) << "the old one is over";
  end(again.taken[0]);
  EXPECT_EQ(number(sql::Statement("SELECT lane FROM inbox WHERE update_id = 1")), 30);
}

TEST_P(Inbox, AWorkerThatVanishedIsReplacedAndItsWriteRefused) {
  const auto intake = put({{1, 10, "a"}});
  clock_.advance(kLease);
  const auto taken = claim();
  ASSERT_THAT(ids(taken), ElementsAre(1));
  EXPECT_EQ(taken[0].attempts, 2);
  EXPECT_FALSE(write([&](UnitOfWork& u) { inbox::done(u, intake.taken.at(0)); }));
  EXPECT_TRUE(write([&](UnitOfWork& u) { inbox::done(u, taken[0]); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { inbox::done(u, taken[0]); })) << "done once";
}

TEST_P(Inbox, AnUpdateGivenBackHoldsItsLaneUntilItIsDue) {
  const auto intake = put({{1, 10, "a"}, {2, 10, "b"}});
  ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::retry_later(u, intake.taken.at(0), Millis(500), "service"); }));
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_EQ(next_due()->at, clock_.now() + Millis(500));
  clock_.advance(Millis(500));
  EXPECT_THAT(ids(claim()), ElementsAre(1));
}

TEST_P(Inbox, ADeferredUpdateIsWokenByTheNextOfItsLaneAndHasLostNoTry) {
  const auto intake = put({{1, 10, "a"}});
  ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::defer(u, intake.taken.at(0), Millis(60'000), "telegram.flood"); }));
  EXPECT_THAT(claim(), IsEmpty());
  put({{2, 20, "another lane"}});
  EXPECT_THAT(claim(), IsEmpty());
  const auto follower = put({{3, 10, "b"}});
  EXPECT_EQ(follower.waiting, 1);
  EXPECT_EQ(follower.woken, 1);
  const auto woken = claim();
  ASSERT_THAT(ids(woken), ElementsAre(1));
  EXPECT_EQ(woken[0].attempts, 1);
}

TEST_P(Inbox, OneThatIsInHandAgainIsNotWoken) {
  const auto intake = put({{1, 10, "a"}});
  ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::defer(u, intake.taken.at(0), Millis(500), "telegram.flood"); }));
  clock_.advance(Millis(500));
  ASSERT_THAT(ids(claim()), ElementsAre(1));
  EXPECT_EQ(put({{2, 10, "b"}}).woken, 0);
  EXPECT_THAT(claim(), IsEmpty());
}

TEST_P(Inbox, WhatStandsBehindIsSeenFromTheHead) {
  const auto intake = put({{1, 10, "a"}, {2, 10, "b"}, {3, 20, "c"}});
  const auto behind = [&](const Taken& one) { return ask([&](UnitOfWork& u) { return inbox::behind(u, one); }); };
  ASSERT_TRUE(behind(intake.taken.at(0)));
  EXPECT_EQ(behind(intake.taken.at(0))->body, "b");
  EXPECT_EQ(behind(intake.taken.at(0))->kind, "message");
  EXPECT_FALSE(behind(intake.taken.at(1)));
}

TEST_P(Inbox, ARenewedLeaseLastsAndOnlyItsHolderMayRenewIt) {
  const auto intake = put({{1, 10, "a"}});
  clock_.advance(kLease / 2);
  ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::renew(u, intake.taken.at(0), kLease); }));
  clock_.advance(kLease * 3 / 4);
  EXPECT_THAT(claim(), IsEmpty());
  clock_.advance(kLease);
  EXPECT_THAT(ids(claim()), ElementsAre(1));
  EXPECT_FALSE(write([&](UnitOfWork& u) { inbox::renew(u, intake.taken.at(0), kLease); }));
}

TEST_P(Inbox, AnUpdateThatWaitsAfterAFailureIsNotWoken) {
  const auto intake = put({{1, 10, "a"}});
  ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::retry_later(u, intake.taken.at(0), Millis(500), "service"); }));
  put({{2, 10, "b"}});
  EXPECT_THAT(claim(), IsEmpty());
}

TEST_P(Inbox, APoisonedUpdateLetsItsLaneGoOn) {
  const auto intake = put({{1, 10, "a"}, {2, 10, "b"}});
  ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::poison(u, intake.taken.at(0), "internal.bug"); }));
  EXPECT_THAT(ids(claim()), ElementsAre(2));
}

TEST_P(Inbox, WhatIsNoUpdateIsKeptOncePerBytes) {
  for (const std::string& body :
       {std::string("{"), std::string("{"), std::string("["), std::string("\xFF{"), std::string("\0", 1)}) {
    ask([&](UnitOfWork& u) -> Task<bool> {
      return [](UnitOfWork& unit, std::string text) -> Task<bool> {
        co_await inbox::put_poison(unit, kBot, std::move(text), "update.malformed");
        co_return true;
      }(u, body);
    });
  }
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM inbox WHERE state = 'poison' AND update_id < 0")), 4);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM inbox WHERE body = '%FF%7B'")), 1);
  EXPECT_THAT(claim(), IsEmpty());
}

TEST_P(Inbox, OnlyFinishedOldRowsAreSwept) {
  const auto intake = put({{1, 10, "a"}, {2, 20, "b"}});
  end(intake.taken.at(0));
  clock_.advance(Millis(1));
  EXPECT_EQ(ask([](UnitOfWork& u) { return inbox::sweep(u, u.now(), 10); }), 1);
  EXPECT_EQ(number(sql::Statement("SELECT min(update_id) FROM inbox")), 2);
}

TEST_P(Inbox, ManyRowsAreSweptInBatches) {
  put({{1, 10, "a"}});
  change(
      "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1501)"
      " INSERT INTO inbox (bot_id, update_id, lane, kind, body, state, received_at)"
      " SELECT 7, i, i, 'message', '{}', 'done', (SELECT received_at FROM inbox WHERE update_id = 1) FROM n");
  clock_.advance(Millis(1));
  const auto sweep = [](UnitOfWork& u) { return inbox::sweep(u, u.now(), 1'000); };
  EXPECT_EQ(ask(sweep), 1'000);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM inbox")), 501);
  EXPECT_EQ(ask(sweep), 500);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM inbox")), 1);
}

TEST_P(Inbox, ABacklogIsCountedUpToTenThousandAndKnowsItsOldest) {
  put({{1, 10, "a"}});
  const TimePoint first = clock_.now();
  clock_.advance(Millis(1'000));
  put({{2, 20, "b"}});
  const auto backlog = [](UnitOfWork& u) { return inbox::backlog(u); };
  EXPECT_EQ(ask(backlog).waiting, 2);
  EXPECT_EQ(ask(backlog).oldest, first);
  change(
      "WITH RECURSIVE n (i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 10100)"
      " INSERT INTO inbox (bot_id, update_id, lane, kind, body, received_at)"
      " SELECT 7, i, 10, 'message', '{}', (SELECT received_at FROM inbox WHERE update_id = 2) FROM n");
  EXPECT_EQ(ask(backlog).waiting, 10'001);
  EXPECT_EQ(ask(backlog).oldest, first);
}

}  // namespace
}  // namespace aisha
