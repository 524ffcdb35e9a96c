// SPDX-License-Identifier: Apache-2.0
#include "app/serve/intake.hpp"

#include <gtest/gtest.h>

namespace aisha::app {
namespace {

services::RawUpdate take(std::optional<std::int64_t> id, const char* json) {
  return intake(telegram::RawUpdate{id, json});
}

TEST(Intake, ALaneIsTheChatOfAMessageOrAPress) {
  EXPECT_EQ(take(1, R"({"update_id":1,"message":{"message_id":5,"chat":{"id":42},"from":{"id":7}}})").lane, 42);
  EXPECT_EQ(take(2, R"({"update_id":2,"callback_query":{"id":"x","from":{"id":7},"message":{"chat":{"id":43}}}})").lane,
            43);
  EXPECT_EQ(take(3, R"({"update_id":3,"my_chat_member":{"chat":{"id":44},"from":{"id":44}}})").lane, 44);
}

TEST(Intake, APressWithoutItsMessageFallsIntoTheLaneOfItsSender) {
  EXPECT_EQ(take(2, R"({"update_id":2,"callback_query":{"id":"x","from":{"id":7}}})").lane, 7);
}

TEST(Intake, Row4_WhatIsNoUpdateIsPoisonUnderANegativeKeyOfItsOwn) {
  const auto first = take(std::nullopt, R"({"update_id":"six"})");
  const auto second = take(std::nullopt, R"({"update_id":1e20})");
  EXPECT_TRUE(first.poison);
  EXPECT_LT(first.key, 0);
  EXPECT_NE(first.key, second.key);
  EXPECT_EQ(first.key, take(std::nullopt, R"({"update_id":"six"})").key);
  EXPECT_TRUE(take(-1, R"({"update_id":-1})").poison);
  EXPECT_TRUE(take(5, "[1]").poison);
}

TEST(Intake, AnUpdateOfAnUnknownKindIsNoPoison) {
  const auto update = take(9, R"({"update_id":9,"moon_phase":{"full":true}})");
  EXPECT_FALSE(update.poison);
  EXPECT_EQ(update.key, 9);
}

}  // namespace
}  // namespace aisha::app
