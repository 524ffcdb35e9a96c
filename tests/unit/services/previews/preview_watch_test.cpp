// SPDX-License-Identifier: Apache-2.0
#include "services/previews/preview_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "services/previews/previews.hpp"
#include "tests/fakes/memory_blobs.hpp"
#include "tests/fakes/plain_imager.hpp"
#include "tests/fakes/run_task.hpp"
#include "tests/unit/services/previews/catalogues.hpp"

namespace aisha::services {
namespace {

using blobs::Bucket;
using catalog::PreviewIndex;
using domain::AvatarKind;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kPrompt = "a cat";

/// Takes what has the sides of a preview.
class PreviewImager final : public imaging::Imager {
 public:
  int looks = 0;
  imaging::Inspection found;
  int dies = 0;  ///< so many times more
  PreviewImager() { found.width = found.height = catalog::kPreviewSide; }
  Task<Result<imaging::Inspection>> inspect(std::string) override {
    ++looks;
    if (dies > 0) {
      --dies;
      co_return fail(Errc::image_decoder_failed, "signal 9");
    }
    co_return found;
  }
  Task<Result<imaging::PhotoReport>> photo(std::string) override { co_return imaging::PhotoReport(); }
  Task<Result<std::string>> contact_sheet(imaging::SheetSpec) override { co_return std::string(); }
  Task<Result<std::string>> chart(imaging::ChartSpec) override { co_return std::string(); }
  Task<Result<std::string>> resize(std::string picture, imaging::ResizeSpec) override { co_return picture; }
};

class PreviewWatchTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { log::start(log::Level::info, false); }
  static PreviewIndex::Entry entry_of(const std::string& jpeg, const std::string& prompt = kPrompt) {
    return {catalog::prompt_mark(prompt), encoding::sha256_hex(jpeg)};
  }
  static std::string key_of(const std::string& style, const PreviewIndex::Entry& entry) {
    return "previews/" + PreviewIndex::file_of({style, AvatarKind::portrait}, entry);
  }
  /// The picture of that style for portraits, in the store and in its index.
  void lay(const std::string& style, const std::string& jpeg, const std::string& prompt = kPrompt) {
    const auto entry = entry_of(jpeg, prompt);
    store_.objects[{Bucket::templates, key_of(style, entry)}] = jpeg;
    index_.put({style, AvatarKind::portrait}, entry);
    write(index_.text());
  }
  void write(const std::string& index) { store_.objects[{Bucket::templates, "previews/index.json"}] = index; }
  void look() { fakes::run_task(watch_.run()); }
  /// What the log says of the next look.
  std::string told() {
    ::testing::internal::CaptureStderr();
    look();
    return ::testing::internal::GetCapturedStderr();
  }
  std::string shown(const std::string& style) { return std::string(previews_.of(style, AvatarKind::portrait)); }

