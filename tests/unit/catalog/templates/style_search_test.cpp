// SPDX-License-Identifier: Apache-2.0
#include "catalog/templates/style_search.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "catalog/templates/template_manager.hpp"

namespace aisha::catalog {
namespace {

/// A day of every season there is.
constexpr const char* kDay = "2026-10-01";

using domain::AvatarKind;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const TemplateManager& catalogue() {
  static const auto shipped = TemplateManager::load({}).value();
  return *shipped;
}

FoundStyles find(std::string_view text, std::optional<AvatarKind> kind = AvatarKind::portrait) {
  return catalogue().search({.text = text, .audience = kind ? std::optional(Audience{*kind, kDay}) : std::nullopt});
}

std::vector<std::string> ids(const FoundStyles& found) {
  std::vector<std::string> out;
  for (const TemplateRef& style : found.styles) {
    out.push_back(style->id);
  }
  return out;
}

/// What somebody types, the style they mean (among the first three), and the words that are told to have been
/// looked for instead ("" = theirs).
struct Meant {
  std::string typed;
  std::string style;
  std::string corrected = {};
};

class Queries : public ::testing::TestWithParam<Meant> {};

TEST_P(Queries, FindWhatIsMeant) {
  const auto& [typed, style, corrected] = GetParam();
  const FoundStyles found = find(typed);
  std::vector<std::string> first = ids(found);
  first.resize(std::min<std::size_t>(first.size(), 3));
  EXPECT_THAT(first, Contains(style)) << typed << ": " << ::testing::PrintToString(ids(found));
  EXPECT_EQ(found.corrected, corrected) << typed;
}

const Meant kMeant[] = {
    // Words as they stand in the catalogue, in any case.
    {"офис", "office"},
    {"ОФИС", "office"},
    {"Деловой", "business"},
    {"закат", "sunset"},
    {"неон", "cyberpunk"},
    {"кофе", "casual"},
    {"чб", "noir"},
    {"office", "office"},
    {"Sunset", "sunset"},
    {"NOIR", "noir"},
    {"knight", "knight"},
    {"linkedin", "business"},
    {"vogue", "fashion"},
    {"учёба", "study"},
    {"учеба", "study"},
    // Forms.
    {"офисе", "office"},
    {"офиса", "office"},
    {"деловая", "business"},
    {"деловые", "business"},
    {"закаты", "sunset"},
    {"на закате", "sunset"},
    {"в лесу", "forest-spirit"},
    {"рыцаря", "knight"},
    {"рыцари", "knight"},
    {"королевы", "royal"},
    {"комиксы", "comic-hero"},
    {"акварелью", "watercolour"},
    {"осеннего парка", "autumn-park"},
    {"красной дорожке", "red-carpet"},
    {"театральный", "theatre"},
    {"knights", "knight"},
    {"books", "study"},
    {"painting", "artistic"},
    {"libraries", "study"},
    // Beginnings.
    {"офи", "office"},
    {"киберп", "cyberpunk"},
    {"аквар", "watercolour"},
    {"photo", "photoshoot"},
    {"medi", "medieval"},
    // Several words, also of both languages; what says nothing is passed over.
    {"рассвет у моря", "seaside-dawn"},
    {"королевский портрет", "royal"},
    {"портрет короля", "royal"},
    {"comic hero", "comic-hero"},
    {"the autumn park", "autumn-park"},
    {"dawn море", "seaside-dawn"},
    // Slips.
    {"пртрет", "royal", "портрет"},
    {"закта", "sunset", "закат"},
    {"деловйо", "business", "деловой"},
    {"кеберпанк", "cyberpunk", "киберпанк"},
    {"рыцырь", "knight", "рыцарь"},
    {"средневиковье", "medieval", "средневековье"},
    {"фотосесия", "photoshoot"},
    {"watercolur", "watercolour", "watercolour"},
    {"portrit", "royal", "portrait"},
    {"knigth", "knight", "knight"},
    {"sinthwave", "synthwave", "synthwave"},
    // The other keyboard.
    {"jabc", "office", "офис"},
    {"pfrfn", "sunset", "закат"},
    {"JCTYM", "autumn-park", "осень"},
    {"ktc", "forest-spirit", "лес"},
    {"щаашсу", "office", "office"},
    {"тщшк", "noir", "noir"},
    {"hfccdtn e vjhz", "seaside-dawn", "рассвет моря"},
    // By sound.
    {"ofis", "office", "офис"},
    {"zakat", "sunset", "закат"},
    {"delovoy", "business", "деловой"},
    {"rytsar", "knight", "рыцар"},
    {"osenniy park", "autumn-park", "осенний park"},
    {"киберпанк neon", "cyberpunk"},
};
INSTANTIATE_TEST_SUITE_P(Table, Queries, ::testing::ValuesIn(kMeant));

TEST(StyleSearch, NothingIsFoundForWordsOfNoStyle) {
  for (const std::string_view text : {"", " ", "гиппопотам", "закат гиппопотам", "qqqq", "%", "_", "'", "%_'\"", "™"}) {
    EXPECT_THAT(ids(find(text)), IsEmpty()) << text;
    EXPECT_EQ(find(text).corrected, "");
  }
}

TEST(StyleSearch, AShortWordIsNoBeginningAndHasNoSlips) {
  EXPECT_THAT(ids(find("оф")), IsEmpty());
  EXPECT_THAT(ids(find("мец")), IsEmpty()) << "three letters of no word, one slip from many";
}

TEST(StyleSearch, OnlyStopWordsAreLookedForAsTheyAre) {
  EXPECT_THAT(ids(find("у")), Contains("seaside-dawn"));
  EXPECT_EQ(find("у").corrected, "");
}

TEST(StyleSearch, OnlyWhatSuitsTheAvatarIsFoundUnlessAnyIsAskedFor) {
  EXPECT_THAT(ids(find("фотосессия", AvatarKind::portrait)), Contains("photoshoot"));
  EXPECT_THAT(ids(find("фотосессия", AvatarKind::style)), Not(Contains("photoshoot")));
  EXPECT_THAT(ids(find("фотосессия", std::nullopt)), Contains("photoshoot"));
}

TEST(StyleSearch, WithoutForgivingWordsAreTakenAsTheyAre) {
  for (const std::string_view text : {"jabc", "ofis", "пртрет"}) {
    EXPECT_THAT(catalogue().search({.text = text, .audience = {}, .forgives = false}).styles, IsEmpty()) << text;
  }
  EXPECT_THAT(ids(catalogue().search({.text = "офисе", .audience = {}, .forgives = false})), Contains("office"));
}

Template named(const std::string& id, const std::string& name) {
  Template style;
  style.id = id;
  style.name = {name, name};
  return style;
}

TemplateSet set_of(const std::vector<Template>& styles) {
  TemplateSet set;
  for (const Template& style : styles) {
    set.templates.push_back(std::make_shared<const Template>(style));
  }
  return set;
}

/// Styles that differ in where they say "cat".
TemplateSet cats() {
  Template prompt = named("prompt", "a");
  prompt.prompt = "a cat";
  Template text = named("text", "a");
  text.description.en = "a cat";
  Template shelf = named("shelf", "a");
  shelf.category = "cats";
  Template tag = named("tag", "a");
  tag.tags = {"black cat"};
  TemplateSet set = set_of({prompt, text, shelf, tag, named("name", "Cat"), named("begins", "Catering")});
  Category category;
  category.id = "cats";
  category.name = {"Cat", "Cat"};
  set.categories.push_back(category);
  return set;
}

TEST(StyleSearch, ANameCountsMoreThanATagThanACategoryThanADescriptionThanAPrompt) {
  const StyleSearch search(cats());
  EXPECT_THAT(ids(search.find({.text = "cat", .audience = {}})),
              ElementsAre("name", "tag", "begins", "shelf", "text", "prompt"));
}

TEST(StyleSearch, EqualsStandByPopularityThenId) {
  std::vector<Template> styles = {named("d", "Кот"), named("c", "Кот"), named("b", "Кот"), named("a", "Кот")};
  styles[0].popular = 1;
  styles[1].popular = 2;
  const StyleSearch search(set_of(styles));
  EXPECT_THAT(ids(search.find({.text = "кот", .audience = {}})), ElementsAre("d", "c", "a", "b"));
  const std::vector<std::string> popular{"b", "c"};
  EXPECT_THAT(ids(search.find({.text = "кот", .audience = {}, .popular = popular})), ElementsAre("b", "c", "d", "a"));
}

TEST(StyleSearch, AThousandLettersAreNoTrouble) {
  std::string text;
  for (int i = 0; i < 200; ++i) {
    text += "кошка ";
  }
  EXPECT_THAT(ids(find(text)), IsEmpty());
  EXPECT_THAT(ids(find(std::string(1'000, 'x'))), IsEmpty());
}

}  // namespace
}  // namespace aisha::catalog
