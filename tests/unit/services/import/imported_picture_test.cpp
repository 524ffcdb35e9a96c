// SPDX-License-Identifier: Apache-2.0
#include "services/import/imported_picture.hpp"

#include <gmock/gmock.h>

#include "catalog/templates/template_manager.hpp"

namespace aisha::services {
namespace {

using stores::imports::OldGeneration;

class ImportedPictures : public testing::Test {
 protected:
  ImportedPictures() {
    old_.id = *Uuid::parse("0f8fad5b-d9cb-469f-a165-70867728950e");
    old_.telegram_id = "500025";
    old_.timezone = "UTC+5";
    old_.original_prompt = "a cat";
    old_.final_prompt = "TOK woman, a cat";
    old_.quality_preset = "ULTRA";
    old_.created_at = from_epoch_ms(1'748'804'400'000);  // 2025-06-01T19:00Z
    old_.result_urls = R"(["http://minio:9000/pics/a.jpg?X-Amz-Signature=s", {"url": "http://minio:9000/pics/b.jpg"}])";
  }

  auto imported() { return imported_pictures(old_, *templates_); }

  OldGeneration old_;
  std::unique_ptr<catalog::TemplateManager> templates_ = *catalog::TemplateManager::load({});
};

TEST_F(ImportedPictures, EachAddressIsAPictureWithAnIdAndAKeyOfItsOwn) {
  const auto pictures = imported();
  ASSERT_EQ(pictures.size(), 2U);
  EXPECT_EQ(pictures[0].place, "http://minio:9000/pics/a.jpg");
  EXPECT_EQ(pictures[1].place, "http://minio:9000/pics/b.jpg");
  EXPECT_NE(pictures[0].picture.id, pictures[1].picture.id);
  EXPECT_EQ(imported()[1].picture.id, pictures[1].picture.id) << "a repeat is the same picture";
}

TEST_F(ImportedPictures, TheDayIsThePersonsAndTheOwnPromptStaysTheirs) {
  const auto picture = imported().front().picture;
  EXPECT_EQ(picture.local_day, "2025-06-02");
  EXPECT_EQ(picture.chat_id, 500025);
  EXPECT_EQ(picture.custom_prompt, "a cat");
  EXPECT_EQ(picture.prompt, "TOK woman, a cat");
  EXPECT_EQ(picture.quality_preset, "ultra");
  EXPECT_EQ(picture.model, "unknown");
}

TEST_F(ImportedPictures, AKnownStyleBringsItsCategoryAndAnUnknownOneKeepsItsName) {
  old_.template_id = "business";
  EXPECT_EQ(imported().front().picture.style_category, "portrait");
  EXPECT_EQ(imported().front().picture.custom_prompt, "");
  old_.template_id = "forgotten";
  EXPECT_EQ(imported().front().picture.style_category, "");
  EXPECT_EQ(imported().front().picture.template_id, "forgotten");
}

TEST_F(ImportedPictures, TheEndIsTheOldOneElseCountedFromTheTimeItTook) {
  EXPECT_EQ(imported().front().picture.finished_at, old_.created_at);
  old_.seconds = 8.5;
  EXPECT_EQ(imported().front().picture.finished_at, old_.created_at + Millis(8500));
  old_.completed_at = old_.created_at + Millis(1000);
  EXPECT_EQ(imported().front().picture.finished_at, old_.completed_at);
  old_.completed_at = old_.created_at - Millis(1000);
  EXPECT_EQ(imported().front().picture.finished_at, old_.created_at) << "never before its beginning";
}

TEST_F(ImportedPictures, WhatIsNoListOfAddressesGivesNoPicture) {
  for (const char* urls : {"", "[]", "{}", "null", "[null, 5, {}]", R"(["not an address"])", "[\"http"}) {
    old_.result_urls = urls;
    EXPECT_TRUE(imported().empty()) << urls;
  }
}

}  // namespace
}  // namespace aisha::services
