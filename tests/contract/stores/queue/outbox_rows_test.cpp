// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace outbox = stores::outbox;
using namespace testing;
using outbox::Message;
using outbox::Taken;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Outbox : public StoreTest {
 protected:
  Outbox() { make_user(2002, 0); }

  void enqueue(std::int64_t lane, const std::string& key, Millis delay = Millis(0)) {
    Message message;
    message.lane = lane;
    message.kind = "notice";
    message.ref = key;
    message.dedupe_key = key;
    message.idempotent = false;
    message.delay = delay;
    EXPECT_TRUE(write([&](UnitOfWork& u) { outbox::enqueue(u, message); }));
  }
  std::vector<Taken> claim() {
    return ask([](UnitOfWork& u) { return outbox::claim(u, 10, kLease); });
  }
  void change(sql::Text text) { run(db().write({{sql::Statement(text), std::nullopt}})).value(); }
  static std::vector<std::string> refs(const std::vector<Taken>& taken) {
    std::vector<std::string> all;
    for (const Taken& one : taken) {
      all.push_back(one.ref);
    }
    std::ranges::sort(all);
    return all;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Outbox, ::testing::ValuesIn(engines()), case_name);

TEST_P(Outbox, OnlyTheHeadOfEachLaneIsGiven) {
  enqueue(1001, "a1");
  enqueue(1001, "a2");
  enqueue(2002, "b1");
  const auto taken = claim();
  EXPECT_THAT(refs(taken), ElementsAre("a1", "b1"));
  EXPECT_THAT(claim(), IsEmpty());
  for (const Taken& message : taken) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::sent(u, message, 77); }));
  }
  EXPECT_THAT(refs(claim()), ElementsAre("a2"));
}

TEST_P(Outbox, AMessageWithAKnownKeyIsDropped) {
  enqueue(1001, "a1");
  enqueue(1001, "a1");
  EXPECT_EQ(ask([](UnitOfWork& u) { return outbox::backlog(u); }).waiting, 1);
  EXPECT_TRUE(ask([](UnitOfWork& u) { return outbox::has(u, "a1"); }));
  EXPECT_FALSE(ask([](UnitOfWork& u) { return outbox::has(u, "a2"); }));
}

TEST_P(Outbox, OneThatWaitsTellsWhatCameAfterIt) {
  const auto say = [&](const char* key) {
    Message message;
    message.lane = 1001;
    message.kind = "avatar_card";
    message.ref = "an avatar";
    message.dedupe_key = key;
    message.delay = Millis(1'500);
    message.unless_waiting = true;
    EXPECT_TRUE(write([&](UnitOfWork& u) { outbox::enqueue(u, message); }));
  };
  const auto waiting = [&] { return ask([](UnitOfWork& u) { return outbox::backlog(u); }).waiting; };
  say("first");
  say("second");
  EXPECT_EQ(waiting(), 1);
  clock_.advance(Millis(1'500));
  const auto taken = claim();
  ASSERT_THAT(taken, SizeIs(1));
  say("third");
  EXPECT_EQ(waiting(), 2) << "the one on its way may have been read before";
  ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::sent(u, taken[0], 77); }));
  clock_.advance(Millis(1'500));
  EXPECT_THAT(claim(), SizeIs(1));
}

TEST_P(Outbox, WhatBecameOfAMessageIsKnownByItsKey) {
  const auto fate = [&](const char* key) { return ask([&](UnitOfWork& u) { return outbox::fate(u, key); }); };
  EXPECT_FALSE(fate("a1"));
  enqueue(1001, "a1");
  enqueue(1001, "a2");
  EXPECT_FALSE(fate("a1")->is_over);
  Taken taken = claim().at(0);
  EXPECT_FALSE(fate("a1")->is_over);
  ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::sent(u, taken, 77); }));
  EXPECT_TRUE(fate("a1")->is_over);
  EXPECT_TRUE(fate("a1")->is_sent);
  taken = claim().at(0);
  ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::dead(u, taken, "too large"); }));
  EXPECT_TRUE(fate("a2")->is_over);
  EXPECT_FALSE(fate("a2")->is_sent);
  EXPECT_EQ(fate("a2")->error, "too large");
}

TEST_P(Outbox, OneThatTakesLongIsHeldLonger) {
  enqueue(1001, "a1");
  const Taken taken = claim().at(0);
  ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::prepare(u, taken, kLease * 3); }));
  clock_.advance(kLease * 3 - Millis(1));
  EXPECT_THAT(claim(), IsEmpty());
  clock_.advance(Millis(1));
  const auto again = claim();
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].maybe_sent, 0) << "it was still being made";
  for (const auto verb : {outbox::prepare, outbox::begin}) {
    const auto late = write([&](UnitOfWork& u) { verb(u, taken, kLease); });
    EXPECT_EQ(late.error().code, Errc::conflict) << "it is somebody else's by now";
  }
  ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::prepare(u, again[0], kLease); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::begin(u, again[0], kLease * 2); }));
  clock_.advance(kLease * 2 - Millis(1));
  EXPECT_THAT(claim(), IsEmpty());
  clock_.advance(Millis(1));
  EXPECT_EQ(claim().at(0).maybe_sent, 1) << "its sending had begun";
}

