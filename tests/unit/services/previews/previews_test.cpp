// SPDX-License-Identifier: Apache-2.0
#include "services/previews/previews.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/encoding.hpp"
#include "catalog/templates/template_manager.hpp"
#include "services/previews/preview_shelf.hpp"
#include "tests/fakes/memory_blobs.hpp"
#include "tests/fakes/paths.hpp"
#include "tests/fakes/run_task.hpp"
#include "tests/unit/services/previews/catalogues.hpp"

namespace aisha::services {
namespace {

using blobs::Bucket;
using catalog::PreviewIndex;
using domain::AvatarKind;
using fakes::run_task;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::array kKinds{AvatarKind::portrait, AvatarKind::style};

Previews::Pictures taken(const std::string& style, AvatarKind kind, const std::string& prompt,
                         const std::string& jpeg) {
  const Previews::Taken picture{encoding::sha256_hex(jpeg), jpeg};
  return {{catalog::preview_file_name(style, kind, catalog::prompt_mark(prompt)),
           std::make_shared<const Previews::Taken>(picture)}};
}

TEST(BuiltInPreviews, AreOfThePromptsAsTheyAre) {
  const auto templates = catalog::TemplateManager::load({}).value();
  std::size_t wanted = 0;
  for (const auto& style : templates->all().templates) {
    for (const AvatarKind kind : kKinds) {
      if (!style->suits(kind)) {
        continue;
      }
      ++wanted;
      const auto* entry = built_in_previews().find({style->id, kind});
      ASSERT_TRUE(entry != nullptr && entry->prompt_mark == catalog::prompt_mark(style->prompt_for(kind)))
          << "data/previews has no preview of \"" << style->id << "\" for its prompt as it is: run `make previews`";
    }
  }
  EXPECT_EQ(built_in_previews().all().size(), wanted)
      << "data/previews has previews of styles that are gone: run `make previews`";
}

TEST(BuiltInPreviews, AreTheFilesOfTheirIndexAndNoOthers) {
  std::set<std::string> listed;
  for (const auto& [key, entry] : built_in_previews().all()) {
    const std::string file = PreviewIndex::file_of(key, entry);
    EXPECT_EQ(encoding::sha256_hex(preview_file(file)), entry.sha256) << file << ": run `make previews`";
    EXPECT_LE(preview_file(file).size(), catalog::kPreviewBytes) << file;
    listed.insert(file);
  }
  for (const auto& entry : std::filesystem::directory_iterator(fakes::source_dir() + "/data/previews")) {
    const std::string name = entry.path().filename();
    if (name.ends_with(".jpg") && std::ranges::count(name, '.') > 1) {
      EXPECT_TRUE(listed.contains(name)) << name << " is no file of index.json";
    }
  }
}

TEST(Previews, ServeAStyleWhileItsPromptIsTheOneTheyWereMadeWith) {
  const auto shipped = catalog::TemplateManager::load({}).value();
  const Previews previews(*shipped);
  EXPECT_FALSE(previews.of("art", AvatarKind::portrait).empty());
  EXPECT_NE(previews.of("art", AvatarKind::portrait), previews.of("art", AvatarKind::style));
  EXPECT_TRUE(previews.of("stained-glass", AvatarKind::portrait).size() < 1) << "for style avatars only";
  EXPECT_TRUE(previews.of("nowhere", AvatarKind::portrait).empty());
  const auto other = testing::catalogue_of("art", "quite another prompt");
  EXPECT_TRUE(Previews(*other).of("art", AvatarKind::portrait).empty());
}

TEST(Previews, AnOperatorsGoesBeforeTheBuiltInOne) {
  const auto shipped = catalog::TemplateManager::load({}).value();
  Previews previews(*shipped);
  const std::vector<std::string> sheet{"art", "noir"};
  const std::vector<std::string> others{"noir"};
  const std::string before = previews.version_of(sheet, AvatarKind::portrait);
  const std::string untouched = previews.version_of(others, AvatarKind::portrait);
  previews.put(taken("art", AvatarKind::portrait, shipped->known("art")->prompt, "mine"));
  EXPECT_EQ(previews.of("art", AvatarKind::portrait), "mine");
  EXPECT_NE(previews.of("art", AvatarKind::style), "mine");
  EXPECT_NE(previews.version_of(sheet, AvatarKind::portrait), before);
  EXPECT_EQ(previews.version_of(others, AvatarKind::portrait), untouched) << "what does not show it is not drawn anew";
  previews.put(taken("art", AvatarKind::portrait, "of a prompt before", "old"));
  EXPECT_EQ(previews.version_of(sheet, AvatarKind::portrait), before);
}

class PublishedPreviews : public ::testing::Test {
 protected:
  PreviewIndex index() { return run_task(read_index(shelf_)).value(); }
  int publish() { return run_task(publish_previews(shelf_, *templates_)).value(); }

