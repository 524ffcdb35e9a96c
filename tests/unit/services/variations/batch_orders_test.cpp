// SPDX-License-Identifier: Apache-2.0
#include "services/variations/batch_orders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using domain::PictureState;
using domain::Variation;
using fakes::ServiceWorld;

class BatchOrdersTest : public testing::Test {
 protected:
  BatchOrdersTest() { world_.policy.starting_grant = 100; }

  /// Four more like a picture that is there; the id of the batch.
  Uuid four() {
    const Uuid first = world_.tap().id;
    world_.settle();
    world_.sender.told.clear();
    EXPECT_TRUE(order(first, "tap:1:1:800"));
    return world_.run(world_.db->read(sql::Statement("SELECT id FROM batches")))[0].uuid(0);
  }
  Result<AcceptedVariation> order(const Uuid& picture, std::string key) {
    auto turn = world_.open();
    VariationTap tap{std::move(key), {turn.chat(), 77}, 20};
    VariationOrder what{.picture = picture, .kind = Variation::batch};
    auto accepted = world_.run(world_.variations.vary(turn.actor(), std::move(what), std::move(tap)));
    world_.run(turn.commit()).value();
    return accepted;
  }
  domain::BatchStatus status(const Uuid& batch) { return world_.run(world_.batches.status(batch)).value(); }
  std::int64_t told(Meaning meaning) {
    return std::ranges::count(world_.sender.told, meaning, &OutboxMessage::meaning);
  }
  Generations::CancelAnswer cancel(const Uuid& batch) {
    auto turn = world_.open();
    const auto answer = world_.run(world_.batches.cancel(turn.actor(), batch)).value();
    world_.run(turn.commit()).value();
    return answer;
  }
  void fail_next(int results) {
    for (int i = 0; i < results; ++i) {
      world_.provider.results.push_back(fail(Errc::provider_rejected));
    }
  }

  ServiceWorld world_;
};

TEST_F(BatchOrdersTest, FourAreHeldForMadeAndToldOfInOneMessage) {
  const Uuid batch = four();
  EXPECT_EQ(world_.free_coins(), 75);
  EXPECT_EQ(status(batch).batch.open, 4);
  EXPECT_EQ(world_.number("SELECT count(*) FROM request_keys WHERE request_key LIKE 'tap:1:1:800%'"), 4);
  EXPECT_EQ(world_.number("SELECT count(DISTINCT seed) FROM generation_requests WHERE batch_id IS NOT NULL"), 4);
  EXPECT_EQ(world_.number("SELECT count(DISTINCT input) FROM jobs WHERE batch_id IS NOT NULL"), 4);
  EXPECT_EQ(world_.number("SELECT count(*) FROM jobs WHERE batch_id IS NOT NULL AND status_message_id = 77"), 4);
  world_.settle();
  const auto done = status(batch);
  EXPECT_EQ(done.batch.open, 0);
  EXPECT_EQ(done.count(PictureState::ready), 4);
  EXPECT_EQ(done.live().size(), 4U);
  EXPECT_EQ(told(Meaning::batch_album), 1);
  EXPECT_EQ(told(Meaning::batch_result), 1);
  EXPECT_EQ(told(Meaning::ready_notice), 0) << "the album is notice enough";
  EXPECT_EQ(told(Meaning::job_result) + told(Meaning::job_status), 0);
  EXPECT_EQ(world_.free_coins(), 75);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(BatchOrdersTest, TheSameTapOnceMoreIsTheSameBatch) {
  const Uuid batch = four();
  const Uuid parent = *status(batch).batch.parent_id;
  const auto again = order(parent, "tap:1:1:800");
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->order.repeated);
  EXPECT_EQ(world_.number("SELECT count(*) FROM batches"), 1);
  EXPECT_EQ(order(parent, "tap:1:1:99").error().code, Errc::callback_unknown) << "an older button of that message";
  EXPECT_TRUE(order(parent, "tap:1:1:1000")) << "a newer one";
}

TEST_F(BatchOrdersTest, ABatchIsOneOrderOfTheTwoThatMayBeOpen) {
  four();
  const Uuid parent = world_.run(world_.db->read(sql::Statement("SELECT parent_id FROM batches")))[0].uuid(0);
  EXPECT_TRUE(order(parent, "tap:1:2:801"));
  EXPECT_EQ(order(parent, "tap:1:3:802").error().code, Errc::limit_active);
}

