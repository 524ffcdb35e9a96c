// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace inbox = stores::inbox;
using namespace testing;
using inbox::Taken;
using inbox::Update;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Inbox : public StoreTest {
 protected:
  inbox::Intake put(std::vector<Update> updates) {
    return ask([&](UnitOfWork& u) { return inbox::put(u, updates, kLease); });
  }
  std::vector<Taken> claim() {
    return ask([](UnitOfWork& u) { return inbox::claim(u, 10, kLease); });
  }
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
    ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::done(u, current); }));
    current = claim().at(0);
    order.push_back(current.update_id);
  }
  EXPECT_THAT(order, ElementsAre(1, 2, 3));
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
  EXPECT_EQ(ask([](UnitOfWork& u) { return inbox::next_due(u); }), clock_.now() + Millis(500));
  clock_.advance(Millis(500));
  EXPECT_THAT(ids(claim()), ElementsAre(1));
}

TEST_P(Inbox, ADeferredUpdateIsWokenByTheNextOfItsLaneAndHasLostNoTry) {
  const auto intake = put({{1, 10, "a"}});
  ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::defer(u, intake.taken.at(0), Millis(60'000), "telegram.flood"); }));
  EXPECT_THAT(claim(), IsEmpty());
  put({{2, 20, "another lane"}});
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_EQ(put({{3, 10, "b"}}).waiting, 1);
  const auto woken = claim();
  ASSERT_THAT(ids(woken), ElementsAre(1));
  EXPECT_EQ(woken[0].attempts, 1);
  EXPECT_EQ(ask([](UnitOfWork& u) { return inbox::behind(u, 10, 1); }), "b");
  EXPECT_EQ(ask([](UnitOfWork& u) { return inbox::behind(u, 10, 3); }), std::nullopt);
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
        co_await inbox::put_poison(unit, std::move(text), "update.malformed");
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
  ASSERT_TRUE(write([&](UnitOfWork& u) { inbox::done(u, intake.taken.at(0)); }));
  clock_.advance(Millis(1));
  ASSERT_TRUE(write([](UnitOfWork& u) { inbox::sweep(u, u.now()); }));
  EXPECT_EQ(number(sql::Statement("SELECT min(update_id) FROM inbox")), 2);
}

}  // namespace
}  // namespace aisha
