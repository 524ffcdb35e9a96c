// SPDX-License-Identifier: Apache-2.0
#include "telegram/update_head.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "telegram/api_types.hpp"

namespace aisha::telegram {
namespace {

UpdateHead head(std::int64_t id, UpdateKind kind, std::int64_t lane) {
  UpdateHead out;
  out.update_id = id;
  out.kind = kind;
  out.lane = lane;
  return out;
}

TEST(UpdateHead, OfAMessageIsItsChat) {
  EXPECT_EQ(
      update_head(R"({"update_id":1,"message":{"message_id":5,"from":{"id":7},"chat":{"id":42,"type":"private"}}})"),
      head(1, UpdateKind::message, 42));
  EXPECT_EQ(update_head(R"({"update_id":2,"edited_message":{"chat":{"title":"x","id":-100123},"from":{"id":7}}})"),
            head(2, UpdateKind::edited_message, -100123));
}

TEST(UpdateHead, OfAPressIsTheChatOfItsMessage) {
  EXPECT_EQ(update_head(R"({"update_id":3,"callback_query":{"id":"9","from":{"id":7},"message":{"message_id":1,)"
                        R"("from":{"id":8},"chat":{"id":43}},"data":"1h"}})"),
            head(3, UpdateKind::callback_query, 43));
  EXPECT_EQ(update_head(R"({"update_id":4,"callback_query":{"id":"9","from":{"id":7},"inline_message_id":"x"}})"),
            head(4, UpdateKind::callback_query, 7));
}

TEST(UpdateHead, OfAMembershipIsItsChat) {
  EXPECT_EQ(update_head(R"({"update_id":5,"my_chat_member":{"chat":{"id":44},"from":{"id":45},)"
                        R"("new_chat_member":{"user":{"id":1},"status":"kicked"}}})"),
            head(5, UpdateKind::my_chat_member, 44));
}

TEST(UpdateHead, OfAnyOtherKindIsItsChatOrItsSender) {
  EXPECT_EQ(update_head(R"({"update_id":6,"chat_join_request":{"chat":{"id":-5},"from":{"id":7}}})"),
            head(6, UpdateKind::other, -5));
  EXPECT_EQ(update_head(R"({"update_id":8,"poll":{"id":"1"}})"), head(8, UpdateKind::other, 0));
  EXPECT_EQ(update_head(R"({"update_id":9})"), head(9, UpdateKind::other, 0));
}

TEST(UpdateHead, OfAnInlineQueryIsALaneBesideItsSendersOwn) {
  EXPECT_EQ(update_head(R"({"update_id":7,"inline_query":{"id":"1","from":{"id":9},"query":"x"}})"),
            head(7, UpdateKind::inline_query, kInlineLane + 9));
}

TEST(UpdateHead, KindsAreNamedAsTheBotApiNamesThem) {
  for (const UpdateKind kind : {UpdateKind::message, UpdateKind::edited_message, UpdateKind::callback_query,
                                UpdateKind::my_chat_member, UpdateKind::inline_query, UpdateKind::other}) {
    EXPECT_EQ(update_kind(text_of(kind)), kind);
  }
  EXPECT_EQ(update_kind("moon_phase"), UpdateKind::other);
}

TEST(UpdateHead, OnlyNumbersInTheirOwnPlacesCount) {
  // Other chats and senders: of a forwarded message, in an array, in a text, in a member that comes later.
  EXPECT_EQ(update_head(R"({"update_id":1,"message":{"reply_to_message":{"chat":{"id":1},"from":{"id":2}},)"
                        R"("entities":[{"user":{"id":3}},[{"id":4}]],"text":"\"chat\":{\"id\":5}","chat":{"id":42}},)"
                        R"("extra":{"chat":{"id":6},"message":{"chat":{"id":7}}}})"),
            head(1, UpdateKind::message, 42));
  EXPECT_EQ(update_head(R"({"message":{"update_id":7,"chat":{"id":42}}})").update_id, std::nullopt);
}

TEST(UpdateHead, ThePlaceOfTheIdDoesNotMatter) {
  EXPECT_EQ(update_head("{ \"message\" :\n{\"chat\"\t: { \"id\" : 42 } } , \"update_id\" : 7 }"),
            head(7, UpdateKind::message, 42));
}

TEST(UpdateHead, Row4_AnOddUpdateIdIsNoId) {
  for (const char* id : {"-1", "9223372036854775808", "1e20", "1.0", "\"7\"", "null", "[1]", "0x1", "1 2", "1 "}) {
    EXPECT_EQ(update_head(std::string("{\"update_id\":") + id + (id == std::string_view("1 ") ? "" : "}")).update_id,
              std::nullopt)
        << id;
  }
  for (const char* text : {"{}", "7", "", "null", "[1]", "{", "{\"update_id\":7", "\xEF\xBB\xBF{\"update_id\":7}"}) {
    EXPECT_EQ(update_head(text).update_id, std::nullopt) << text;
  }
  EXPECT_EQ(update_head(R"({"message":{},"update_id":9223372036854775807})").update_id, 9223372036854775807);
}

