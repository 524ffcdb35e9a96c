// SPDX-License-Identifier: Apache-2.0
#include "services/previews/preview_making.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/memory_blobs.hpp"
#include "tests/fakes/plain_imager.hpp"
#include "tests/fakes/run_task.hpp"
#include "tests/fakes/scripted_provider.hpp"
#include "tests/unit/services/previews/catalogues.hpp"

namespace aisha::services {
namespace {

using blobs::Bucket;
using catalog::PreviewIndex;
using domain::AvatarKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// Tells who sleeps on it.
class WatchedClock final : public Clock {
 public:
  std::function<void()> asleep;
  TimePoint now() const override { return clock_.now(); }
  Task<void> sleep(Millis delay) override {
    if (asleep) {
      asleep();
    }
    return clock_.sleep(delay);
  }

 private:
  fakes::ManualClock clock_;
};

class PreviewMakingTest : public ::testing::Test {
 protected:
  std::vector<PreviewOrder> lacking(const WantedPreviews& wanted = {}) {
    return fakes::run_task(lacking_previews(shelf_, templates_->all(), wanted)).value();
  }
  /// Makes what lacks; how many failed.
  int make(const WantedPreviews& wanted = {}) {
    made_.clear();
    failed_.clear();
    PreviewRendering rendering({provider_, imager_, clock_, *models_}, Millis(60'000));
    PreviewMaking making(rendering, shelf_, avatars_, clock_,
                         [this](const PreviewOrder& order, const Result<void>& outcome) {
                           const std::string name = order.style + (order.kind == AvatarKind::style ? "/s" : "/p");
                           if (outcome) {
                             made_.push_back(name);
                           } else {
                             failed_[name] = outcome.error();
                           }
                         });
    return fakes::run_task(making.run(lacking(wanted)));
  }
  void have_eight_styles() {
    std::vector<std::pair<std::string, std::string>> eight;
    for (const char letter : std::string("abcdefgh")) {
      eight.emplace_back(std::string(1, letter), std::string("a cat called ") + letter);
    }
    templates_ = testing::catalogue_of(eight);
  }
  PreviewIndex index() { return fakes::run_task(read_index(shelf_)).value(); }
  std::size_t objects() const { return store_.objects.size(); }
  /// Each entry of the index has its picture.
  void expect_whole() {
    for (const auto& [key, entry] : index().all()) {
      const auto& bytes = store_.objects[{Bucket::templates, "previews/" + PreviewIndex::file_of(key, entry)}];
      EXPECT_EQ(encoding::sha256_hex(bytes), entry.sha256) << key.first;
    }
  }

  std::unique_ptr<catalog::TemplateManager> templates_ = testing::catalogue_of({{"cat", "a cat"}, {"lynx", "a lynx"}});
  std::unique_ptr<catalog::ModelManager> models_ = catalog::ModelManager::load({}).value();
  PreviewMaking::Avatars avatars_{{AvatarKind::portrait, {"https://a/anna.safetensors", "", "ANNA"}},
                                  {AvatarKind::style, {"", "finetune-7", "CAT"}}};
  fakes::MemoryBlobs store_;
  BucketShelf shelf_{store_};
  WatchedClock clock_;
  fakes::ScriptedProvider provider_;
  fakes::PlainImager imager_;
  std::vector<std::string> made_;
  std::map<std::string, Error> failed_;
};

TEST_F(PreviewMakingTest, MakesWhatLacksWithTheAvatarOfItsKindAndNothingTwice) {
  EXPECT_EQ(make(), 0);
  EXPECT_THAT(made_, UnorderedElementsAre("cat/p", "cat/s", "lynx/p", "lynx/s"));
  EXPECT_EQ(index().all().size(), 4U);
  expect_whole();
  std::vector<std::string> inputs;
  for (const auto& asked : provider_.submitted) {
    inputs.push_back(asked.endpoint + " " + asked.input);
  }
  EXPECT_THAT(inputs[0],
              ::testing::AllOf(HasSubstr("flux-lora"), HasSubstr("ANNA, a cat"), HasSubstr("anna.safetens")));
  EXPECT_THAT(inputs[1], ::testing::AllOf(HasSubstr("CAT, drawn a cat"), HasSubstr("finetune-7"), HasSubstr("1:1")));
  EXPECT_EQ(make(), 0);
  EXPECT_THAT(made_, IsEmpty());
  EXPECT_EQ(provider_.submitted.size(), 4U);
}

TEST_F(PreviewMakingTest, TheSameStyleIsAskedForWithTheSameSeed) {
  make({.styles = {"cat"}, .kind = AvatarKind::portrait});
  make({.styles = {"cat"}, .kind = AvatarKind::portrait, .force = true});
  ASSERT_EQ(provider_.submitted.size(), 2U);
  EXPECT_EQ(provider_.submitted[0].input, provider_.submitted[1].input);
}

TEST_F(PreviewMakingTest, OneOfAnotherPromptTakesThePlaceOfTheOneBefore) {
  make();
  templates_ = testing::catalogue_of({{"cat", "a wild cat"}, {"lynx", "a lynx"}});
  EXPECT_EQ(make(), 0);
  EXPECT_THAT(made_, UnorderedElementsAre("cat/p", "cat/s"));
  expect_whole();
  EXPECT_EQ(objects(), 5U) << "the pictures of the prompt before are gone";
}

TEST_F(PreviewMakingTest, OneWhoseBytesAreNotThoseOfTheIndexLacks) {
  make();
  const PreviewIndex::Key key{"cat", AvatarKind::style};
  store_.objects[{Bucket::templates, "previews/" + PreviewIndex::file_of(key, *index().find(key))}] = "spoilt";
  make();
  EXPECT_THAT(made_, ElementsAre("cat/s"));
  expect_whole();
}

TEST_F(PreviewMakingTest, Row126WhatTheProviderRefusesOrBlanksIsNamedAndTheOthersStay) {
  provider_.submits.push_back(fail(Errc::provider_rejected, "prompt: not allowed"));
  provider_.results.push_back(fakes::ScriptedProvider::one_picture("https://v3.fal.media/b.jpg", true));
  EXPECT_EQ(make(), 2);
  EXPECT_EQ(made_.size(), 2U);
  std::set<Errc> codes;
  for (const auto& [name, error] : failed_) {
    codes.insert(error.code);
  }
  EXPECT_THAT(codes, UnorderedElementsAre(Errc::provider_rejected, Errc::provider_nsfw));
  EXPECT_EQ(index().all().size(), 2U);
  expect_whole();
  EXPECT_EQ(make(), 0) << "the next run makes what lacks";
  EXPECT_EQ(made_.size(), 2U);
}

TEST_F(PreviewMakingTest, Row126AKindWithoutAnAvatarIsNamedAndTheOtherKindIsMade) {
  avatars_.erase(AvatarKind::style);
  EXPECT_EQ(make(), 2);
  EXPECT_THAT(made_, UnorderedElementsAre("cat/p", "lynx/p"));
  EXPECT_EQ(failed_.at("cat/s").code, Errc::avatar_none);
  EXPECT_THAT(failed_.at("cat/s").detail, HasSubstr("[preview_avatar.style]"));
}

TEST_F(PreviewMakingTest, Row126AFlatPictureIsNoPreview) {
  auto flat = fakes::PlainImager::fine();
  flat.looks.deviation = 1;
  imager_.inspections.push_back(flat);
  EXPECT_EQ(make({.styles = {"cat"}, .kind = AvatarKind::portrait}), 1);
  EXPECT_EQ(failed_.at("cat/p").code, Errc::result_defect);
}

TEST_F(PreviewMakingTest, AProviderWithoutMoneyIsNotAskedAgain) {
  have_eight_styles();
  for (int i = 0; i < 4; ++i) {
    provider_.submits.push_back(fail(Errc::provider_balance, "locked"));
  }
  EXPECT_EQ(make(), 16);
  EXPECT_LE(provider_.submitted.size(), 4U) << "those that were on their way together";
  EXPECT_THAT(failed_.at("h/s").detail, HasSubstr("not tried"));
}

TEST_F(PreviewMakingTest, Row126NothingMoreIsPaidForOnceWhatIsMadeCannotBeKept) {
  have_eight_styles();
  provider_.meanwhile = [&] { store_.broken = Errc::disk_full; };
  EXPECT_EQ(make(), 16);
  EXPECT_LE(provider_.submitted.size(), 4U) << "those that were on their way together";
  EXPECT_EQ(failed_.at("h/s").code, Errc::disk_full);
  EXPECT_THAT(failed_.at("h/s").detail, HasSubstr("not tried"));
  provider_.submitted.clear();
  store_.broken.reset();
  provider_.meanwhile = [&] { store_.objects[{Bucket::templates, "previews/index.json"}] = "{"; };
  EXPECT_EQ(make(), 16);
  EXPECT_LE(provider_.submitted.size(), 4U) << "the same with an index that cannot be added to";
}

TEST_F(PreviewMakingTest, AStoreThatIsAwayForAMomentLosesNothingThatIsPaidFor) {
  provider_.meanwhile = [&] { store_.unreadable = {"previews/index.json"}; };
  clock_.asleep = [&] { store_.unreadable.clear(); };
  EXPECT_EQ(make(), 0);
  EXPECT_EQ(made_.size(), 4U);
  EXPECT_EQ(provider_.submitted.size(), 4U);
  expect_whole();
}

TEST_F(PreviewMakingTest, ABusyProviderIsAskedAgainAndALostAnswerIsNot) {
  provider_.submits.push_back(fail(Errc::provider_busy));
  EXPECT_EQ(make({.styles = {"cat"}, .kind = AvatarKind::portrait}), 0);
  EXPECT_EQ(provider_.submitted.size(), 2U);
  provider_.submits.push_back(fail(Errc::net_unknown, "silence"));
  EXPECT_EQ(make({.styles = {"lynx"}, .kind = AvatarKind::portrait}), 1);
  EXPECT_EQ(provider_.submitted.size(), 3U) << "it may be paid for already";
}

TEST_F(PreviewMakingTest, WhatIsMadeIsNotLostByAFailureThatPasses) {
  provider_.results.push_back(fail(Errc::unavailable));
  provider_.downloads = {fail(Errc::unavailable), fail(Errc::download_timeout), fail(Errc::provider_busy)};
  imager_.inspections.push_back(fail(Errc::image_decoder_failed, "signal 9"));
  EXPECT_EQ(make({.styles = {"cat"}, .kind = AvatarKind::portrait}), 0);
  EXPECT_EQ(provider_.submitted.size(), 1U);
  expect_whole();
}

TEST_F(PreviewMakingTest, AFailureThatDoesNotPassIsNotWaitedFor) {
  imager_.inspections = {fail(Errc::image_decoder_failed), fail(Errc::image_decoder_failed)};
  EXPECT_EQ(make({.styles = {"cat"}, .kind = AvatarKind::portrait}), 1);
  EXPECT_EQ(failed_.at("cat/p").code, Errc::image_decoder_failed);
  provider_.downloads.push_back(fail(Errc::result_gone));
  EXPECT_EQ(make({.styles = {"cat"}, .kind = AvatarKind::portrait}), 1);
  EXPECT_EQ(failed_.at("cat/p").code, Errc::result_gone);
  for (int i = 0; i < 20; ++i) {
    provider_.downloads.push_back(fail(Errc::unavailable));
  }
  EXPECT_EQ(make({.styles = {"cat"}, .kind = AvatarKind::portrait}), 1);
  EXPECT_EQ(provider_.downloads.size(), 14U) << "six tries";
}

TEST_F(PreviewMakingTest, OneThatIsNotFinishedInTimeIsCancelled) {
  for (int i = 0; i < 200; ++i) {
    provider_.statuses.push_back(fakes::ScriptedProvider::in_queue(3));
  }
  EXPECT_EQ(make({.styles = {"cat"}, .kind = AvatarKind::portrait}), 1);
  EXPECT_EQ(failed_.at("cat/p").code, Errc::job_deadline);
  EXPECT_EQ(provider_.cancelled.size(), 1U);
}

/// Each write in turn is the last one: what the store holds then is whole, and the next run makes only what lacks.
TEST_F(PreviewMakingTest, KilledAtAnyMomentItLeavesNothingHalf) {
  for (int survives = 1; survives < 8; ++survives) {
    store_.objects.clear();
    store_.broken.reset();
    int left = survives;
    const std::function<void()> count = [&] {
      if (--left == 0) {
        store_.broken = Errc::unavailable;
      } else {
        store_.after_put = count;
      }
    };
    store_.after_put = count;
    make();
    store_.after_put = nullptr;
    store_.broken.reset();
    const std::size_t there = index().all().size();
    EXPECT_EQ(there, static_cast<std::size_t>(survives / 2)) << "a picture, then its line";
    expect_whole();
    EXPECT_EQ(make(), 0);
    EXPECT_EQ(made_.size(), 4 - there);
    expect_whole();
  }
}

TEST_F(PreviewMakingTest, AnUnknownStyleIsNamed) {
  const auto none =
      fakes::run_task(lacking_previews(shelf_, templates_->all(), {.styles = {"dog"}, .kind = std::nullopt}));
  EXPECT_EQ(none.error().code, Errc::template_unknown);
  EXPECT_THAT(none.error().detail, HasSubstr("\"dog\""));
}

TEST_F(PreviewMakingTest, WhatHasABuiltInPreviewLacksNoneUnlessAFolderIsToHoldAll) {
  templates_ = catalog::TemplateManager::load({}).value();
  EXPECT_THAT(lacking({.styles = {}, .kind = std::nullopt, .built_in_count = true}), IsEmpty());
  EXPECT_FALSE(lacking().empty());
}

TEST_F(PreviewMakingTest, StylesThatAreGoneLoseTheirPreviews) {
  make();
  templates_ = testing::catalogue_of("cat", "a cat");
  PreviewRendering rendering({provider_, imager_, clock_, *models_}, Millis(1));
  PreviewMaking making(rendering, shelf_, avatars_, clock_, nullptr);
  EXPECT_EQ(fakes::run_task(making.drop_strangers(templates_->all())), 2);
  EXPECT_EQ(index().all().size(), 2U);
  EXPECT_EQ(objects(), 3U);
  expect_whole();
}

}  // namespace
}  // namespace aisha::services
