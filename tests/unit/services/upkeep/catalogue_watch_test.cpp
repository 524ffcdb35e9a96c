// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/catalogue_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "catalog/models/model_manager.hpp"
#include "catalog/prompts/moderation_parser.hpp"
#include "catalog/templates/template_manager.hpp"
#include "services/prompts/prompt_gate.hpp"
#include "tests/fakes/paths.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A catalogue of one style.
std::string style(const std::string& id) {
  return "[[category]]\nid = \"shelf\"\nname = { ru = \"Полка\", en = \"Shelf\" }\n"
         "description = { ru = \"Всё\", en = \"All\" }\nemoji = \"🎭\"\n[[template]]\nid = \"" +
         id +
         "\"\ncategory = \"shelf\"\nname = { ru = \"Имя\", en = \"Name\" }\n"
         "description = { ru = \"Строка\", en = \"Line\" }\nemoji = \"🐱\"\nprompt = \"a cat\"\n";
}

class CatalogueWatchTest : public ::testing::Test {
 protected:
  CatalogueWatchTest() : folder_(fs::temp_directory_path() / ("aisha-watch-" + std::to_string(getpid()))) {
    fs::create_directories(folder_ / "templates");
    write("cat");
    fs::copy(fs::path(fakes::source_dir()) / "data/models", folder_ / "models");
    templates_ = catalog::TemplateManager::load({folder_}).value();
    models_ = catalog::ModelManager::load({folder_}).value();
    watch_.emplace(world_.context, world_.loop.executor(),
                   std::vector{watched_styles(catalog::Source{folder_}, *templates_),
                               watched_models(catalog::Source{folder_}, *models_)});
    look();
  }
  ~CatalogueWatchTest() override { fs::remove_all(folder_); }

  fs::path file() const { return folder_ / "templates" / "t.toml"; }
  void write(const std::string& id) { std::ofstream(file(), std::ios::trunc) << style(id); }
  /// Of the same length, and with the time of change kept.
  void write_unseen(const std::string& id) {
    const auto changed = fs::last_write_time(file());
    write(id);
    fs::last_write_time(file(), changed);
  }
  void look() { world_.run(watch_->run()); }
  bool has(const std::string& id) const { return templates_->find(id).has_value(); }
  bool is_told_broken() { return world_.registry.text().contains("\naisha_catalogue_broken 1\n"); }

  fakes::ServiceWorld world_;
  fs::path folder_;
  std::unique_ptr<catalog::TemplateManager> templates_;
  std::unique_ptr<catalog::ModelManager> models_;
  std::optional<CatalogueWatch> watch_;
};

TEST_F(CatalogueWatchTest, AChangedFileIsInForceAtTheNextLook) {
  write("lynx");
  EXPECT_TRUE(has("cat"));
  look();
  EXPECT_TRUE(has("lynx"));
  EXPECT_FALSE(has("cat"));
  EXPECT_FALSE(watch_->trouble());
}

TEST_F(CatalogueWatchTest, AModelThatIsAddedIsInForceAtTheNextLookAndABrokenOneChangesNothing) {
  const fs::path row = folder_ / "models" / "flux-lora.toml";
  std::ifstream in(row);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::string next = text;
  next.replace(next.find("id = \"flux-lora\""), 16, "id = \"next-lora\"");
  next.replace(next.find("\"fal-ai/flux-lora\""), 18, "\"owner/next\"");
  std::ofstream(folder_ / "models" / "next.toml") << next;
  look();
  ASSERT_NE(models_->find("next-lora"), nullptr);
  std::ofstream(folder_ / "models" / "next.toml") << "id = 7";
  look();
  EXPECT_THAT(watch_->trouble().value_or(""), HasSubstr("next.toml:1: "));
  EXPECT_NE(models_->find("next-lora"), nullptr);
}

TEST_F(CatalogueWatchTest, ABrokenOneIsToldAndTheOneBeforeStays) {
  write("No Slug!");
  look();
  ASSERT_TRUE(watch_->trouble());
  EXPECT_THAT(*watch_->trouble(), HasSubstr("t.toml:"));
  EXPECT_TRUE(is_told_broken());
  EXPECT_TRUE(has("cat"));
}

TEST_F(CatalogueWatchTest, WhatCouldNotBeTakenIsReadAgainAlsoWhenItsFilesLookTheSame) {
  write("!!!");
  look();
  ASSERT_TRUE(watch_->trouble());
  write_unseen("dog");
  look();
  EXPECT_TRUE(has("dog"));
  EXPECT_FALSE(watch_->trouble());
  EXPECT_FALSE(is_told_broken());
}

TEST_F(CatalogueWatchTest, Row154RulesOfModerationAreTakenAnewAndBrokenOnesChangeNothing) {
  const fs::path rules = folder_ / "rules";
  fs::create_directories(rules);
  const auto forbid = [&](const std::string& word) {
    std::ofstream(rules / "own.toml", std::ios::trunc)
        << "[[rule]]\nid = \"own\"\ncategory = \"people\"\nwords = [\"" << word << "\"]\n";
  };
  forbid("тыква");
  PromptGate gate(catalog::read_moderation({rules}).value());
  const auto passes = [&](std::string text) {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    return world_.run(gate.check(unit, std::move(text))).has_value();
  };
  CatalogueWatch watch(
      world_.context, world_.loop.executor(),
      std::vector{watched_styles(catalog::Source{folder_}, *templates_), watched_rules(catalog::Source{rules}, gate)});
  world_.run(watch.run());
  EXPECT_FALSE(passes("тыква"));
  forbid("репка");
  world_.run(watch.run());
  EXPECT_TRUE(passes("тыква"));
  EXPECT_FALSE(passes("репка"));
  EXPECT_FALSE(watch.trouble());
  forbid("!?");
  world_.run(watch.run());
  ASSERT_TRUE(watch.trouble());
  EXPECT_THAT(*watch.trouble(), HasSubstr("own.toml:4: rule.words: "));
  EXPECT_TRUE(is_told_broken());
  EXPECT_FALSE(passes("репка"));
  write("lynx");
  world_.run(watch.run());
  EXPECT_TRUE(has("lynx")) << "the other folder is looked at all the same";
  EXPECT_TRUE(is_told_broken());
  forbid("арбуз");
  world_.run(watch.run());
  EXPECT_FALSE(watch.trouble());
  EXPECT_FALSE(is_told_broken());
  EXPECT_FALSE(passes("арбуз"));
}

TEST_F(CatalogueWatchTest, AFolderThatIsAwayIsWaitedFor) {
  fs::rename(folder_ / "templates", folder_ / "away");
  look();
  EXPECT_TRUE(watch_->trouble());
  EXPECT_TRUE(has("cat"));
  fs::rename(folder_ / "away", folder_ / "templates");
  look();
  EXPECT_FALSE(watch_->trouble());
}

}  // namespace
}  // namespace aisha::services