TEST(UpdateHead, AnOddLaneIsNone) {
  for (const char* id : {"1e5", "\"5\"", "{}", "9223372036854775808", "null"}) {
    EXPECT_EQ(update_head(std::string(R"({"update_id":1,"message":{"chat":{"id":)") + id + "}}}"),
              head(1, UpdateKind::message, 0))
        << id;
  }
}

TEST(UpdateHead, ATruncatedOrDeepUpdateIsLeftToItsParser) {
  const std::string whole = R"({"update_id":1,"message":{"text":"a\"b","chat":{"id":42}}})";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const UpdateHead cut = update_head(std::string_view(whole).substr(0, length));
    EXPECT_TRUE(!cut.update_id || *cut.update_id == 1) << length;
    EXPECT_TRUE(cut.is_text);
  }
  const std::string deep = std::string(100'000, '[') + "{\"id\":9}";
  EXPECT_EQ(update_head(R"({"update_id":1,"message":{"chat":)" + deep).lane, 0);
  EXPECT_EQ(update_head(R"({"update_id":1,"x":)" + deep + std::string(100'000, ']') + "}"),
            head(1, UpdateKind::other, 0));
}

// They would make every batch that holds them fail.
TEST(UpdateHead, Row3_BytesThatNoDatabaseTakesAreNoText) {
  const auto with = [](std::string_view bytes) {
    return update_head(R"({"update_id":1,"message":{"text":")" + std::string(bytes) + R"("}})");
  };
  for (const std::string_view bad : {std::string_view("\0", 1), std::string_view("\xFF"), std::string_view("\xC0\x80"),
                                     std::string_view("\xED\xA0\x80"), std::string_view("\xF5\x80\x80\x80"),
                                     std::string_view("12345678\xE2\x82"), std::string_view("\x80")}) {
    EXPECT_FALSE(with(bad).is_text);
    EXPECT_EQ(with(bad).update_id, 1);
  }
  EXPECT_TRUE(with("Анна 😀 \\u0000 \\ud800").is_text);
}

TEST(CutUpdates, EveryUpdateKeepsItsExactText) {
  const auto updates = cut_updates(
      "{\"ok\":true,\"result\":[{\"update_id\":5,\n \"message\":{\"text\":\"a]}\\\"[{\"}} , {\"update_id\": 6}]}");
  ASSERT_TRUE(updates);
  ASSERT_EQ(updates->size(), 2U);
  EXPECT_EQ((*updates)[0].json, "{\"update_id\":5,\n \"message\":{\"text\":\"a]}\\\"[{\"}}");
  EXPECT_EQ((*updates)[0].head, head(5, UpdateKind::message, 0));
  EXPECT_EQ((*updates)[1].json, "{\"update_id\": 6}");
  EXPECT_EQ((*updates)[1].head, head(6, UpdateKind::other, 0));
}

TEST(CutUpdates, AnEmptyResultIsAnEmptyBatch) {
  EXPECT_EQ(cut_updates(R"({"ok":true,"result":[]})").value().size(), 0U);
  EXPECT_EQ(cut_updates(R"({"result": [ ] ,"ok":true})").value().size(), 0U);
  EXPECT_EQ(cut_updates(R"({"ok":true,"description":["x",{"y":1}],"result":[]})").value().size(), 0U);
}

// Depth, encoding and numbers that no parser takes.
TEST(CutUpdates, Row3_AnUnreadableUpdateIsCutOutLikeAnyOther) {
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  const std::string answer = R"({"ok":true,"result":[{"update_id":1,"x":)" + deep +
                             R"(},{"update_id":2,"y":NaN,"z":")" + "\xff\xfe" + R"("},7,"x",{"update_id":3}]})";
  const auto updates = cut_updates(answer);
  ASSERT_TRUE(updates);
  ASSERT_EQ(updates->size(), 5U);
  EXPECT_EQ((*updates)[0].head.update_id, 1);
  EXPECT_EQ((*updates)[1].head.update_id, 2);
  EXPECT_FALSE((*updates)[1].head.is_text);
  EXPECT_EQ((*updates)[2].head, UpdateHead());
  EXPECT_EQ((*updates)[3].json, "\"x\"");
  EXPECT_EQ((*updates)[4].head.update_id, 3);
  EXPECT_FALSE(json::decode<Update>((*updates)[0].json));
  EXPECT_FALSE(json::decode<Update>((*updates)[1].json));
  EXPECT_TRUE(json::decode<Update>((*updates)[4].json));
}

TEST(CutUpdates, AnAnswerThatIsNotTelegramsIsRefused) {
  for (const char* answer :
       {"", "{", "[]", "null", "<html>", R"({"ok":true})", R"({"ok":false,"result":[]})", R"({"ok":true,"result":{}})",
        R"({"ok":true,"result":[{"update_id":1})", R"({"ok":true,"result":[{"update_id":1},]})",
        R"({"ok":true,"result":[)", R"({"ok":true,"result":["unfinished)", R"({"ok":true,"result":[])"}) {
    EXPECT_FALSE(cut_updates(answer)) << answer;
  }
}

}  // namespace
}  // namespace aisha::telegram
