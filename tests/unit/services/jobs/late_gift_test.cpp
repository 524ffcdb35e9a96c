// SPDX-License-Identifier: Apache-2.0
// A success that comes after its coins have returned: its person has it for nothing, once.
#include <gmock/gmock.h>

#include "tests/unit/services/jobs/job_test.hpp"

namespace aisha::services {
namespace {

using ::testing::SizeIs;

class LateGifts : public JobTest {
 protected:
  /// The provider works on it beyond the deadline; the coins are back.
  void miss_the_deadline() {
    provider().statuses.assign(1, fakes::ScriptedProvider::in_queue(0));
    submit();
    request_ = world_.job(id()).request_id;
    world_.clock.advance(world_.policy.deadline);
    world_.reap();
    ASSERT_EQ(state(), domain::JobState::failed);
    ASSERT_EQ(world_.free_coins(person_), 25);
  }
  void succeed_late(std::string request) {
    News news{std::move(request), {}, fakes::ScriptedProvider::one_picture()};
    world_.run(world_.intake.take(std::move(news)));
  }
  std::int64_t pictures() {
    return world_.number("SELECT count(*) FROM generation_requests WHERE status = 'ready' AND price = 0");
  }
  int told(Meaning meaning) {
    return static_cast<int>(
        std::ranges::count_if(world_.sender.told, [&](const OutboxMessage& item) { return item.meaning == meaning; }));
  }

  std::string request_;
};

TEST_F(LateGifts, patient_ASuccessAfterTheCoinsIsAFreePictureOnce) {
  miss_the_deadline();
  world_.clock.advance(std::chrono::hours(1));
  succeed_late(request_);
  succeed_late(request_);
  world_.settle();
  EXPECT_EQ(pictures(), 1);
  EXPECT_EQ(world_.free_coins(person_), 25);
  EXPECT_EQ(told(Meaning::job_result), 1);
  EXPECT_EQ(told(Meaning::ready_notice), 0) << "it comes as a message of its own";
  EXPECT_EQ(
      world_.number("SELECT count(*) FROM generation_requests WHERE variation = 'late' AND parent_id IS NOT NULL"), 1);
  EXPECT_EQ(world_.number("SELECT sum(made - timed) FROM user_days"), 1) << "nobody waited for it";
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(LateGifts, patient_WhatTheProviderHasMadeByTheDeadlineIsFetched) {
  provider().cancels.push_back(providers::CancelOutcome::completed);
  miss_the_deadline();
  world_.settle();
  EXPECT_EQ(pictures(), 1);
  EXPECT_EQ(world_.free_coins(person_), 25);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(LateGifts, patient_ADayLaterItIsNobodysAndWhoeverCancelledGetsNone) {
  miss_the_deadline();
  world_.clock.advance(std::chrono::hours(25));
  succeed_late(request_);
  world_.settle();
  EXPECT_EQ(pictures(), 0);
  fresh();
  submit();
  const std::string request = world_.job(id()).request_id;
  cancel();
  world_.reap();
  ASSERT_EQ(state(), domain::JobState::cancelled);
  succeed_late(request);
  world_.settle();
  EXPECT_EQ(pictures(), 0);
}

TEST_F(LateGifts, patient_AGiftThatIsNoGoodIsNeitherMadeAnewNorTold) {
  miss_the_deadline();
  auto black = fakes::PlainImager::fine();
  black.looks = {.deviation = 50, .highlight = 3, .sharpness = 400};
  world_.imager.inspections.push_back(black);
  const auto submitted = provider().submitted.size();
  succeed_late(request_);
  world_.settle();
  EXPECT_EQ(pictures(), 0);
  EXPECT_EQ(provider().submitted.size(), submitted);
  EXPECT_EQ(world_.free_coins(person_), 25);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

}  // namespace
}  // namespace aisha::services
