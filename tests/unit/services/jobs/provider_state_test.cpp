// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/provider_state.hpp"

#include <gtest/gtest.h>

#include "tests/unit/services/jobs/job_test.hpp"

// K1a: what one process learns of a closed provider all know, it ends by itself, and the first success opens.
namespace aisha::services {
namespace {

class ProviderStateTest : public JobTest {
 protected:
  /// This process meets a locked account; the job runs into its deadline, so that nothing is left to probe with.
  void close_and_empty_the_queue() {
    provider().submits.push_back(fail(Errc::provider_auth));
    submit();
    world_.clock.advance(world_.policy.deadline);
    world_.reap();
    ASSERT_EQ(state(), domain::JobState::failed);
  }

  /// Another process over the same database.
  ProviderState other_state_{world_.context};
  SubmitWorker other_worker_{world_.context, world_.pictures, world_.provider, other_state_};
  Generations other_generations_{world_.context,
                                 {*world_.templates, world_.models},
                                 {world_.pictures, other_state_, world_.usual_times, world_.gate}};
};

TEST_F(ProviderStateTest, k01a_AClosedProviderTakesRequestsAgainByItselfAndTheFirstSuccessOpensIt) {
  close_and_empty_the_queue();
  person_ = 5'000;
  ticket_ = world_.tap(person_);
  submit();
  EXPECT_EQ(state(), domain::JobState::running);
  EXPECT_FALSE(world_.provider_state.paused());
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_state WHERE closed_code IS NULL"), 1);
}

TEST_F(ProviderStateTest, k01a_WhatOneProcessMetAllRefuseUntilItsTimeIsOver) {
  provider().submits.push_back(fail(Errc::provider_balance));
  submit();
  world_.run(other_state_.run());
  EXPECT_EQ(other_state_.refuses(), Errc::provider_balance);
  EXPECT_EQ(world_.step(other_worker_), 0);
  world_.clock.advance(world_.policy.provider_pause);
  EXPECT_EQ(other_state_.refuses(), std::nullopt) << "a closed state that ends by itself";
  EXPECT_EQ(other_state_.paused(), Errc::provider_balance) << "but nobody knows yet";
}

TEST_F(ProviderStateTest, k01a_OneSubmitOfAllProcessesProbesAndOpensForAll) {
  world_.tap(2002);
  world_.tap(2003);
  provider().submits.push_back(fail(Errc::provider_auth));
  ASSERT_EQ(world_.step(world_.submit_worker, 1), 1);
  world_.run(other_state_.run());
  world_.clock.advance(world_.policy.provider_pause);

  auto probe = world_.run(world_.submit_worker.claim(10));
  ASSERT_EQ(probe.size(), 1U);
  EXPECT_EQ(world_.step(other_worker_), 0) << "the other process probes";
  EXPECT_GT(world_.run(other_worker_.due_in())->count(), 0) << "and is not asked about all the time";
  world_.run(std::move(probe[0]));
  EXPECT_FALSE(world_.provider_state.paused());

  world_.run(other_state_.run());
  EXPECT_FALSE(other_state_.paused());
  EXPECT_EQ(world_.step(other_worker_), 2);
}

TEST_F(ProviderStateTest, k01a_AProbeThatTellsNothingLeavesTheNextOneFree) {
  provider().submits.push_back(fail(Errc::provider_auth));
  provider().submits.push_back(fail(Errc::net_not_sent));
  submit();
  world_.clock.advance(world_.policy.provider_pause);
  submit();
  EXPECT_EQ(world_.provider_state.paused(), Errc::provider_auth);
  world_.clock.advance(2 * world_.policy.submit_backoff);  // it was the second submit
  submit();
  EXPECT_FALSE(world_.provider_state.paused());
}

TEST_F(ProviderStateTest, k01a_AProbeWhoseProcessDiesIsFreeAfterItsLease) {
  provider().submits.push_back(fail(Errc::provider_auth));
  submit();
  world_.clock.advance(world_.policy.provider_pause);
  {
    const auto lost = world_.run(world_.submit_worker.claim(1));
    ASSERT_EQ(lost.size(), 1U);
  }
  EXPECT_EQ(world_.step(other_worker_), 0);
  world_.clock.advance(world_.policy.lease);
  world_.run(other_state_.run());
  EXPECT_EQ(world_.step(other_worker_), 1);
  EXPECT_FALSE(other_state_.paused());
}

TEST_F(ProviderStateTest, k01a_AProbeThatIsRefusedClosesAnewForAll) {
  provider().submits.push_back(fail(Errc::provider_auth));
  provider().submits.push_back(fail(Errc::provider_balance));
  submit();
  world_.clock.advance(world_.policy.provider_pause);
  submit();
  world_.run(other_state_.run());
  EXPECT_EQ(other_state_.refuses(), Errc::provider_balance);
}

TEST_F(ProviderStateTest, k01a_ANewProcessKnowsWhatTheOldOneMet) {
  provider().submits.push_back(fail(Errc::provider_balance));
  submit();
  world_.run(other_state_.run());
  auto turn = world_.open(person_);
  GenerationOrder order = world_.order();
  order.key = "tap:1:1:77";
  const auto refused = world_.run(other_generations_.request(turn.actor(), order, Place{turn.chat(), 1}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::provider_balance);
}

}  // namespace
}  // namespace aisha::services
