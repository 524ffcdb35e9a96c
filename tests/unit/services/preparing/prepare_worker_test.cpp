// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/unit/services/jobs/job_test.hpp"

namespace aisha::services {
namespace {

using domain::JobState;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

/// A picture that begins with a finished one: its object has to lie at the provider first.
class Preparing : public JobTest {
 protected:
  Preparing() {
    world_.settle();
    parent_ = ticket_.id;
    world_.sender.told.clear();
    ask();
  }

  void ask() {
    GenerationOrder order = world_.order();
    order.source = parent_;
    order.parent_id = parent_;
    ticket_ = world_.tap(person_, order);
  }
  void prepare() { ASSERT_EQ(world_.step(world_.prepare_worker), 1); }
  /// The coins of the finished picture are gone, those of this one are as they should be.
  bool both_held() {
    return world_.free_coins(person_) == 25 - 2 * ticket_.price && world_.broken_invariants().empty();
  }
  void expect_failed(std::string_view code) {
    EXPECT_EQ(state(), JobState::failed);
    EXPECT_EQ(world_.job(id()).error_code, code);
    EXPECT_EQ(world_.free_coins(person_), 25 - ticket_.price);
    expect_told(Meaning::job_failed);
  }

  Uuid parent_;
};

TEST_F(Preparing, ThePictureIsHandedOverBeforeTheJobIsQueued) {
  EXPECT_EQ(state(), JobState::preparing);
  EXPECT_TRUE(both_held());
  EXPECT_EQ(world_.step(world_.submit_worker), 0);
  prepare();
  EXPECT_EQ(state(), JobState::queued);
  EXPECT_THAT(provider().uploaded, ElementsAre("jpeg bytes"));
  submit();
  ASSERT_THAT(provider().submitted, SizeIs(2));
  EXPECT_EQ(provider().submitted[1].endpoint, "fal-ai/flux-lora/image-to-image");
  EXPECT_THAT(provider().submitted[1].input, HasSubstr(R"("image_url":"https://v3.fal.media/up-1")"));
  EXPECT_THAT(provider().submitted[1].input, Not(HasSubstr("file:")));
  world_.settle();
  EXPECT_EQ(state(), JobState::succeeded);
  EXPECT_EQ(world_.picture(id()).parent_id, parent_);
}

TEST_F(Preparing, WhatLiesAtTheProviderIsNotSentAgain) {
  prepare();
  world_.settle();
  ask();
  prepare();
  EXPECT_THAT(provider().uploaded, SizeIs(1));
  world_.settle();
  world_.clock.advance(std::chrono::hours(18));
  world_.meet(person_);
  ask();
  prepare();
  EXPECT_THAT(provider().uploaded, SizeIs(2)) << "six hours before its end it is no address to rely on";
}

TEST_F(Preparing, AProviderThatIsAwayIsWaitedFor) {
  provider().uploads.push_back(fail(Errc::unavailable));
  prepare();
  EXPECT_EQ(state(), JobState::preparing);
  EXPECT_EQ(world_.job(id()).tries, 1);
  EXPECT_EQ(world_.step(world_.prepare_worker), 0) << "not at once";
  world_.settle();
  EXPECT_EQ(state(), JobState::succeeded);
}

TEST_F(Preparing, AClosedAccountHoldsUploadsBackAndNothingIsLost) {
  provider().uploads.push_back(fail(Errc::provider_balance));
  prepare();
  EXPECT_EQ(world_.provider_state.paused(), Errc::provider_balance);
  world_.clock.advance(Millis(2'000));
  EXPECT_EQ(world_.step(world_.prepare_worker), 0);
  world_.clock.advance(world_.policy.provider_pause);
  prepare();
  EXPECT_EQ(state(), JobState::queued);
  EXPECT_TRUE(both_held());
}

TEST_F(Preparing, APictureThatIsGoneEndsTheJobAndTheCoinsReturn) {
  world_.run(world_.blobs.remove(blobs::Bucket::generated, world_.picture(parent_).object.key)).value();
  prepare();
  expect_failed("item.not_found");
}

TEST_F(Preparing, WhatTheProviderRefusesForGoodEndsTheJob) {
  provider().uploads.push_back(fail(Errc::provider_rejected));
  prepare();
  expect_failed("provider.rejected");
}

TEST_F(Preparing, ADeadlineInTheMiddleOfItReturnsTheCoins) {
  provider().uploads.assign(10, fail(Errc::unavailable));
  prepare();
  world_.clock.advance(world_.policy.deadline);
  world_.reap();
  expect_failed("job.deadline");
}

TEST_F(Preparing, StopIsImmediate) {
  cancel();
  EXPECT_EQ(answer_, Generations::CancelAnswer::cancelled);
  EXPECT_EQ(state(), JobState::cancelled);
  EXPECT_EQ(world_.free_coins(person_), 25 - ticket_.price);
  expect_told(Meaning::job_cancelled);
}

TEST_F(Preparing, ALeaseThatRanOutIsAnothersAndTheFirstOneWritesNothing) {
  auto first = world_.run(world_.prepare_worker.claim(1));
  ASSERT_THAT(first, SizeIs(1));
  world_.clock.advance(world_.policy.prepare_lease);
  prepare();
  submit();
  world_.run(std::move(first[0]));
  EXPECT_EQ(state(), JobState::running);
  EXPECT_THAT(provider().submitted, SizeIs(2));
}

TEST_F(Preparing, APictureOfAnotherPersonOrARemovedOneIsNotThere) {
  const std::int64_t stranger = person_ + 500;
  world_.meet(stranger);
  auto turn = world_.open(stranger);
  GenerationOrder order = world_.order();
  order.source = parent_;
  const auto refused = world_.request(turn, order, "tap:of:a:stranger");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::not_found);
}

}  // namespace
}  // namespace aisha::services
