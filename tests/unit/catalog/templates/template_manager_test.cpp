// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "catalog/templates/template_manager.hpp"
#include "catalog/templates/template_parser.hpp"

namespace aisha::catalog {
namespace {

/// A day of every season there is.
constexpr const char* kDay = "2026-10-01";

using domain::AvatarKind;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kShelf = R"([[category]]
id = "shelf"
name = { ru = "Полка", en = "Shelf" }
description = { ru = "Всё", en = "All" }
emoji = "🎭"
)";

std::string style(const std::string& id, const std::string& more = {},
                  const std::string& prompt = "prompt = \"a cat\"") {
  return "[[template]]\nid = \"" + id +
         "\"\ncategory = \"shelf\"\nname = { ru = \"Имя\", en = \"Name\" }\n"
         "description = { ru = \"Строка\", en = \"Line\" }\nemoji = \"🐱\"\n" +
         prompt + "\n" + more + "\n";
}

std::string problem(const std::string& text) {
  const auto result = parse_templates({{"t.toml", std::string(kShelf) + text}});
  return result ? "none" : result.error().detail;
}

std::vector<std::string> ids(const std::vector<TemplateRef>& list) {
  std::vector<std::string> out;
  for (const TemplateRef& entry : list) {
    out.push_back(entry->id);
  }
  return out;
}

TEST(TemplateFiles, AGoodFileIsAccepted) {
  EXPECT_EQ(problem(style("cat")), "none");
}

TEST(TemplateFiles, Row69ADuplicateIdNamesBothPlaces) {
  EXPECT_EQ(problem(style("cat") + style("cat")), "t.toml:14: \"cat\" is already defined at t.toml:6");
  EXPECT_THAT(problem(std::string(kShelf)), HasSubstr("\"shelf\" is already defined at t.toml:1"));
}

TEST(TemplateFiles, Row69AnIdThatCannotBeInAButtonIsRefused) {
  EXPECT_EQ(problem(style(std::string(24, 'a'))), "none");
  EXPECT_THAT(problem(style(std::string(25, 'a'))), HasSubstr("t.toml:7: template.id: "));
  EXPECT_THAT(problem(style(std::string(70, 'a'))), HasSubstr("1 to 24 of [a-z0-9-_]"));
  for (const char* id : {"Cat", "кот", "a b", "a:b"}) {
    EXPECT_THAT(problem(style(id)), HasSubstr("t.toml:7: template.id")) << id;
  }
  EXPECT_THAT(problem("[[category]]\nid = \"seventeen-letters\"\n"), HasSubstr("t.toml:7: category.id"));
}

TEST(TemplateFiles, Row69AMissingOrEmptyPromptIsRefused) {
  EXPECT_EQ(problem(style("cat", "", "")), "t.toml:6: template.prompt: is missing");
  EXPECT_EQ(problem(style("cat", "", "prompt = \"  \"")), "t.toml:12: template.prompt: is empty");
  EXPECT_THAT(problem(style("cat", "", "prompt = 7")), HasSubstr("t.toml:12: template.prompt: a text was expected"));
}

TEST(TemplateFiles, Row69ACategoryThatDoesNotExistIsRefused) {
  std::string text = style("cat");
  text.replace(text.find("shelf"), 5, "chair");
  EXPECT_EQ(problem(text), "t.toml:6: template.category: no category \"chair\"");
}

TEST(TemplateFiles, Row69CategoriesCannotNestSoTheyCannotFormACycle) {
  EXPECT_THAT(
      problem("[[category]]\nid = \"b\"\nname = { ru = \"Б\", en = \"B\" }\ndescription = { ru = \"б\", en = \"b\" }\n"
              "emoji = \"🎭\"\ncategory = \"b\"\n"),
      HasSubstr("t.toml:11: category.category: unknown key"));
}

TEST(TemplateFiles, Row69BytesThatAreNotUtf8AreRefusedWithTheirLine) {
  EXPECT_EQ(problem("# \xff\n"), "t.toml:6: not UTF-8");
}

TEST(TemplateFiles, UnknownKeysAreRefusedWithASuggestion) {
  EXPECT_EQ(problem(style("cat", "pric = 3")), "t.toml:13: template.pric: unknown key (did you mean \"price\"?)");
  EXPECT_EQ(problem(style("cat", "price = -1")),
            "t.toml:13: template.price: a whole number from 0 to 10000 was expected");
  EXPECT_THAT(problem(style("cat", "aspect_ratio = \"16:0\"")), HasSubstr("\"16:0\" is none of 1:1, 3:4"));
  EXPECT_THAT(problem(style("a", "quick_look = 1") + style("b", "quick_look = 1")),
              HasSubstr("place 1 is taken by \"a\""));
}

TEST(TemplateFiles, BrokenTomlNamesItsLine) {
  EXPECT_THAT(problem("[[template]\n"), HasSubstr("t.toml:6: "));
}

class ShippedCatalogue : public testing::Test {
 protected:
  ShippedCatalogue() {
    auto loaded = TemplateManager::load({});
    EXPECT_TRUE(loaded) << loaded.error().detail;
    catalogue_ = std::move(*loaded);
  }
  std::unique_ptr<TemplateManager> catalogue_;
};

TEST_F(ShippedCatalogue, HasItsFiveShelvesWithTheirTemplates) {
  std::vector<std::string> categories;
  for (const Category& category : catalogue_->categories({AvatarKind::portrait, kDay})) {
    categories.push_back(category.id);
  }
  EXPECT_THAT(categories, ElementsAre("portrait", "lifestyle", "fantasy", "cinema", "holidays"));
  EXPECT_EQ(catalogue_->all().templates.size(), 43U);
  for (const auto& [id, category] :
       std::initializer_list<std::pair<const char*, const char*>>{{"business", "portrait"},
                                                                  {"glamour", "portrait"},
                                                                  {"artistic", "portrait"},
                                                                  {"photoshoot", "portrait"},
                                                                  {"casual", "lifestyle"},
                                                                  {"outdoor", "lifestyle"},
                                                                  {"medieval", "fantasy"},
                                                                  {"cyberpunk", "fantasy"},
                                                                  {"sixties", "cinema"},
                                                                  {"birthday", "holidays"}}) {
    const auto found = catalogue_->find(id);
    ASSERT_TRUE(found) << id;
    EXPECT_EQ((*found)->category, category);
  }
}

TEST_F(ShippedCatalogue, HasTheSixQuickLooksInTheirOrderForBothTypes) {
  for (const AvatarKind kind : {AvatarKind::portrait, AvatarKind::style}) {
    EXPECT_THAT(ids(catalogue_->quick_looks({kind, kDay})),
                ElementsAre("office", "sunset", "theatre", "fashion", "art", "study"));
    EXPECT_GE(catalogue_->popular_defaults({kind, kDay}).size(), 3U);
  }
}

TEST_F(ShippedCatalogue, FillsASheetOfEachShelfAndAtMostTwo) {
  for (const AvatarKind kind : {AvatarKind::portrait, AvatarKind::style}) {
    for (const Category& category : catalogue_->categories({kind, kDay})) {
      const auto count = catalogue_->in_category(category.id, {kind, kDay}).size();
      EXPECT_GE(count, category.id == "holidays" ? 1U : 6U) << category.id;
      EXPECT_LE(count, 18U) << category.id;
    }
  }
}

TEST_F(ShippedCatalogue, AStyleAvatarSeesOtherTemplatesAndOtherPrompts) {
  const auto portrait = ids(catalogue_->in_category("portrait", {AvatarKind::portrait, kDay}));
  const auto style_set = ids(catalogue_->in_category("portrait", {AvatarKind::style, kDay}));
  for (const char* only : {"photoshoot", "retro-film", "mono-portrait"}) {
    EXPECT_THAT(portrait, Contains(only));
    EXPECT_THAT(style_set, Not(Contains(only)));
  }
  for (const char* only : {"stained-glass", "storybook"}) {
    EXPECT_THAT(style_set, Contains(only));
    EXPECT_THAT(portrait, Not(Contains(only)));
  }
  for (const TemplateRef& entry : catalogue_->all().templates) {
    // One that is for one kind only has one prompt.
    if (entry->for_portrait && entry->for_style) {
      EXPECT_NE(entry->prompt_for(AvatarKind::portrait), entry->prompt_for(AvatarKind::style)) << entry->id;
    }
    EXPECT_FALSE(entry->tags.empty()) << entry->id;
    EXPECT_GT(entry->price, 0) << entry->id;
  }
}

/// Each with its first and last day, and the days beside them.
TEST_F(ShippedCatalogue, SeasonalStylesComeAndGoOnTheirDays) {
  const auto there = [&](const std::string& id, const char* day) {
    const auto on_shelf = ids(catalogue_->in_category((*catalogue_->find(id))->category, {AvatarKind::portrait, day}));
    return std::ranges::find(on_shelf, id) != on_shelf.end();
  };
  struct Year {
    const char* id;
    const char* before;
    const char* first;
    const char* last;
    const char* behind;
  };
  for (const Year& year : {Year{"new-year", "2025-12-09", "2025-12-10", "2026-01-14", "2026-01-15"},
                           Year{"winter-tale", "2025-11-30", "2025-12-01", "2026-02-28", "2026-03-01"},
                           Year{"valentine", "2026-02-04", "2026-02-05", "2026-02-15", "2026-02-16"},
                           Year{"spring", "2026-02-28", "2026-03-01", "2026-05-31", "2026-06-01"},
                           Year{"summer-festival", "2026-05-31", "2026-06-01", "2026-08-31", "2026-09-01"},
                           Year{"halloween", "2026-10-19", "2026-10-20", "2026-11-02", "2026-11-03"},
                           Year{"autumn-park", "2026-08-31", "2026-09-01", "2026-11-30", "2026-12-01"}}) {
    EXPECT_FALSE(there(year.id, year.before)) << year.id;
    EXPECT_TRUE(there(year.id, year.first)) << year.id;
    EXPECT_TRUE(there(year.id, year.last)) << year.id;
    EXPECT_FALSE(there(year.id, year.behind)) << year.id;
  }
  for (const char* month : {"01", "04", "07", "10"}) {
    EXPECT_TRUE(there("birthday", (std::string("2026-") + month + "-20").c_str())) << month;
  }
}

TEST_F(ShippedCatalogue, AnUnknownTemplateIsUnknown) {
  const auto found = catalogue_->find("nope");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::template_unknown);
}

