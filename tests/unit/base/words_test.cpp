// SPDX-License-Identifier: Apache-2.0
#include "base/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/other_alphabet.hpp"

namespace aisha::words {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::size_t apart(std::string_view a, std::string_view b, std::size_t most = 9) {
  return distance(letters(a), letters(b), most);
}

TEST(Words, FoldCaseKnowsLatinAndCyrillic) {
  EXPECT_EQ(fold_case("Деловой ЁЖ Neon 42"), "деловой еж neon 42");
  EXPECT_EQ(fold_case("Café ŻÖLÙ Ўлица ЇЖАК"), "cafe Żolu ўлица їжак");
  EXPECT_EQ(fold_case("Мой край"), fold_case("Мои\u0306 краи\u0306")) << "a letter and its accent apart";
  EXPECT_EQ(fold_case("е\u0308ж"), "еж");
}

TEST(Words, FoldLeavesLettersDigitsAndSingleBlanks) {
  EXPECT_EQ(fold("  Неон™, «Ночь»!\n®2049 — 100%_\\'"), "неон ночь 2049 100");
  EXPECT_EQ(fold("лес🌲и снег❄️"), "лес и снег");
  EXPECT_EQ(fold("red-carpet"), "red carpet");
  EXPECT_EQ(fold("夜 Ночь"), "夜 ночь");
  EXPECT_EQ(fold("a\xff"
                 "b\0c"
                 "\xd0"),
            "a b")
      << "the literal ends at its NUL";
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold("!?"), "");
}

TEST(Words, TellingWordsAreThoseThatAreNoStopWordsUnlessThereAreNoOthers) {
  EXPECT_THAT(telling("Портрет в саду у моря"), ElementsAre("портрет", "саду", "моря"));
  EXPECT_THAT(telling("the King of the hill"), ElementsAre("king", "hill"));
  EXPECT_THAT(telling("и не то"), ElementsAre("и", "не", "то"));
  EXPECT_THAT(telling(" %_' "), IsEmpty());
}

TEST(Words, FormsOfAWordHaveOneStem) {
  for (const std::string form : {"офис", "офиса", "офисе", "офисы", "офисам", "офисов"}) {
    EXPECT_EQ(stem(form), "офис") << form;
  }
  for (const std::string form : {"закатный", "закатного", "закатная"}) {
    EXPECT_EQ(stem(form), stem("закатные")) << form;
  }
  EXPECT_EQ(stem("paintings"), stem("painting"));
  EXPECT_EQ(stem("knights"), "knight");
}

TEST(Words, WhatIsOfNoOneAlphabetStaysAsItIs) {
  EXPECT_EQ(stem("80х"), "80х");
  EXPECT_EQ(stem("neonовые"), "neonовые");
  EXPECT_EQ(stem("їжаки"), "їжаки");
  EXPECT_EQ(stem("夜"), "夜");
  EXPECT_EQ(stem(""), "");
  EXPECT_EQ(stem(std::string(5'000, 'a')), std::string(5'000, 'a'));
}

TEST(Words, DistanceCountsChangedMissingSurplusAndSwappedLetters) {
  EXPECT_EQ(apart("портрет", "портрет"), 0U);
  EXPECT_EQ(apart("пртрет", "портрет"), 1U);
  EXPECT_EQ(apart("портреет", "портрет"), 1U);
  EXPECT_EQ(apart("партрет", "портрет"), 1U);
  EXPECT_EQ(apart("протрет", "портрет"), 1U) << "two letters swapped are one slip";
  EXPECT_EQ(apart("пторрет", "портрет"), 2U);
  EXPECT_EQ(apart("", "кот"), 3U);
  EXPECT_EQ(apart("кот", "собака", 2), 3U) << "no more than asked for is told";
  EXPECT_EQ(apart("абвгде", "еджзик", 2), 3U);
}

TEST(Words, TheOtherKeyboardIsTheSameKeys) {
  EXPECT_EQ(other_keyboard("jabc"), "офис");
  EXPECT_EQ(other_keyboard("JABC"), "офис");
  EXPECT_EQ(other_keyboard(",bpytc"), "бизнес");
  EXPECT_EQ(other_keyboard("'rcrehcbz `krf {jhj;bq"), "экскурсия ёлка хорожий");
  EXPECT_EQ(other_keyboard("щаашсу"), "office");
  EXPECT_EQ(other_keyboard("Ёлка"), "`krf");
  EXPECT_EQ(other_keyboard("42 夜"), "42 夜");
}

TEST(Words, SoundsAreWrittenInTheOtherAlphabet) {
  EXPECT_EQ(transliterated("ofis"), "офис");
  EXPECT_EQ(transliterated("portret v sadu"), "портрет в саду");
  EXPECT_EQ(transliterated("delovoy"), "деловой");
  EXPECT_EQ(transliterated("osenniy"), "осенний");
  EXPECT_EQ(transliterated("krasnyy plashch"), "красный плащ");
  EXPECT_EQ(transliterated("yarkiy zhuk khudozhnik"), "яркий жук художник");
  EXPECT_EQ(transliterated("ретро нуар"), "retro nuar");
  EXPECT_EQ(transliterated("деловой щегол"), "delovoy shchegol");
  EXPECT_EQ(transliterated("80х 夜"), "80kh 夜");
}

TEST(Suggest, NamesTheNearestOfFewSlips) {
  constexpr std::array<std::string_view, 2> kKnown{"token", "listen"};
  EXPECT_EQ(did_you_mean("tokne", kKnown), " (did you mean \"token\"?)");
  EXPECT_EQ(did_you_mean("price", kKnown), "");
}

}  // namespace
}  // namespace aisha::words
