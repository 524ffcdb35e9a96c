// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <stdexcept>

#include "services/upkeep/takeover.hpp"
#include "tests/unit/services/jobs/job_test.hpp"

// reliability of a generation, row by row: each edge of its states with the money and the message that belong to it.
namespace aisha::services {
namespace {

TEST_F(JobTest, QueuedToSubmittingIsWrittenBeforeTheProviderIsAsked) {
  provider().submits.push_back(fail(Errc::net_unknown));
  submit();
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_attempt WHERE attempt_no = 1"), 1);
  EXPECT_EQ(provider().submitted.size(), 1U);
  EXPECT_EQ(provider().submitted[0].endpoint, "fal-ai/flux-lora");
}

TEST_F(JobTest, SubmittingToRunningRemembersTheRequest) {
  submit();
  EXPECT_EQ(state(), domain::JobState::running);
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_attempt WHERE state = 'accepted' AND request_id = 'r-1'"), 1);
  EXPECT_TRUE(held());
}

TEST_F(JobTest, SubmittingBackToQueuedAfterACertainRefusalKeepsTheHoldAndWaits) {
  for (const Errc code : {Errc::net_not_sent, Errc::provider_busy}) {
    provider().submits.push_back(fail(code));
  }
  submit();
  EXPECT_EQ(state(), domain::JobState::queued);
  EXPECT_EQ(world_.step(world_.submit_worker), 0) << "no pause after a refusal";
  world_.clock.advance(Millis(2'000));
  submit();
  EXPECT_EQ(state(), domain::JobState::queued);
  EXPECT_TRUE(held());
  world_.clock.advance(Millis(4'000));
  submit();
  EXPECT_EQ(state(), domain::JobState::running);
}

TEST_F(JobTest, SubmittingToFailedAfterTheLastAttemptReturnsTheCoinsAndSaysSo) {
  for (int i = 0; i < 3; ++i) {
    provider().submits.push_back(fail(Errc::provider_busy));
    submit();
    world_.clock.advance(Millis(30'000));
  }
  expect_end(domain::JobState::failed, "provider.busy", Meaning::job_failed);
}

TEST_F(JobTest, SubmittingToFailedAtOnceWhenTheProviderRefusesForGood) {
  provider().submits.push_back(fail(Errc::provider_rejected));
  submit();
  expect_end(domain::JobState::failed, "provider.rejected", Meaning::job_failed);
}

TEST_F(JobTest, AClosedProviderBurnsNoAttemptAndPausesTheQueue) {
  for (const Errc code : {Errc::provider_auth, Errc::provider_balance}) {
    provider().submits.push_back(fail(code));
    submit();
    EXPECT_EQ(state(), domain::JobState::queued);
    EXPECT_EQ(world_.provider_state.paused(), code);
    EXPECT_GT(world_.run(world_.submit_worker.due_in())->count(), 0);
    world_.clock.advance(world_.policy.provider_pause);
  }
  for (int i = 0; i < 3; ++i) {
    provider().submits.push_back(fail(Errc::provider_auth));
    submit();
    world_.clock.advance(world_.policy.provider_pause);
  }
  submit();
  EXPECT_EQ(state(), domain::JobState::running);
  EXPECT_FALSE(world_.provider_state.paused());
  EXPECT_TRUE(held());
}

TEST_F(JobTest, APausedProviderIsTriedWithOneGenerationOnly) {
  world_.tap(2002);
  provider().submits.push_back(fail(Errc::provider_auth));
  provider().submits.push_back(fail(Errc::provider_auth));
  EXPECT_EQ(world_.step(world_.submit_worker), 2);
  world_.clock.advance(world_.policy.provider_pause);
  EXPECT_EQ(world_.step(world_.submit_worker), 1);
}

TEST_F(JobTest, SubmittingToUnconfirmedWhenTheAnswerIsLost) {
  for (const Errc code : {Errc::net_unknown, Errc::provider_protocol}) {
    provider().submits.push_back(fail(code));
  }
  world_.policy.unconfirmed_wait = Millis(120'000);
  submit();
  EXPECT_EQ(state(), domain::JobState::unconfirmed);
  world_.reap();
  EXPECT_EQ(state(), domain::JobState::unconfirmed) << "the window is not over";
  world_.clock.advance(Millis(120'000));
  world_.reap();
  EXPECT_EQ(state(), domain::JobState::queued);
  EXPECT_TRUE(held());
}

TEST_F(JobTest, UnconfirmedIsQueuedAtOnceWithoutAWebhook) {
  provider().submits.push_back(fail(Errc::net_unknown));
  submit();
  world_.reap();
  EXPECT_EQ(state(), domain::JobState::queued);
}

TEST_F(JobTest, UnconfirmedToFailedWhenNoAttemptIsLeft) {
  for (int i = 0; i < 3; ++i) {
    provider().submits.push_back(fail(Errc::net_unknown));
    submit();
    world_.reap();
  }
  expect_end(domain::JobState::failed, "provider.timeout", Meaning::job_failed);
}

TEST_F(JobTest, UnconfirmedIsAdoptedByNewsWithItsToken) {
  world_.policy.unconfirmed_wait = Millis(120'000);
  world_.policy.webhook_base = "https://aisha.example/fal/";
  provider().submits.push_back(fail(Errc::net_unknown));
  submit();
  const std::string webhook = provider().submitted[0].webhook;
  News news{"r-lost", webhook.substr(world_.policy.webhook_base.size()), fakes::ScriptedProvider::one_picture()};
  world_.run(world_.intake.take(std::move(news)));
  EXPECT_EQ(state(), domain::JobState::storing);
  world_.step(world_.result_worker);
  expect_picture();
  EXPECT_EQ(provider().submitted.size(), 1U);
}

TEST_F(JobTest, NewsForAJobBackInTheQueueSavesTheSecondSubmit) {
  world_.policy.webhook_base = "https://aisha.example/fal/";
  provider().submits.push_back(fail(Errc::net_unknown));
  submit();
  world_.reap();
  ASSERT_EQ(state(), domain::JobState::queued);
  const std::string webhook = provider().submitted[0].webhook;
  News news{"r-lost", webhook.substr(world_.policy.webhook_base.size()), fakes::ScriptedProvider::one_picture()};
  world_.run(world_.intake.take(std::move(news)));
  EXPECT_EQ(world_.step(world_.submit_worker), 0);
  world_.step(world_.result_worker);
  expect_picture();
}

TEST_F(JobTest, ForeignNewsMoveNothing) {
  submit();
  News news{"r-unknown", "no-such-token", fakes::ScriptedProvider::one_picture()};
  world_.run(world_.intake.take(std::move(news)));
  EXPECT_EQ(state(), domain::JobState::running);
}

TEST_F(JobTest, RunningToStoringToSucceededCapturesOnceAndShowsOnce) {
  run_to_storing();
  world_.step(world_.result_worker);
  expect_picture();
  const auto picture = world_.picture(id());
  EXPECT_EQ(picture.object.width, 1536);
  EXPECT_EQ(picture.object.bytes, 10);
  EXPECT_EQ(picture.object.sha256.size(), 64U);
  EXPECT_EQ(picture.object.key, domain::object_key(picture.created_at, picture.id, "jpg"));
  EXPECT_EQ(world_.blobs.objects.size(), 2U);
}

TEST_F(JobTest, NewsThatComeTwiceHaveOneEffect) {
  run_to_storing();
  News news{"r-1", "", fakes::ScriptedProvider::one_picture()};
  world_.run(world_.intake.take(news));
  world_.step(world_.result_worker);
  world_.run(world_.intake.take(news));
  expect_picture();
}

TEST_F(JobTest, RunningBackToQueuedWhenTheModelCrashed) {
  submit();
  provider().results.push_back(fail(Errc::provider_failed));
  poll();
  EXPECT_EQ(state(), domain::JobState::queued);
  EXPECT_TRUE(held());
  world_.settle();
  expect_picture();
  EXPECT_EQ(provider().submitted.size(), 2U);
}

TEST_F(JobTest, RunningToFailedWhenTheModelRefuses) {
  for (const auto& [code, text] :
       {std::pair(Errc::provider_rejected, "provider.rejected"), std::pair(Errc::provider_empty, "provider.empty")}) {
    JobTest::fresh();
    submit();
    provider().results.push_back(fail(code));
    poll();
    expect_end(domain::JobState::failed, text, Meaning::job_failed);
  }
}

TEST_F(JobTest, PassingTroubleOfAPollChangesNothing) {
  submit();
  for (const Errc code : {Errc::unavailable, Errc::provider_protocol, Errc::provider_auth}) {
    provider().statuses.push_back(fail(code));
    poll();
    EXPECT_EQ(state(), domain::JobState::running);
  }
  for (const Errc code : {Errc::unavailable, Errc::provider_busy}) {
    provider().results.push_back(fail(code));
    poll();
    EXPECT_EQ(state(), domain::JobState::running);
  }
  poll();
  EXPECT_EQ(state(), domain::JobState::storing);
}

TEST_F(JobTest, ARequestTheProviderForgotIsSubmittedAgain) {
  submit();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(state(), domain::JobState::running) << i;
    provider().statuses.push_back(fail(Errc::result_gone));
    poll();
  }
  EXPECT_EQ(state(), domain::JobState::queued);
}

TEST_F(JobTest, ACompletedRequestIsPolledNoMore) {
  run_to_storing();
  EXPECT_EQ(world_.step(world_.poll_worker), 0);
}

TEST_F(JobTest, AZombiesAnswerAfterItsLeaseIsFencedOff) {
  // The first worker hangs inside submit; meanwhile the reaper takes the job away and a second worker has it running.
  auto claimed = world_.run(world_.submit_worker.claim(1));
  ASSERT_EQ(claimed.size(), 1U);
  auto zombie = std::move(claimed[0]);
  world_.clock.advance(Millis(31'000));
  submit();
  ASSERT_EQ(state(), domain::JobState::running);
  world_.run(std::move(zombie));
  EXPECT_EQ(provider().submitted.size(), 1U);
  EXPECT_EQ(state(), domain::JobState::running);
}

TEST_F(JobTest, AnAnswerAfterTheLeaseIsAdoptedInsteadOfPaidAgain) {
  world_.policy.unconfirmed_wait = Millis(120'000);
  provider().meanwhile = [this] { world_.clock.advance(Millis(31'000)); };
  submit();
  EXPECT_EQ(state(), domain::JobState::running);
  EXPECT_EQ(provider().submitted.size(), 1U);
}

TEST_F(JobTest, ASubmitterThatDiedLeavesAnUnknownOutcome) {
  world_.policy.unconfirmed_wait = Millis(120'000);
  provider().meanwhile = [] { throw std::runtime_error("killed"); };
  auto claimed = world_.run(world_.submit_worker.claim(1));
  EXPECT_THROW(world_.run(std::move(claimed.at(0))), std::runtime_error);
  world_.reap();
  EXPECT_EQ(state(), domain::JobState::submitting) << "whoever holds it may still be at it";
  world_.clock.advance(world_.policy.lease);
  world_.reap();
  EXPECT_EQ(state(), domain::JobState::unconfirmed);
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_attempt WHERE state = 'ambiguous'"), 1);
  EXPECT_EQ(world_.step(world_.submit_worker), 0) << "it may be under way at the provider";
  EXPECT_TRUE(held());
}

TEST_F(JobTest, AClaimThatWasNeverBegunPassesOnWhenItsLeaseIsOver) {
  {
    auto claimed = world_.run(world_.submit_worker.claim(1));
  }
  EXPECT_EQ(state(), domain::JobState::queued);
  EXPECT_EQ(world_.step(world_.submit_worker), 0);
  world_.clock.advance(Millis(31'000));
  submit();
  EXPECT_EQ(state(), domain::JobState::running);
}

TEST_F(JobTest, AfterARestartAloneOnTheDatabaseNothingWaitsForDeadLeases) {
  {
    auto claimed = world_.run(world_.submit_worker.claim(1));
  }
  {
    auto claimed = world_.run(world_.outbox_worker.claim(1));
  }
  auto dropped = world_.open(2002);
  EXPECT_EQ(world_.step(world_.submit_worker) + world_.step(world_.outbox_worker), 0);
  world_.run(take_over(world_.context));
  EXPECT_EQ(world_.step(world_.submit_worker), 1);
  EXPECT_EQ(world_.step(world_.outbox_worker), 1);
  EXPECT_EQ(world_.run(world_.inbox.claim(1)).size(), 1U);
}

TEST_F(JobTest, ASubmitThatARestartCutOffHasAnUnknownOutcome) {
  world_.policy.unconfirmed_wait = Millis(120'000);
  provider().meanwhile = [] { throw std::runtime_error("killed"); };
  auto claimed = world_.run(world_.submit_worker.claim(1));
  EXPECT_THROW(world_.run(std::move(claimed.at(0))), std::runtime_error);
  EXPECT_EQ(state(), domain::JobState::submitting);
  world_.run(take_over(world_.context));
  world_.reap();
  EXPECT_EQ(state(), domain::JobState::unconfirmed);
}

}  // namespace
}  // namespace aisha::services