class CatalogueFolder : public testing::Test {
 protected:
  CatalogueFolder()
      : folder_(std::filesystem::temp_directory_path() / ("aisha-catalogue-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_ / "templates");
  }
  ~CatalogueFolder() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& text) { std::ofstream(folder_ / "templates" / "t.toml") << kShelf << text; }

  std::filesystem::path folder_;
};

TEST_F(CatalogueFolder, Row69WhatIsReadAnewTakesThePlaceOfTheCatalogueUnlessItIsBroken) {
  write(style("cat"));
  auto catalogue = TemplateManager::load({folder_});
  ASSERT_TRUE(catalogue) << catalogue.error().detail;
  const TemplateRef held = *(*catalogue)->find("cat");
  write(style("cat") + style("cat"));
  const auto broken = read_edition({folder_});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, Errc::catalog_invalid);
  EXPECT_THAT(broken.error().detail, HasSubstr("t.toml:14: "));
  EXPECT_TRUE((*catalogue)->find("cat"));
  write(style("dog"));
  (*catalogue)->put(read_edition({folder_}).value());
  EXPECT_FALSE((*catalogue)->find("cat"));
  EXPECT_TRUE((*catalogue)->find("dog"));
  EXPECT_THAT(ids((*catalogue)->search({.text = "dog", .audience = {}}).styles), ElementsAre("dog"));
  EXPECT_EQ(held->id, "cat") << "what a screen holds survives the reload";
}