  fakes::MemoryBlobs store_;
  BucketShelf shelf_{store_};
  std::unique_ptr<catalog::TemplateManager> templates_ = catalog::TemplateManager::load({}).value();
};

TEST_F(PublishedPreviews, AreLaidOutOnceWithTheirIndex) {
  EXPECT_EQ(publish(), static_cast<int>(built_in_previews().all().size()));
  EXPECT_EQ(index().all(), built_in_previews().all());
  for (const auto& [key, entry] : index().all()) {
    const std::string file = PreviewIndex::file_of(key, entry);
    EXPECT_EQ((store_.objects[{Bucket::templates, "previews/" + file}]), preview_file(file));
  }
  EXPECT_EQ(publish(), 0);
}

TEST_F(PublishedPreviews, AnOperatorsIsLeftWhateverItsPromptWas) {
  PreviewIndex mine;
  const PreviewIndex::Key key{"art", AvatarKind::portrait};
  const PreviewIndex::Entry entry{catalog::prompt_mark(templates_->known("art")->prompt), std::string(64, 'a')};
  mine.put(key, entry);
  const PreviewIndex::Key older{"noir", AvatarKind::portrait};
  const PreviewIndex::Entry of_before{"00000000", std::string(64, 'b')};
  mine.put(older, of_before);
  store_.objects[{Bucket::templates, "previews/index.json"}] = mine.text();
  store_.objects[{Bucket::templates, "previews/noir.portrait.00000000.jpg"}] = "of a prompt before";
  EXPECT_EQ(publish(), static_cast<int>(built_in_previews().all().size()) - 2);
  EXPECT_EQ(*index().find(key), entry);
  EXPECT_EQ(*index().find(older), of_before);
  EXPECT_EQ((store_.objects[{Bucket::templates, "previews/noir.portrait.00000000.jpg"}]), "of a prompt before");
}

TEST_F(PublishedPreviews, WhatAnOperatorAddsMeanwhileIsInTheIndex) {
  const PreviewIndex::Entry entry{"00000000", std::string(64, 'a')};
  store_.after_put = [&] {
    PreviewIndex mine;
    mine.put({"of-mine", AvatarKind::portrait}, entry);
    mine.put({"noir", AvatarKind::portrait}, entry);
    store_.objects[{Bucket::templates, "previews/index.json"}] = mine.text();
  };
  EXPECT_EQ(publish(), static_cast<int>(built_in_previews().all().size()) - 1);
  const PreviewIndex after = index();
  ASSERT_NE(after.find({"of-mine", AvatarKind::portrait}), nullptr);
  EXPECT_EQ(*after.find({"noir", AvatarKind::portrait}), entry);
}

TEST_F(PublishedPreviews, APictureWhoseLineIsStillToComeIsNotWrittenOver) {
  const PreviewIndex::Key key{"noir", AvatarKind::portrait};
  const std::string file = "previews/" + PreviewIndex::file_of(key, *built_in_previews().find(key));
  store_.objects[{Bucket::templates, file}] = "an operator's";
  EXPECT_EQ(publish(), static_cast<int>(built_in_previews().all().size()) - 1);
  EXPECT_EQ((store_.objects[{Bucket::templates, file}]), "an operator's");
  EXPECT_EQ(index().find(key), nullptr);
}

TEST_F(PublishedPreviews, AStoreThatGoesAwayLeavesNoIndexOfWhatIsNotThere) {
  store_.after_put = [this] { store_.broken = Errc::unavailable; };
  EXPECT_EQ(run_task(publish_previews(shelf_, *templates_)).error().code, Errc::unavailable);
  EXPECT_EQ(store_.objects.size(), 1U);
  EXPECT_FALSE(store_.objects.contains({Bucket::templates, "previews/index.json"}));
  store_.broken.reset();
  publish();
  EXPECT_EQ(index().all(), built_in_previews().all());
}

TEST(PreviewIndexText, IsReadAsItWasWrittenAndNothingElseIs) {
  EXPECT_EQ(PreviewIndex::parse(built_in_previews().text())->all(), built_in_previews().all());
  EXPECT_THAT(PreviewIndex::parse(PreviewIndex().text())->all(), IsEmpty());
  const auto one = [](const std::string& style, const std::string& kind, const std::string& file) {
    return R"({"previews": [{"style": ")" + style + R"(", "kind": ")" + kind + R"(", "prompt": "00000000", "file": ")" +
           file + R"(", "sha256": ")" + std::string(64, '0') + "\"}]}";
  };
  EXPECT_TRUE(PreviewIndex::parse(one("art", "portrait", "art.portrait.00000000.jpg")));
  for (const std::string& text : {std::string("{"), std::string("[]"), one("art", "cat", "art.cat.00000000.jpg"),
                                  one("../art", "portrait", "../art.portrait.00000000.jpg"),
                                  one("art", "portrait", "other.jpg"), one("", "portrait", ".portrait.00000000.jpg")}) {
    const auto parsed = PreviewIndex::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, Errc::catalog_invalid);
    EXPECT_THAT(parsed.error().detail, HasSubstr("index.json"));
  }
}

}  // namespace
}  // namespace aisha::services