TEST_P(Outbox, ALaneWithoutAChatIsAConflict) {
  Message message;
  message.lane = 404;
  message.dedupe_key = "x";
  EXPECT_FALSE(write([&](UnitOfWork& u) { outbox::enqueue(u, message); }));
}

TEST_P(Outbox, ADelayedHeadDelaysItsChatAndNoOther) {
  enqueue(1001, "a1");
  enqueue(1001, "a2");
  const auto head = claim();
  ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::retry(u, head.at(0), Millis(7000), false); }));
  enqueue(2002, "b1");
  EXPECT_THAT(refs(claim()), ElementsAre("b1"));
  clock_.advance(Millis(7000));
  const auto again = claim();
  EXPECT_THAT(refs(again), ElementsAre("a1"));
  EXPECT_EQ(again.at(0).attempts, 2);
  EXPECT_EQ(again.at(0).maybe_sent, 0);
}

TEST_P(Outbox, ASenderThatVanishedLeavesAMaybe) {
  enqueue(1001, "a1");
  const auto lost = claim();
  EXPECT_EQ(ask([](UnitOfWork& u) { return outbox::next_due(u); }), clock_.now() + kLease);
  clock_.advance(kLease);
  const auto again = claim();
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].maybe_sent, 1);
  EXPECT_FALSE(write([&](UnitOfWork& u) { outbox::sent(u, lost.at(0), 1); })) << "the old sender is fenced";
  EXPECT_TRUE(write([&](UnitOfWork& u) { outbox::sent(u, again[0], 2); }));
}

TEST_P(Outbox, AnUnknownOutcomeIsCounted) {
  enqueue(1001, "a1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::retry(u, claim().at(0), Millis(0), true); }));
  EXPECT_EQ(claim().at(0).maybe_sent, 1);
}

TEST_P(Outbox, ADeadMessageLetsItsLaneGoOn) {
  enqueue(1001, "a1");
  enqueue(1001, "a2");
  ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::dead(u, claim().at(0), "telegram.refused"); }));
  EXPECT_THAT(refs(claim()), ElementsAre("a2"));
}

TEST_P(Outbox, ManyWritersOfOneLaneGetNumbersOfTheirOwn) {
  std::vector<Task<Result<void>>> tasks;
  std::vector<std::unique_ptr<UnitOfWork>> units;
  for (int i = 0; i < 30; ++i) {
    Message message;
    message.lane = 1001;
    message.dedupe_key = std::to_string(i);
    units.push_back(std::make_unique<UnitOfWork>(db(), rng_));
    outbox::enqueue(*units.back(), message);
    tasks.push_back(units.back()->commit());
  }
  for (const auto& done : run_all(std::move(tasks))) {
    EXPECT_TRUE(done);
  }
  EXPECT_EQ(number(sql::Statement("SELECT count(DISTINCT seq) FROM outbox")), 30);
}

TEST_P(Outbox, OnlyTheHeadOfALaneIsDue) {
  enqueue(1001, "a1");
  enqueue(1001, "a2");
  enqueue(2002, "b1");
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM outbox WHERE due_at IS NOT NULL")), 2);
  for (const Taken& message : claim()) {
    UnitOfWork u(db(), rng_);
    outbox::sent(u, message, 0);
    ASSERT_TRUE(commit(u));
    EXPECT_EQ(stores::lane_queue::has_promoted(u), message.lane == 1001);
  }
}

TEST_P(Outbox, AMessageForLaterIsNotSentEarlierWhenItBecomesTheHead) {
  enqueue(1001, "a1");
  enqueue(1001, "a2", Millis(7000));
  ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::sent(u, claim().at(0), 0); }));
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_EQ(ask([](UnitOfWork& u) { return outbox::next_due(u); }), clock_.now() + Millis(7000));
  clock_.advance(Millis(7000));
  EXPECT_THAT(refs(claim()), ElementsAre("a2"));
}

TEST_P(Outbox, ALaneThatLostItsHeadIsFoundAndGoesOn) {
  enqueue(1001, "a1");
  enqueue(1001, "a2");
  const auto mend = [](UnitOfWork& u) { return outbox::mend(u); };
  EXPECT_EQ(ask(mend), 0);
  change("UPDATE outbox SET due_at = NULL");
  EXPECT_EQ(ask(mend), 1);
  EXPECT_THAT(refs(claim()), ElementsAre("a1"));
}

TEST_P(Outbox, OnlyFinishedOldRowsAreSweptAndParkedOnesStay) {
  enqueue(1001, "a1");
  enqueue(2002, "b1");
  for (const Taken& message : claim()) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { outbox::sent(u, message, 1); }));
  }
  change("UPDATE outbox SET state = 'parked' WHERE lane = 2002");
  enqueue(1001, "a2");
  clock_.advance(Millis(1));
  EXPECT_EQ(ask([](UnitOfWork& u) { return outbox::sweep(u, u.now(), 10); }), 1);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM outbox WHERE ref IN ('b1', 'a2')")), 2);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM outbox")), 2);
}

}  // namespace
}  // namespace aisha