TEST_F(CatalogueFolder, AStyleMayHaveAFormForAWomanAndForAMan) {
  write(style("cat", "prompt_woman = \"a queen\"") + style("dog"));
  auto catalogue = TemplateManager::load({folder_});
  ASSERT_TRUE(catalogue) << catalogue.error().detail;
  domain::Avatar avatar;
  avatar.gender = "FEMALE";
  const auto cat = *(*catalogue)->find("cat");
  EXPECT_EQ(cat->prompt_for(avatar), "a queen");
  EXPECT_EQ(cat->prompt_for(AvatarKind::portrait), cat->prompt) << "previews are made with the form for anybody";
  EXPECT_EQ((*(*catalogue)->find("dog"))->prompt_for(avatar), (*(*catalogue)->find("dog"))->prompt);
  avatar.gender = "MALE";
  EXPECT_EQ(cat->prompt_for(avatar), cat->prompt);
  avatar.gender = "female";
  avatar.kind = AvatarKind::style;
  EXPECT_EQ(cat->prompt_for(avatar), cat->style_prompt);
}

TEST_F(CatalogueFolder, ADisabledTemplateIsHiddenAndSaysSo) {
  write(style("cat", "enabled = false") + style("dog"));
  auto catalogue = TemplateManager::load({folder_});
  ASSERT_TRUE(catalogue) << catalogue.error().detail;
  EXPECT_EQ((*catalogue)->find("cat").error().code, Errc::template_disabled);
  EXPECT_THAT(ids((*catalogue)->in_category("shelf", {AvatarKind::portrait, kDay})), ElementsAre("dog"));
}