TEST_F(BatchOrdersTest, OneThatFailsGivesItsCoinsBackAndTheRestIsToldOnce) {
  const Uuid batch = four();
  fail_next(1);
  world_.settle();
  const auto done = status(batch);
  EXPECT_EQ(done.count(PictureState::ready), 3);
  EXPECT_EQ(done.count(PictureState::failed), 1);
  EXPECT_EQ(world_.free_coins(), 80);
  EXPECT_EQ(told(Meaning::batch_album), 1);
  EXPECT_EQ(told(Meaning::batch_result), 1);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(BatchOrdersTest, CancelledInTheMiddleWhatIsFinishedStaysAndIsPaidFor) {
  const Uuid batch = four();
  // The first one is made while the others wait.
  world_.step(world_.submit_worker, 1);
  world_.clock.advance(Millis(1'000));
  while (status(batch).count(PictureState::ready) == 0) {
    world_.step(world_.poll_worker, 1);
    world_.step(world_.result_worker, 1);
    world_.clock.advance(Millis(1'000));
  }
  EXPECT_EQ(cancel(batch), Generations::CancelAnswer::cancelled);
  world_.settle();
  const auto done = status(batch);
  EXPECT_EQ(done.count(PictureState::ready), 1);
  EXPECT_EQ(done.count(PictureState::cancelled), 3);
  EXPECT_EQ(done.batch.open, 0);
  EXPECT_EQ(world_.free_coins(), 90);
  EXPECT_EQ(told(Meaning::batch_album), 1);
  EXPECT_EQ(told(Meaning::batch_result), 1);
  EXPECT_EQ(cancel(batch), Generations::CancelAnswer::too_late);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(BatchOrdersTest, CancelledAtOnceItEndsInTheUnitOfThePress) {
  const Uuid batch = four();
  EXPECT_EQ(cancel(batch), Generations::CancelAnswer::cancelled);
  EXPECT_EQ(status(batch).batch.open, 0);
  EXPECT_EQ(world_.free_coins(), 95);
  world_.settle();
  EXPECT_EQ(told(Meaning::batch_result), 1);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(BatchOrdersTest, WhatIsMissingIsMadeOnce) {
  const Uuid batch = four();
  fail_next(2);
  world_.settle();
  const auto missing = [&](std::int64_t price) {
    auto turn = world_.open();
    VariationTap tap{"missing:" + batch.to_base64url(), {turn.chat(), 0}, price};
    auto accepted = world_.run(world_.batches.make_missing(turn.actor(), batch, std::move(tap)));
    world_.run(turn.commit()).value();
    return accepted;
  };
  EXPECT_EQ(missing(5).error().code, Errc::price_changed) << "two are missing";
  const auto accepted = missing(10);
  ASSERT_TRUE(accepted);
  EXPECT_TRUE(missing(10)->order.repeated);
  world_.settle();
  EXPECT_EQ(world_.number("SELECT count(*) FROM batches"), 2);
  EXPECT_EQ(world_.picture(accepted->order.id).parent_id, status(batch).batch.parent_id);
  EXPECT_EQ(world_.number("SELECT count(*) FROM generation_requests WHERE status = 'ready'"), 5);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(BatchOrdersTest, AWholeOneLacksNothingAndAnothersIsNotThere) {
  const Uuid batch = four();
  world_.settle();
  auto turn = world_.open();
  VariationTap tap{"missing:x", {turn.chat(), 0}, 5};
  EXPECT_EQ(world_.run(world_.batches.make_missing(turn.actor(), batch, tap)).error().code, Errc::not_found);
  auto stranger = world_.open(2002);
  EXPECT_EQ(world_.run(world_.batches.cancel(stranger.actor(), batch)).error().code, Errc::not_found);
  EXPECT_EQ(world_.run(world_.batches.make_missing(stranger.actor(), batch, tap)).error().code, Errc::not_found);
}

TEST_F(BatchOrdersTest, ABatchThatIsMissedInTheCountIsFound) {
  const Uuid batch = four();
  world_.run(world_.db->write({{sql::Statement("UPDATE batches SET open = 3"), 1}})).value();
  EXPECT_THAT(world_.broken_invariants(),
              testing::Contains(testing::HasSubstr("I20 batch " + batch.to_string() + ": 3 open, 4 of its pictures")));
}

}  // namespace
}  // namespace aisha::services
