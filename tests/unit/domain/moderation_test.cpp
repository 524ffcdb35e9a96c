// SPDX-License-Identifier: Apache-2.0
#include "domain/moderation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisha::domain {
namespace {

using moderation::Category;
using moderation::Gate;
using moderation::Rule;

Rule rule(std::string id, Category category) {
  Rule out;
  out.id = std::move(id);
  out.category = category;
  return out;
}

Gate gate_of_words(std::vector<std::string> words) {
  Rule one = rule("one", Category::violence);
  one.words = std::move(words);
  return Gate({one});
}

TEST(ModerationGate, AWordMatchesAsAWholeAndAStemAsABeginning) {
  Rule words = rule("words", Category::violence);
  words.words = {"кот", "рыж* кот*"};
  Rule stems = rule("stems", Category::hate);
  stems.stems = {"соба"};
  const Gate gate({words, stems});
  EXPECT_EQ(gate.check("Кот!")->category, Category::violence);
  EXPECT_FALSE(gate.check("который"));
  EXPECT_FALSE(gate.check("антикот"));
  EXPECT_EQ(gate.check("рыжие котята")->rule, "words");
  EXPECT_FALSE(gate.check("рыжие и котята"));
  EXPECT_EQ(gate.check("собаками")->category, Category::hate);
  EXPECT_FALSE(gate.check("пособа"));
  EXPECT_FALSE(gate.check(""));
}

TEST(ModerationGate, SeesThroughDisguises) {
  const Gate gate = gate_of_words({"окно", "window", "зонт"});
  for (const std::string_view text :
       {"ОКНО",        "о\u200bкно",   "оkнo",   "ok\u043dо",   "0кн0",         "oooооокно",  "о к н о",
        "о.к.н.о",     "о-к-н-о",      "ок-но",  "о\u0301кно",  "окно123",      "зoнт",       "3онт",
        "window",      "WINDOW",       "w1ndow", "wind0w",      "wi\u00adndow", "windowwwww", "w i n d o w",
        "w.i.n.d.o.w", "ｗｉｎｄｏｗ", "𝔀𝓲𝓷𝓭𝓸𝔀", "wind\u043ew", "wínđow window"}) {
    EXPECT_TRUE(gate.check(text)) << text;
  }
  for (const std::string_view text : {"окна", "windows", "о к а", "мо окн о", "30 нт", "wind ow"}) {
    EXPECT_FALSE(gate.check(text)) << text;
  }
}

TEST(ModerationGate, EachListOfTogetherHasToHit) {
  Rule both = rule("both", Category::documents);
  both.together = {{"красн", "=red"}, {"дверь", "door"}};
  const Gate gate({both});
  EXPECT_TRUE(gate.check("дверь, она красная"));
  EXPECT_TRUE(gate.check("a red door"));
  EXPECT_TRUE(gate.check("red дверь"));
  EXPECT_FALSE(gate.check("reddish door"));
  EXPECT_FALSE(gate.check("красная красная"));
  EXPECT_FALSE(gate.check("дверь"));
}

TEST(ModerationGate, AllowedPhrasesAreLeftOutForTheirRuleOnly) {
  Rule first = rule("first", Category::sexual);
  first.words = {"глаз", "синий"};
  first.allow = {"невооруженн* глаз"};
  Rule second = rule("second", Category::people);
  second.words = {"глаз"};
  const Gate gate({first, second});
  EXPECT_EQ(gate.check("невооружённый глаз")->category, Category::people);
  EXPECT_EQ(gate.check("глаз")->category, Category::sexual);
  EXPECT_EQ(gate.check("невооружённый глаз, и ещё глаз")->category, Category::sexual);
  EXPECT_EQ(gate.check("невооружённый глаз, синий")->category, Category::sexual);
}

TEST(ModerationGate, TheGravestReasonIsTold) {
  Rule late = rule("late", Category::people);
  late.words = {"слово"};
  Rule grave = rule("grave", Category::minors);
  grave.words = {"слово"};
  EXPECT_EQ(Gate({late, grave}).check("слово")->category, Category::minors);
  EXPECT_FALSE(moderation::can_be_allowed(Category::minors));
  EXPECT_TRUE(moderation::can_be_allowed(Category::people));
}

TEST(ModerationGate, NamesItsCategories) {
  for (std::size_t i = 0; i < moderation::kCategories; ++i) {
    const auto category = static_cast<Category>(i);
    EXPECT_EQ(moderation::category_from(moderation::text_of(category)), category);
  }
  EXPECT_FALSE(moderation::category_from("taste"));
}

TEST(ModerationGate, AnyBytesAreAText) {
  const Gate gate = gate_of_words({"окно"});
  EXPECT_FALSE(gate.check("\xff\xfe \xd0"));
  EXPECT_TRUE(gate.check("\xff окно"));
  EXPECT_FALSE(gate.check(std::string(100'000, 'a')));
}

}  // namespace
}  // namespace aisha::domain
