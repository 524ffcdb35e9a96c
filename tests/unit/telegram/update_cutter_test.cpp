// SPDX-License-Identifier: Apache-2.0
#include "telegram/update_cutter.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"

namespace aisha::telegram {
namespace {

TEST(UpdateCutter, EveryUpdateKeepsItsExactText) {
  const auto updates = cut_updates(
      "{\"ok\":true,\"result\":[{\"update_id\":5,\n \"message\":{\"text\":\"a]}\\\"[{\"}} , {\"update_id\": 6}]}");
  ASSERT_TRUE(updates);
  ASSERT_EQ(updates->size(), 2U);
  EXPECT_EQ((*updates)[0].json, "{\"update_id\":5,\n \"message\":{\"text\":\"a]}\\\"[{\"}}");
  EXPECT_EQ((*updates)[0].update_id, 5);
  EXPECT_EQ((*updates)[1].json, "{\"update_id\": 6}");
  EXPECT_EQ((*updates)[1].update_id, 6);
}

TEST(UpdateCutter, AnEmptyResultIsAnEmptyBatch) {
  EXPECT_EQ(cut_updates(R"({"ok":true,"result":[]})").value().size(), 0U);
  EXPECT_EQ(cut_updates(R"({"result": [ ] ,"ok":true})").value().size(), 0U);
}

// reliability (e) 3: depth, encoding and numbers that no parser takes.
TEST(UpdateCutter, AnUnreadableUpdateIsCutOutLikeAnyOther) {
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  const std::string answer = R"({"ok":true,"result":[{"update_id":1,"x":)" + deep +
                             R"(},{"update_id":2,"y":NaN,"z":")" + "\xff\xfe" + R"("},{"update_id":3}]})";
  const auto updates = cut_updates(answer);
  ASSERT_TRUE(updates);
  ASSERT_EQ(updates->size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*updates)[i].update_id, static_cast<std::int64_t>(i + 1));
  }
  EXPECT_FALSE(json::decode<Update>((*updates)[0].json));
  EXPECT_FALSE(json::decode<Update>((*updates)[1].json));
  EXPECT_TRUE(json::decode<Update>((*updates)[2].json));
}

// reliability (e) 4.
TEST(UpdateCutter, AnOddUpdateIdIsNoId) {
  for (const char* id : {"-1", "9223372036854775808", "1e20", "1.0", "\"7\"", "null", "[1]", "0x1", "1 2"}) {
    EXPECT_FALSE(raw_update(std::string("{\"update_id\":") + id + "}").update_id) << id;
  }
  EXPECT_FALSE(raw_update("{}").update_id);
  EXPECT_FALSE(raw_update("7").update_id);
  EXPECT_FALSE(raw_update("").update_id);
  EXPECT_FALSE(raw_update(R"({"message":{"update_id":7}})").update_id);
  EXPECT_EQ(raw_update(R"({"message":{},"update_id":9223372036854775807})").update_id, 9223372036854775807);
}

TEST(UpdateCutter, AnAnswerThatIsNotTelegramsIsRefused) {
  for (const char* answer :
       {"", "{", "[]", "null", "<html>", R"({"ok":true})", R"({"ok":false,"result":[]})", R"({"ok":true,"result":{}})",
        R"({"ok":true,"result":[{"update_id":1})", R"({"ok":true,"result":[{"update_id":1},]})",
        R"({"ok":true,"result":[)", R"({"ok":true,"result":["unfinished)"}) {
    EXPECT_FALSE(cut_updates(answer)) << answer;
  }
}

}  // namespace
}  // namespace aisha::telegram
