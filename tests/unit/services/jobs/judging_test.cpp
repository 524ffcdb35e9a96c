// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "tests/unit/services/jobs/job_test.hpp"

// What becomes of a result that is no good: one more attempt for nothing under the same hold, then the coins back.
namespace aisha::services {
namespace {

using domain::Defect;
using domain::JobState;

constexpr Defect kByPixels[] = {Defect::blank, Defect::black, Defect::blurred_out, Defect::wrong_ratio,
                                Defect::too_small};

class JudgingTest : public JobTest {
 protected:
  static Result<imaging::Inspection> bad(Defect defect) {
    auto seen = fakes::PlainImager::fine();
    switch (defect) {
      case Defect::blank: seen.looks.deviation = 1; break;
      case Defect::black: seen.looks.highlight = 15; break;
      case Defect::blurred_out: seen.looks.sharpness = 4; break;
      case Defect::wrong_ratio: std::swap(seen.width, seen.height); break;
      case Defect::too_small: seen.width /= 2, seen.height /= 2; break;
      case Defect::truncated: return fail(Errc::image_truncated);
      case Defect::flagged: break;
    }
    return seen;
  }
  /// The next result comes, with that defect.
  void comes_bad(Defect defect) {
    run_to_storing();
    const int looks = defect == Defect::truncated ? 2 : 1;
    for (int i = 0; i < looks; ++i) {
      world_.imager.inspections.push_back(bad(defect));
    }
    ASSERT_EQ(world_.step(world_.result_worker), 1);
  }
  std::int64_t seed_sent(std::size_t attempt) {
    const auto input = json::parse(provider().submitted.at(attempt).input);
    return input->at("seed").to_number<std::int64_t>();
  }
  int statuses_told() {
    while (world_.step(world_.outbox_worker) > 0) {
    }
    int told = 0;
    for (const OutboxMessage& item : world_.sender.told) {
      told += item.generation_id == id() && item.meaning == Meaning::job_status ? 1 : 0;
    }
    return told;
  }
};

TEST_F(JudgingTest, Row157EachDefectIsMadeOnceMoreForNothingUnderTheSameHold) {
  for (const Defect defect : domain::usual_defects()) {
    SCOPED_TRACE(domain::text_of(defect));
    fresh();
    world_.blobs.objects.clear();
    const std::size_t asked = provider().submitted.size();
    const int told = statuses_told();
    comes_bad(defect);
    EXPECT_EQ(state(), JobState::queued);
    EXPECT_EQ(world_.job(id()).rerolls, 1);
    EXPECT_EQ(world_.job(id()).defect, domain::text_of(defect));
    EXPECT_TRUE(world_.blobs.objects.empty()) << "nothing of it is kept";
    EXPECT_TRUE(held());
    EXPECT_EQ(statuses_told(), told + 1) << "and it is said";
    run_to_storing();
    EXPECT_EQ(world_.step(world_.result_worker), 1);
    expect_picture();
    ASSERT_EQ(provider().submitted.size(), asked + 2);
    EXPECT_NE(seed_sent(asked), seed_sent(asked + 1));
    EXPECT_EQ(world_.picture(id()).seed, seed_sent(asked + 1)) << "the seed that made it";
  }
  EXPECT_EQ(world_.number("SELECT count(*) FROM ledger_transfer WHERE kind = 'hold'"),
            world_.number("SELECT count(*) FROM generation_requests"));
  EXPECT_EQ(world_.number("SELECT count(*) FROM ledger_transfer WHERE kind = 'capture'"),
            world_.number("SELECT count(*) FROM generation_requests WHERE status = 'ready'"));
}

TEST_F(JudgingTest, Row157TwiceBadReturnsTheCoinsAndIsSaid) {
  for (const Defect defect : domain::usual_defects()) {
    SCOPED_TRACE(domain::text_of(defect));
    fresh();
    world_.blobs.objects.clear();
    comes_bad(defect);
    ASSERT_EQ(state(), JobState::queued);
    comes_bad(defect);
    expect_end(JobState::failed, "result.defect", Meaning::job_failed);
    EXPECT_EQ(world_.job(id()).defect, domain::text_of(defect));
    EXPECT_TRUE(world_.blobs.objects.empty());
  }
}

TEST_F(JudgingTest, Row157ADefectThatEarnsNoRerollEndsAtOnce) {
  world_.policy.reroll_on = {Defect::black};
  comes_bad(Defect::blank);
  expect_end(JobState::failed, "result.defect", Meaning::job_failed);
  fresh();
  comes_bad(Defect::black);
  EXPECT_EQ(state(), JobState::queued);
  fresh();
  world_.policy.free_rerolls = 0;
  comes_bad(Defect::black);
  expect_end(JobState::failed, "result.defect", Meaning::job_failed);
}

TEST_F(JudgingTest, AsManyTimesAsThePolicyAllows) {
  world_.policy.free_rerolls = 3;
  for (const Defect defect : {Defect::black, Defect::too_small, Defect::blank}) {
    comes_bad(defect);
    ASSERT_EQ(state(), JobState::queued);
  }
  EXPECT_EQ(world_.job(id()).rerolls, 3);
  comes_bad(Defect::black);
  expect_end(JobState::failed, "result.defect", Meaning::job_failed);
}

TEST_F(JudgingTest, WhatTheProviderFlagsIsMadeAnewOnlyWhereTheOperatorPaysForIt) {
  const auto flagged = [this] {
    submit();
    provider().results.push_back(fakes::ScriptedProvider::one_picture("https://v3.fal.media/a.jpg", true));
    poll();
    world_.step(world_.result_worker);
  };
  flagged();
  expect_end(JobState::failed, "provider.nsfw", Meaning::job_failed);
  world_.policy.reroll_on.push_back(Defect::flagged);
  fresh();
  flagged();
  ASSERT_EQ(state(), JobState::queued);
  EXPECT_TRUE(held());
  flagged();
  expect_end(JobState::failed, "provider.nsfw", Meaning::job_failed);
}

TEST_F(JudgingTest, Row49ACutPictureIsFetchedOnceMoreBeforeItIsJudged) {
  run_to_storing();
  world_.imager.inspections.push_back(fail(Errc::image_truncated));
  ASSERT_EQ(world_.step(world_.result_worker), 1);
  EXPECT_EQ(provider().downloaded.size(), 2U);
  EXPECT_EQ(world_.job(id()).rerolls, 0) << "it was whole the second time";
  expect_picture();
}

TEST_F(JudgingTest, ALateWordOfTheBadAttemptMovesNothing) {
  comes_bad(Defect::black);
  News news{"r-1", "", fakes::ScriptedProvider::one_picture()};
  world_.run(world_.intake.take(std::move(news)));
  EXPECT_EQ(state(), JobState::queued);
  run_to_storing();
  world_.step(world_.result_worker);
  expect_picture();
}

TEST_F(JudgingTest, AJudgeThatLostItsLeaseChangesNothing) {
  run_to_storing();
  auto claimed = world_.run(world_.result_worker.claim(1));
  ASSERT_EQ(claimed.size(), 1U);
  world_.clock.advance(world_.policy.store_lease);
  EXPECT_EQ(world_.step(world_.result_worker), 1);
  expect_picture();
  world_.imager.inspections.push_back(bad(Defect::black));
  world_.run(std::move(claimed[0]));
  EXPECT_EQ(world_.job(id()).rerolls, 0);
  expect_picture();
}

TEST_F(JudgingTest, ItMayBeCancelledBetweenTheAttempts) {
  comes_bad(Defect::black);
  cancel();
  EXPECT_EQ(answer_, Generations::CancelAnswer::cancelled);
  expect_end(JobState::cancelled, "job.cancelled", Meaning::job_cancelled);
}

TEST_F(JudgingTest, TheDeadlineIsThatOfTheTap) {
  comes_bad(Defect::black);
  world_.clock.advance(world_.policy.deadline);
  world_.reap();
  expect_end(JobState::failed, "job.deadline", Meaning::job_failed);
}

TEST_F(JudgingTest, AnAttemptThatTheProviderRefusesTakesNoneOfTheOthers) {
  for (int i = 0; i < 2; ++i) {
    provider().submits.push_back(fail(Errc::provider_busy));
    submit();
    world_.clock.advance(Millis(30'000));
  }
  comes_bad(Defect::black);
  ASSERT_EQ(state(), JobState::queued) << "the third of three was bad, a fourth is allowed";
  run_to_storing();
  world_.step(world_.result_worker);
  expect_picture();
}

TEST_F(JudgingTest, WhatItCostIsPutDownForEachAttempt) {
  comes_bad(Defect::black);
  const std::int64_t bad = world_.number("SELECT coalesce(sum(cost_micro_usd), 0) FROM provider_attempt");
  EXPECT_GT(bad, 0);
  run_to_storing();
  world_.step(world_.result_worker);
  EXPECT_EQ(world_.number("SELECT sum(cost_micro_usd) FROM provider_attempt"), 2 * bad);
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_attempt WHERE state = 'ok'"), 2);
}

TEST_F(JudgingTest, ASmoothPictureOfACatIsNoBlurredPortrait) {
  for (const Defect defect : kByPixels) {
    SCOPED_TRACE(domain::text_of(defect));
    fresh();
    run_to_storing();
    sql::Batch batch;
    batch.push_back({sql::Statement("UPDATE avatars SET training_type = 'STYLE'"), std::nullopt});
    ASSERT_TRUE(world_.run(world_.db->write(std::move(batch))));
    world_.imager.inspections.push_back(bad(defect));
    world_.step(world_.result_worker);
    EXPECT_EQ(state(), defect == Defect::blurred_out ? JobState::succeeded : JobState::queued);
  }
}

TEST_F(JudgingTest, AnInputWithoutASeedIsSentAgainAsItIs) {
  sql::Batch batch;
  batch.push_back({sql::Statement("UPDATE jobs SET input = '{\"prompt\":\"TOK\"}'"), std::nullopt});
  ASSERT_TRUE(world_.run(world_.db->write(std::move(batch))));
  const std::int64_t seed = world_.picture(id()).seed;
  comes_bad(Defect::black);
  EXPECT_EQ(world_.job(id()).input, R"({"prompt":"TOK"})");
  EXPECT_EQ(world_.picture(id()).seed, seed);
}

TEST_F(JudgingTest, HowOftenAndWhyIsCounted) {
  comes_bad(Defect::black);
  comes_bad(Defect::black);
  EXPECT_TRUE(world_.registry.text().contains(R"(aisha_rerolls_total{defect="black"} 1)"));
}

}  // namespace
}  // namespace aisha::services