  std::unique_ptr<catalog::TemplateManager> templates_ = testing::catalogue_of({{"cat", kPrompt}, {"lynx", kPrompt}});
  fakes::MemoryBlobs store_;
  PreviewImager imager_;
  Previews previews_{*templates_};
  PreviewWatch watch_{store_, imager_, previews_};
  PreviewIndex index_;
};

TEST_F(PreviewWatchTest, TakesWhatTheIndexSaysAndLooksAtEachOnce) {
  look();
  EXPECT_EQ(shown("cat"), "");
  lay("cat", "a");
  look();
  EXPECT_EQ(shown("cat"), "a");
  look();
  lay("lynx", "b");
  look();
  EXPECT_EQ(shown("lynx"), "b");
  EXPECT_EQ(imager_.looks, 2);
  store_.objects.clear();
  look();
  EXPECT_EQ(shown("cat"), "") << "an operator took them away";
}

TEST_F(PreviewWatchTest, OneOfAnotherPromptIsNotShown) {
  lay("cat", "a", "a dog");
  look();
  EXPECT_EQ(shown("cat"), "");
}

TEST_F(PreviewWatchTest, Row127BytesThatAreNotThoseOfTheIndexAreNotShown) {
  lay("lynx", "b");
  lay("cat", "a");
  store_.objects[{Bucket::templates, key_of("cat", entry_of("a"))}] = "z";
  look();
  EXPECT_EQ(shown("cat"), "");
  EXPECT_EQ(shown("lynx"), "b") << "one bad picture keeps no other away";
  EXPECT_EQ(imager_.looks, 1);
}

TEST_F(PreviewWatchTest, Row127APictureOfOtherSidesOrAnotherFormatOrTooLargeIsNotShown) {
  imager_.found.width = 600;
  lay("cat", "a");
  look();
  EXPECT_EQ(shown("cat"), "");
  imager_.found.width = 512;
  imager_.found.format = imaging::Format::png;
  lay("cat", "b");
  look();
  EXPECT_EQ(shown("cat"), "");
  imager_.found.format = imaging::Format::jpeg;
  lay("cat", std::string(catalog::kPreviewBytes + 1, 'x'));
  look();
  EXPECT_EQ(shown("cat"), "");
  EXPECT_EQ(imager_.looks, 2);
}

TEST_F(PreviewWatchTest, Row127AnIndexThatIsNoneChangesNothing) {
  lay("cat", "a");
  look();
  for (const std::string& broken : {std::string("{\"previews\": ["), std::string((1U << 20U) + 1, ' ')}) {
    write(broken);
    look();
    EXPECT_EQ(shown("cat"), "a");
  }
}

TEST_F(PreviewWatchTest, ATroubleIsToldOnceAndAgainWhenItComesBack) {
  const std::string whole = [&] {
    lay("cat", "a");
    return index_.text();
  }();
  look();
  write("{");
  EXPECT_THAT(told(), HasSubstr("previews/index.json is not taken: "));
  EXPECT_EQ(told(), "");
  write(whole);
  EXPECT_EQ(told(), "");
  write("{");
  EXPECT_THAT(told(), HasSubstr("previews/index.json is not taken: "));
  write(std::string((1U << 20U) + 1, ' '));
  EXPECT_THAT(told(), HasSubstr("too large"));
  write("{");
  EXPECT_THAT(told(), HasSubstr("previews/index.json is not taken: "));
  store_.objects.erase({Bucket::templates, "previews/index.json"});
  look();
  EXPECT_EQ(shown("cat"), "");
  write("{");
  EXPECT_THAT(told(), HasSubstr("previews/index.json is not taken: "));
}

TEST_F(PreviewWatchTest, ATroubleOfAPictureIsOverOnceItIsThere) {
  lay("cat", "a");
  const fakes::MemoryBlobs::Key place{Bucket::templates, key_of("cat", entry_of("a"))};
  store_.objects.erase(place);
  EXPECT_THAT(told(), AllOf(HasSubstr("cat.portrait."), HasSubstr("not_found")));
  EXPECT_EQ(told(), "");
  store_.objects[place] = "a";
  look();
  EXPECT_EQ(shown("cat"), "a");
}

TEST_F(PreviewWatchTest, WhatCouldNotBeReadIsReadAtTheNextLook) {
  lay("cat", "a");
  lay("lynx", "b");
  store_.unreadable = {key_of("cat", entry_of("a"))};
  look();
  EXPECT_EQ(shown("cat"), "");
  EXPECT_EQ(shown("lynx"), "b");
  store_.broken = Errc::unavailable;
  look();
  EXPECT_EQ(shown("lynx"), "b") << "a store that is away takes nothing from anybody";
  store_.broken.reset();
  store_.unreadable.clear();
  look();
  EXPECT_EQ(shown("cat"), "a");
}

TEST_F(PreviewWatchTest, ADecoderThatDiesOnceKeepsNoPictureAway) {
  imager_.dies = 1;
  lay("cat", "a");
  look();
  EXPECT_EQ(shown("cat"), "");
  look();
  EXPECT_EQ(shown("cat"), "a");
  look();
  EXPECT_EQ(imager_.looks, 2) << "nothing is left to look at";
}

TEST_F(PreviewWatchTest, APictureThatComesBehindItsIndexIsShownOnceItIsThere) {
  lay("lynx", "b");
  lay("cat", "a");
  const fakes::MemoryBlobs::Key place{Bucket::templates, key_of("cat", entry_of("a"))};
  store_.objects.erase(place);
  look();
  EXPECT_EQ(shown("lynx"), "b");
  store_.objects[place] = "of before";
  look();
  EXPECT_EQ(shown("cat"), "");
  store_.objects[place] = "a";
  look();
  EXPECT_EQ(shown("cat"), "a");
  EXPECT_EQ(imager_.looks, 2);
}

TEST_F(PreviewWatchTest, Row127WhatWasFoundUnfitIsNotDecodedAgain) {
  imager_.found.width = 600;
  lay("cat", "a");
  look();
  imager_.found.width = 512;
  lay("lynx", "b");
  look();
  look();
  EXPECT_EQ(shown("cat"), "");
  EXPECT_EQ(shown("lynx"), "b");
  EXPECT_EQ(imager_.looks, 2);
  lay("cat", "c");
  look();
  EXPECT_EQ(shown("cat"), "c");
}

TEST_F(PreviewWatchTest, ThePictureBeforeStaysUntilTheNextOneIsThere) {
  lay("cat", "a");
  look();
  lay("cat", "b");
  const fakes::MemoryBlobs::Key place{Bucket::templates, key_of("cat", entry_of("b"))};
  store_.objects[place] = "a";
  look();
  EXPECT_EQ(shown("cat"), "a") << "its index came first";
  store_.objects[place] = "b";
  imager_.dies = 1;
  look();
  EXPECT_EQ(shown("cat"), "a");
  look();
  EXPECT_EQ(shown("cat"), "b");
  lay("cat", "c");
  store_.unreadable = {place.second};
  look();
  EXPECT_EQ(shown("cat"), "b");
}

TEST_F(PreviewWatchTest, NothingIsReadOfAStyleUntilTheCatalogueHasIt) {
  lay("dog", "d");
  lay("cat", "a");
  look();
  EXPECT_EQ(imager_.looks, 1);
  EXPECT_EQ(previews_.taken().size(), 1U);
  templates_->put(testing::edition_of({{"cat", kPrompt}, {"dog", kPrompt}}));
  look();
  EXPECT_EQ(shown("dog"), "d");
  EXPECT_EQ(shown("cat"), "a");
}

TEST_F(PreviewWatchTest, AnIndexThatIsTakenAwayTakesItsPicturesToo) {
  lay("cat", "a");
  look();
  lay("lynx", "b");
  store_.unreadable = {key_of("lynx", entry_of("b"))};
  look();
  EXPECT_EQ(shown("cat"), "a");
  store_.objects.erase({Bucket::templates, "previews/index.json"});
  look();
  EXPECT_EQ(shown("cat"), "") << "also while something of the index before was still to be read";
}

}  // namespace
}  // namespace aisha::services
