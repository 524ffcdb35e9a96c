// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "sandbox/telegram/entities.hpp"

namespace aisha::sandbox::telegram {
namespace {

std::string shown(const Checked<FormattedText>& parsed) {
  if (!parsed) {
    return "! " + parsed.error().text;
  }
  std::string out = parsed->text;
  for (const Entity& entity : parsed->entities) {
    out += "|" + entity.type + " " + std::to_string(entity.offset) + "+" + std::to_string(entity.length);
    out += entity.url.empty() ? "" : " " + entity.url;
    out += entity.language.empty() ? "" : " " + entity.language;
  }
  return out;
}

std::string html(std::string_view text) {
  return shown(parse_html(text));
}
std::string markdown(std::string_view text) {
  return shown(parse_markdown(text));
}

Checked<FormattedText> with_entities(const std::string& text, const std::string& entities) {
  Params params;
  params.set("text", text);
  params.set("entities", entities);
  return read_text(params, TextField{});
}

TEST(TelegramHtml, CountsOffsetsInUtf16) {
  EXPECT_EQ(html("🧙<b>ж</b>"), "🧙ж|bold 2+1");
  EXPECT_EQ(html("<b><i>ab</i></b>"), "ab|italic 0+2|bold 0+2");
  EXPECT_EQ(html("&lt;&amp;&gt;&quot;&#65;&#x416;&nope;"), "<&>\"AЖ&nope;");
}

TEST(TelegramHtml, KnowsLinksCodeQuotesAndSpoilers) {
  EXPECT_EQ(html("<a href=\"https://a.b/?x=1&amp;y\">z</a>"), "z|text_link 0+1 https://a.b/?x=1&y");
  EXPECT_EQ(html("<pre><code class=\"language-cpp\">x</code></pre>"), "x|pre 0+1 cpp");
  EXPECT_EQ(html("<blockquote expandable>q</blockquote>"), "q|expandable_blockquote 0+1");
  EXPECT_EQ(html("<span class=\"tg-spoiler\">s</span>"), "s|spoiler 0+1");
}

TEST(TelegramHtml, SaysWhatIsBrokenAndWhere) {
  EXPECT_EQ(html("<x>"), "! Can't parse entities: Unsupported start tag \"x\" at byte offset 0");
  EXPECT_EQ(html("a<b"), "! Can't parse entities: Unclosed start tag at byte offset 1");
  EXPECT_EQ(html("<a href=\"x"), "! Can't parse entities: Unclosed start tag \"a\" at byte offset 0");
  EXPECT_EQ(html("</b>"), "! Can't parse entities: Unexpected end tag at byte offset 0");
  EXPECT_EQ(html("<b>x</b"), "! Can't parse entities: Unclosed end tag at byte offset 4");
  EXPECT_EQ(html("<b>жжж</i>"),
            "! Can't parse entities: Unmatched end tag at byte offset 9, expected \"</b>\", found \"</i>\"");
  EXPECT_EQ(html("<b>x"), "! Can't parse entities: Can't find end tag corresponding to start tag \"b\"");
  EXPECT_EQ(html("<a =>x</a>"), "! Can't parse entities: Empty attribute name in the tag \"a\" at byte offset 0");
  EXPECT_EQ(html("<span>x</span>"),
            "! Can't parse entities: Tag \"span\" must have class \"tg-spoiler\" at byte offset 0");
}

TEST(TelegramMarkdown, ReadsItsMarks) {
  EXPECT_EQ(markdown("*b* _i_ __u__ ~s~ ||p|| `c`"),
            "b i u s p c|bold 0+1|italic 2+1|underline 4+1|strikethrough 6+1|spoiler 8+1|code 10+1");
  EXPECT_EQ(markdown("[x](https://a.b)"), "x|text_link 0+1 https://a.b");
  EXPECT_EQ(markdown("```cpp\nx\n```"), "x\n|pre 0+2 cpp");
  EXPECT_EQ(markdown(">a\n>b\nc"), "a\nb\nc|blockquote 0+3");
  EXPECT_EQ(markdown("1\\.5"), "1.5");
}

TEST(TelegramMarkdown, SaysWhatIsBrokenAndWhere) {
  EXPECT_EQ(markdown("a.b"),
            "! Can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'");
  EXPECT_EQ(markdown("hello*x"), "! Can't parse entities: Can't find end of Bold entity at byte offset 5");
  EXPECT_EQ(markdown("[x](htt"), "! Can't parse entities: Can't find end of a URL at byte offset 3");
}

TEST(TelegramEntities, RefusesOffsetsThatDoNotFitTheText) {
  EXPECT_EQ(shown(with_entities("🧙x", R"([{"type":"bold","offset":2,"length":1}])")), "🧙x|bold 2+1");
  EXPECT_EQ(shown(with_entities("abc", R"([{"type":"bold","offset":2,"length":2}])")),
            "! Entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 3");
  EXPECT_EQ(shown(with_entities("🧙x", R"([{"type":"bold","offset":1,"length":2}])")),
            "! Entity beginning at UTF-16 offset 1 begins in a middle of a UTF-16 symbol");
  EXPECT_EQ(shown(with_entities("abc", R"([{"type":"bold","offset":-1,"length":2}])")),
            "! Receive an entity with incorrect offset -1");
}

TEST(TelegramEntities, AreTrimmedWithTheText) {
  EXPECT_EQ(shown(with_entities("  ab  ", R"([{"type":"bold","offset":0,"length":6}])")), "ab|bold 0+2");
}

TEST(TelegramEntities, AreFoundInPlainText) {
  FormattedText text{"/start see https://a.b/c, @aisha_bot and 1/2", {}};
  detect_entities(text);
  EXPECT_EQ(shown(text), "/start see https://a.b/c, @aisha_bot and 1/2|bot_command 0+6|url 11+13|mention 26+10");
}

}  // namespace
}  // namespace aisha::sandbox::telegram
