// SPDX-License-Identifier: Apache-2.0
#include "texts/rich_text.hpp"

#include <gtest/gtest.h>

#include "texts/markup.hpp"

namespace aisha::texts {
namespace {

TEST(RichText, CountsUtf16UnitsSoThatEmojiAreTwo) {
  EXPECT_EQ(utf16_length(""), 0U);
  EXPECT_EQ(utf16_length("Аня"), 3U);
  EXPECT_EQ(utf16_length("🎨"), 2U);
  EXPECT_EQ(utf16_length("❤️"), 2U);
  EXPECT_EQ(utf16_length("🇷🇺"), 4U);
}

TEST(RichText, PutsSpansBehindSurrogatePairsAtUtf16Offsets) {
  const RichText rich = expand("🎨 <b>Жук</b> 🧙‍♀️<i>x</i>", {});
  EXPECT_EQ(rich.text, "🎨 Жук 🧙‍♀️x");
  ASSERT_EQ(rich.spans.size(), 2U);
  EXPECT_EQ(rich.spans[0], (Span{Look::bold, 3, 3}));
  EXPECT_EQ(rich.spans[1], (Span{Look::italic, 12, 1}));
}

TEST(RichText, MovesSpansWhenTextsAreJoined) {
  RichText rich = expand("🔥 <b>a</b>", {});
  rich += "\n";
  rich += expand("<code>b</code>", {});
  ASSERT_EQ(rich.spans.size(), 2U);
  EXPECT_EQ(rich.spans[1], (Span{Look::code, 5, 1}));
}

TEST(RichText, InsertsHostileArgumentsLiterally) {
  for (const char* hostile : {"<b>", "</a>", "&lt;", "_*[]()~`>#+-=|{}.!", "{}", "{name}", "%s", "${x}",
                              "'; DROP TABLE users; --", "<blockquote expandable>"}) {
    const RichText rich = expand("<b>{name}</b>!", {{"name", hostile}});
    EXPECT_EQ(rich.text, std::string(hostile) + "!");
    ASSERT_EQ(rich.spans.size(), 1U) << hostile;
    EXPECT_EQ(rich.spans[0].length, utf16_length(hostile));
  }
}

TEST(RichText, KeepsTheSpansOfARichArgument) {
  const RichText lines = expand("1 <b>🏢 Офис</b>", {});
  const RichText rich = expand("🎭\n{lines}", {{"lines", lines}});
  ASSERT_EQ(rich.spans.size(), 1U);
  EXPECT_EQ(rich.spans[0], (Span{Look::bold, 5, 7}));
}

TEST(RichText, DropsSpansThatWouldBeEmpty) {
  EXPECT_TRUE(expand("<i>{d}</i>", {{"d", ""}}).spans.empty());
}

TEST(RichText, CutsAtCodePointsAndNeverPassesTheLimit) {
  const std::string text = "🎨🎨🎨🎨";
  for (std::size_t limit = 0; limit < 10; ++limit) {
    const std::string cut = cut_utf16(text, limit);
    EXPECT_LE(utf16_length(cut), limit);
  }
  EXPECT_EQ(cut_utf16("🎨🎨🎨", 5), "🎨🎨…");
  EXPECT_EQ(cut_utf16("одно два", 6), "одно…");
  EXPECT_EQ(cut_utf16("как есть", 8), "как есть");
}

TEST(RichText, ShortensAndDropsSpansBehindTheCut) {
  RichText rich = expand("<b>abcdef</b> <i>ghi</i>", {});
  rich = cut_utf16(std::move(rich), 5);
  EXPECT_EQ(rich.text, "abcd…");
  ASSERT_EQ(rich.spans.size(), 1U);
  EXPECT_EQ(rich.spans[0], (Span{Look::bold, 0, 5}));
}

}  // namespace
}  // namespace aisha::texts