TEST_F(CatalogueFolder, ASeasonIsThereOnItsDaysOnlyAlsoOverNewYear) {
  write(style("cat") + style("fir", "from = \"12-15\"\nuntil = \"01-14\"") +
        style("leaf", "from = \"09-01\"\nuntil = \"11-30\""));
  auto catalogue = TemplateManager::load({folder_});
  ASSERT_TRUE(catalogue) << catalogue.error().detail;
  const auto on = [&](std::string day) {
    return ids((*catalogue)->in_category("shelf", {AvatarKind::portrait, std::move(day)}));
  };
  EXPECT_THAT(on("2026-12-14"), ElementsAre("cat"));
  EXPECT_THAT(on("2026-12-15"), ElementsAre("cat", "fir"));
  EXPECT_THAT(on("2027-01-14"), ElementsAre("cat", "fir"));
  EXPECT_THAT(on("2027-01-15"), ElementsAre("cat"));
  EXPECT_THAT(on("2026-09-01"), ElementsAre("cat", "leaf"));
  EXPECT_THAT(on("2026-11-30"), ElementsAre("cat", "leaf"));
  EXPECT_THAT(on(""), ElementsAre("cat")) << "what is there all the year";
  const StyleQuery query{.text = "fir", .audience = Audience{AvatarKind::portrait, "2026-07-01"}};
  EXPECT_THAT(ids((*catalogue)->search(query).styles), IsEmpty());
  EXPECT_THAT(ids((*catalogue)->search({.text = "fir", .audience = {}}).styles), ElementsAre("fir"));
  EXPECT_TRUE((*catalogue)->find("fir")) << "somebody may have kept it";
}

TEST_F(CatalogueFolder, AStyleIsNewsForTwoWeeks) {
  write(style("cat", "since = \"2026-12-24\"") + style("dog"));
  auto catalogue = TemplateManager::load({folder_});
  ASSERT_TRUE(catalogue) << catalogue.error().detail;
  const TemplateRef cat = *(*catalogue)->find("cat");
  EXPECT_FALSE(cat->is_new("2026-12-23"));
  EXPECT_TRUE(cat->is_new("2026-12-24"));
  EXPECT_TRUE(cat->is_new("2027-01-06"));
  EXPECT_FALSE(cat->is_new("2027-01-07"));
  EXPECT_FALSE((*(*catalogue)->find("dog"))->is_new("2026-12-24"));
}

TEST_F(CatalogueFolder, Row125ASeasonThatIsNoneIsRefusedByItsLine) {
  for (const auto& [lines, sentence] :
       {std::pair{"from = \"12-15\"", "both \"from\" and \"until\""},
        std::pair{"from = \"13-01\"\nuntil = \"01-14\"", "\"13-01\" is no date"},
        std::pair{"from = \"12-1\"\nuntil = \"01-14\"", "\"12-1\" is no date"},
        std::pair{"from = \"12-15\"\nuntil = \"02-30\"", "\"02-30\" is no date"},
        std::pair{"since = \"2026-2-01\"", "is no day like"}, std::pair{"since = \"2026-02-31\"", "is no day like"}}) {
    write(style("cat", lines));
    const auto broken = TemplateManager::load({folder_});
    ASSERT_FALSE(broken) << lines;
    EXPECT_THAT(broken.error().detail, AllOf(HasSubstr("t.toml:"), HasSubstr(sentence))) << lines;
  }
}

TEST_F(CatalogueFolder, AMissingOrEmptyFolderIsAClearError) {
  EXPECT_EQ(TemplateManager::load({folder_ / "nowhere"}).error().code, Errc::catalog_invalid);
  EXPECT_THAT(TemplateManager::load({folder_}).error().detail, HasSubstr("no .toml file"));
}

TEST(Template, CostsTheUsualPriceUnlessItNamesOne) {
  Template style;
  EXPECT_EQ(style.price_or(5), 5);
  style.price = 8;
  EXPECT_EQ(style.price_or(5), 8);
}

}  // namespace
}  // namespace aisha::catalog
