// SPDX-License-Identifier: Apache-2.0
#include "domain/prompt_text.hpp"

#include <gtest/gtest.h>

namespace aisha::domain {
namespace {

using namespace std::string_literals;

std::string checked(const std::string& typed) {
  const auto result = check_prompt(typed);
  return result ? *result : "<" + std::string(code_of(result.error().code)) + ">";
}

std::string repeat(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) {
    out += text;
  }
  return out;
}

TEST(PromptText, Row8BrokenUtf8ControlsAndDirectionOverridesAreBadText) {
  EXPECT_EQ(checked("a\xff"), "<prompt.bad_text>");
  EXPECT_EQ(checked("\xed\xa0\x80"), "<prompt.bad_text>") << "a lone surrogate";
  EXPECT_EQ(checked("\xc0\xaf"), "<prompt.bad_text>") << "an overlong form";
  EXPECT_EQ(checked("\xf4\x90\x80\x80"), "<prompt.bad_text>") << "past the last code point";
  EXPECT_EQ(checked("cut \xd0"), "<prompt.bad_text>");
  EXPECT_EQ(checked("a\0b"s), "<prompt.bad_text>");
  EXPECT_EQ(checked("a\x1b[0m"), "<prompt.bad_text>");
  EXPECT_EQ(checked("safe \u202etxt.exe"), "<prompt.bad_text>");
  EXPECT_EQ(checked("safe \u2066isolate"), "<prompt.bad_text>");
}

TEST(PromptText, Row8FourThousandEmojisAreTooLongNotBad) {
  EXPECT_EQ(checked(repeat("🎨", 4096)), "<prompt.too_long>");
  EXPECT_EQ(checked(repeat("🎨", 1000)), repeat("🎨", 1000));
}

TEST(PromptText, Row16EmptySpacesAndZeroWidthAreEmpty) {
  for (const std::string& typed : {""s, "   \n\t "s, "\u200b\u200d\ufeff"s, "\u3000\u00a0\u2060"s, "\u2800"s}) {
    EXPECT_EQ(checked(typed), "<prompt.empty>");
  }
}

TEST(PromptText, k10f_FewerThanThreeLettersAreAskedForAgainUnlessTheyShowSomething) {
  for (const std::string& typed : {"ok"s, "да"s, "a b"s, "..."s, "?!"s, "12"s, "*_[]()~`>#+-=|{}.!\\"s, "—…«»"s}) {
    EXPECT_EQ(checked(typed), "<prompt.empty>") << typed;
  }
  for (const std::string& typed : {"cat"s, "кот"s, "007"s, "a.b.c"s, "🐱"s, "❤\ufe0f"s, "猫"s, "犬と"s, "ёж и"s, "שלג"s,
                                   "قطة"s, "고양이"s, "x🎨"s}) {
    EXPECT_EQ(checked(typed), typed);
  }
}

TEST(PromptText, Row17MoreThanAThousandCodePointsAreTooLongAndSaySo) {
  EXPECT_EQ(checked(repeat("я", 1000)), repeat("я", 1000));
  const auto result = check_prompt(repeat("я", 1234));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::prompt_too_long);
  EXPECT_EQ(std::get<about::Count>(result.error().about).n, 1234);
  EXPECT_EQ(checked("  " + repeat("a", 1000) + " \n"), repeat("a", 1000)) << "counted after trimming";
}

TEST(PromptText, Row18And19MarkupAndPlaceholdersStayLiteral) {
  for (const std::string& typed :
       {"<b>x</a>&lt;"s, "cat *_[]()~`>#+-=|{}.!\\"s, "{} %s ${x} cat"s, "'; DROP TABLE users;"s}) {
    EXPECT_EQ(checked(typed), typed);
  }
}

TEST(PromptText, TrimsWhatIsInvisibleAndKeepsWhatIsInside) {
  EXPECT_EQ(checked("\u200b  кот\u00a0в шляпе \ufeff\n"), "кот\u00a0в шляпе");
  EXPECT_EQ(checked("one\r\ntwo"), "one\ntwo");
  EXPECT_EQ(checked("family 👨\u200d👩\u200d👧 "), "family 👨\u200d👩\u200d👧");
  EXPECT_EQ(checked("❤\ufe0f "), "❤\ufe0f");
}

TEST(PromptText, ShortenCountsCodePointsAndTheEllipsis) {
  EXPECT_EQ(shorten("привет", 6), "привет");
  EXPECT_EQ(shorten("привет мир", 6), "приве…");
  EXPECT_EQ(shorten("привет мир", 8), "привет…") << "no blank before the ellipsis";
  EXPECT_EQ(shorten("🎨🎨🎨", 2), "🎨…");
  EXPECT_EQ(shorten("abc", 0), "");
}

TEST(PromptText, FromThirtyPerCentOfItsLettersOnATextIsRussian) {
  EXPECT_TRUE(is_cyrillic("закат над морем"));
  EXPECT_TRUE(is_cyrillic("закат, 85mm, film"));
  EXPECT_FALSE(is_cyrillic("a long portrait with a матрёшка of wood in a museum"));
  EXPECT_FALSE(is_cyrillic("sunset 12345"));
  EXPECT_FALSE(is_cyrillic("🌅🌊"));
  EXPECT_FALSE(is_cyrillic(""));
}

}  // namespace
}  // namespace aisha::domain
