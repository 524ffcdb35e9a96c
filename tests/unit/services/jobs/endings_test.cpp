// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "base/encoding.hpp"
#include "tests/unit/services/jobs/job_test.hpp"

namespace aisha::services {
namespace {

using domain::JobState;
using Answer = Generations::CancelAnswer;

// Cancelling, state by state.

TEST_F(JobTest, CancellingWhileQueuedReturnsTheCoinsAtOnce) {
  cancel();
  EXPECT_EQ(answer_, Answer::cancelled);
  expect_end(JobState::cancelled, "job.cancelled", Meaning::job_cancelled);
  EXPECT_TRUE(provider().submitted.empty());
}

TEST_F(JobTest, CancellingDuringTheSubmitIsCarriedOutAtTheProvider) {
  provider().meanwhile = [this] { cancel(); };
  submit();
  EXPECT_EQ(answer_, Answer::asked);
  EXPECT_EQ(state(), JobState::running);
  EXPECT_EQ(answer_, Answer::asked);
  world_.reap();
  EXPECT_EQ(provider().cancelled, std::vector<std::string>({"r-1"}));
  expect_end(JobState::cancelled, "job.cancelled", Meaning::job_cancelled);
}

TEST_F(JobTest, CancellingWhileUnconfirmedNeedsNoProvider) {
  world_.policy.unconfirmed_wait = Millis(120'000);
  provider().submits.push_back(fail(Errc::net_unknown));
  submit();
  cancel();
  EXPECT_EQ(answer_, Answer::asked);
  world_.reap();
  expect_end(JobState::cancelled, "job.cancelled", Meaning::job_cancelled);
  EXPECT_TRUE(provider().cancelled.empty());
}

TEST_F(JobTest, AskingARunningOneToStopReturnsNothingUntilItStopped) {
  submit();
  cancel();
  provider().cancels.push_back(providers::CancelOutcome::asked);
  world_.reap();
  EXPECT_EQ(state(), JobState::running);
  EXPECT_TRUE(held());
  provider().results.push_back(fail(Errc::job_cancelled));
  poll();
  expect_end(JobState::cancelled, "job.cancelled", Meaning::job_cancelled);
}

TEST_F(JobTest, APictureThatComesInSpiteOfTheCancelIsDeliveredAndCharged) {
  submit();
  cancel();
  provider().cancels.push_back(providers::CancelOutcome::completed);
  world_.reap();
  poll();
  world_.step(world_.result_worker);
  expect_picture();
}

TEST_F(JobTest, TheProviderIsNotAskedAgainAndAgain) {
  submit();
  cancel();
  for (int i = 0; i < 5; ++i) {
    provider().cancels.push_back(providers::CancelOutcome::asked);
    world_.reap();
  }
  EXPECT_EQ(provider().cancelled.size(), 1U);
}

TEST_F(JobTest, CancellingAStoredOrFinishedOneIsTooLate) {
  run_to_storing();
  cancel();
  EXPECT_EQ(answer_, Answer::too_late);
  world_.step(world_.result_worker);
  cancel();
  EXPECT_EQ(answer_, Answer::too_late);
  expect_picture();
}

// Deadlines.

TEST_F(JobTest, ADeadlineInTheQueueReturnsTheCoins) {
  world_.clock.advance(world_.policy.deadline);
  EXPECT_EQ(world_.step(world_.submit_worker), 0);
  world_.reap();
  expect_end(JobState::failed, "job.deadline", Meaning::job_failed);
}

TEST_F(JobTest, ADeadlineWhileRunningReturnsTheCoinsAndStopsTheProvider) {
  submit();
  world_.clock.advance(world_.policy.deadline);
  world_.reap();
  expect_end(JobState::failed, "job.deadline", Meaning::job_failed);
  EXPECT_EQ(provider().cancelled, std::vector<std::string>({"r-1"}));
}

TEST_F(JobTest, ALatePictureAfterTheRefundIsSurplusAndNeverCharged) {
  submit();
  world_.clock.advance(world_.policy.deadline);
  world_.reap();
  News news{"r-1", "", fakes::ScriptedProvider::one_picture()};
  world_.run(world_.intake.take(std::move(news)));
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_attempt WHERE state = 'surplus'"), 1);
  expect_end(JobState::failed, "job.deadline", Meaning::job_failed);
}

TEST_F(JobTest, APictureThatCannotBeKeptUntilTheDeadlineIsGivenUp) {
  run_to_storing();
  world_.blobs.broken = Errc::unavailable;
  world_.step(world_.result_worker);
  EXPECT_EQ(state(), JobState::storing);
  EXPECT_TRUE(held());
  world_.clock.advance(world_.policy.deadline);
  world_.reap();
  expect_end(JobState::failed, "job.deadline", Meaning::job_failed);
}

// What the picture itself can be.

TEST_F(JobTest, Row40ABlankedPictureIsNeitherKeptNorCharged) {
  submit();
  provider().results.push_back(fakes::ScriptedProvider::one_picture("https://v3.fal.media/a.jpg", true));
  poll();
  world_.step(world_.result_worker);
  expect_end(JobState::failed, "provider.nsfw", Meaning::job_failed);
  EXPECT_TRUE(world_.blobs.objects.empty());
  EXPECT_TRUE(provider().downloaded.empty());
}

TEST_F(JobTest, Row53TheCleanedCopyIsStoredInPlaceOfTheOriginal) {
  run_to_storing();
  auto seen = fakes::PlainImager::fine();
  seen.cleaned = "cleaned";
  world_.imager.inspections.push_back(seen);
  world_.step(world_.result_worker);
  expect_picture();
  const domain::PictureObject object = world_.picture(id()).object;
  EXPECT_EQ(world_.blobs.objects.at({blobs::Bucket::generated, object.key}), "cleaned");
  EXPECT_EQ(object.bytes, 7);
  EXPECT_EQ(object.sha256, encoding::sha256_hex("cleaned"));
}

TEST_F(JobTest, Rows41To43And51ABadAddressOrSizeEndsItWithItsCode) {
  for (const auto& [code, text] : {std::pair(Errc::result_url_refused, "result.url_refused"),
                                   std::pair(Errc::result_address_refused, "result.address_refused"),
                                   std::pair(Errc::result_redirect_refused, "result.redirect_refused"),
                                   std::pair(Errc::image_too_many_bytes, "image.too_many_bytes")}) {
    fresh();
    run_to_storing();
    provider().downloads.push_back(fail(code));
    world_.step(world_.result_worker);
    expect_end(JobState::failed, text, Meaning::job_failed);
  }
}

TEST_F(JobTest, k11_APictureAtAnUnknownOriginIsTriedUntilItsDeadline) {
  run_to_storing();
  for (int i = 0; i < 5; ++i) {
    provider().downloads.push_back(fail(Errc::result_origin_unknown, "https://files.example.org"));
    world_.step(world_.result_worker);
    ASSERT_EQ(state(), JobState::storing);
    world_.clock.advance(world_.policy.store_backoff_last);
  }
  world_.step(world_.result_worker);
  expect_picture();
}

TEST_F(JobTest, Row44AnExpiredAddressIsAskedForOnceMore) {
  run_to_storing();
  provider().downloads.push_back(fail(Errc::result_gone));
  provider().results.push_back(fakes::ScriptedProvider::one_picture("https://v3.fal.media/b.jpg"));
  world_.step(world_.result_worker);
  EXPECT_EQ(provider().downloaded.back(), "https://v3.fal.media/b.jpg");
  expect_picture();
}

TEST_F(JobTest, Row44AResultThatIsGoneForGoodReturnsTheCoins) {
  run_to_storing();
  provider().downloads.push_back(fail(Errc::result_gone));
  provider().downloads.push_back(fail(Errc::result_gone));
  world_.step(world_.result_worker);
  expect_end(JobState::failed, "result.gone", Meaning::job_failed);
}

TEST_F(JobTest, Rows47To50ABadPictureEndsItWithItsCode) {
  for (const auto& [code, text] : {std::pair(Errc::image_not_an_image, "image.not_an_image"),
                                   std::pair(Errc::image_type_refused, "image.type_refused"),
                                   std::pair(Errc::image_too_large, "image.too_large")}) {
    fresh();
    run_to_storing();
    world_.imager.inspections.push_back(fail(code));
    world_.step(world_.result_worker);
    expect_end(JobState::failed, text, Meaning::job_failed);
  }
}

TEST_F(JobTest, ADecoderThatDiesIsTriedAgainAndThenThePictureIsToBlame) {
  run_to_storing();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(state(), JobState::storing);
    world_.imager.inspections.push_back(fail(Errc::image_decoder_failed));
    ASSERT_EQ(world_.step(world_.result_worker), 1);
    world_.clock.advance(Millis(10'000));
  }
  expect_end(JobState::failed, "image.decoder_failed", Meaning::job_failed);
}

TEST_F(JobTest, PassingTroubleOfDownloadAndStoreIsTriedAgainWithoutCharge) {
  run_to_storing();
  provider().downloads.push_back(fail(Errc::download_timeout));
  provider().downloads.push_back(fail(Errc::unavailable));
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(world_.step(world_.result_worker), 1);
    EXPECT_EQ(world_.step(world_.result_worker), 0) << "no pause";
    EXPECT_TRUE(held());
    world_.clock.advance(Millis(10'000));
  }
  world_.blobs.broken = Errc::disk_full;
  ASSERT_EQ(world_.step(world_.result_worker), 1);
  world_.blobs.broken.reset();
  world_.clock.advance(Millis(30'000));
  ASSERT_EQ(world_.step(world_.result_worker), 1);
  expect_picture();
}

TEST_F(JobTest, AKeeperThatDiedIsReplacedAfterItsLease) {
  run_to_storing();
  {
    auto claimed = world_.run(world_.result_worker.claim(1));
  }
  EXPECT_EQ(world_.step(world_.result_worker), 0);
  world_.clock.advance(world_.policy.store_lease);
  EXPECT_EQ(world_.step(world_.result_worker), 1);
  expect_picture();
}

// The notice and the times.

TEST_F(JobTest, AQuickResultAsLastMessageSendsNoNotice) {
  run_to_storing();
  world_.step(world_.result_worker);
  expect_picture();
  EXPECT_EQ(std::ranges::count(world_.told(), Meaning::ready_notice), 0);
}

TEST_F(JobTest, ALateResultSendsOneNoticeAfterThePicture) {
  submit();
  world_.clock.advance(Millis(21'000));
  poll();
  world_.step(world_.result_worker);
  expect_picture();
  const auto told = world_.told();
  EXPECT_EQ(std::ranges::count(told, Meaning::ready_notice), 1);
  EXPECT_EQ(told.back(), Meaning::ready_notice);
}

TEST_F(JobTest, TheUsualTimeIsMeasuredFromRealPictures) {
  EXPECT_FALSE(world_.run(world_.generations.status(id()))->usual_seconds);
  run_to_storing();
  world_.step(world_.result_worker);
  world_.run(world_.usual_times.run());
  EXPECT_EQ(world_.run(world_.generations.status(id()))->usual_seconds, 5);
}

TEST_F(JobTest, TheQueuePositionIsShownAtMostEveryFourSeconds) {
  submit();
  world_.step(world_.outbox_worker);
  world_.sender.told.clear();
  for (int ahead = 9; ahead > 0; --ahead) {
    provider().statuses.push_back(fakes::ScriptedProvider::in_queue(ahead));
    world_.clock.advance(Millis(1'000));
    world_.step(world_.poll_worker);
    world_.step(world_.outbox_worker);
  }
  EXPECT_EQ(world_.told(), std::vector(3, Meaning::job_status));
  EXPECT_EQ(world_.run(world_.generations.status(id()))->queue_position, 1);
}

TEST_F(JobTest, ASlowOneSaysSoOnce) {
  submit();
  world_.step(world_.outbox_worker);
  world_.clock.advance(world_.policy.slow_after);
  world_.sender.told.clear();
  for (int i = 0; i < 5; ++i) {
    provider().statuses.push_back(fakes::ScriptedProvider::in_queue(3));
    poll();
    world_.step(world_.outbox_worker);
  }
  EXPECT_EQ(world_.told(), std::vector({Meaning::job_status}));
  EXPECT_TRUE(world_.run(world_.generations.status(id()))->slow);
}

}  // namespace
}  // namespace aisha::services
