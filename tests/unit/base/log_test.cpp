// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"

namespace aisha::log {
namespace {

constexpr TimePoint kTime{Millis(1'768'000'000'123)};

TEST(Log, AJsonLineIsAnObjectWhateverIsInTheText) {
  const auto trace = Uuid::parse("019b0a1b-2c3d-7e4f-8a5b-6c7d8e9f0a1b").value();
  const std::string line = json_line(kTime, Level::warn, trace, "say \"no\"\n\\ нет \x01 \xff\xc3( end");
  const auto value = json::parse(line);
  ASSERT_TRUE(value) << line;
  const auto& object = value->as_object();
  EXPECT_EQ(object.at("time").as_string(), "2026-01-09T23:06:40.123Z");
  EXPECT_EQ(object.at("level").as_string(), "warn");
  EXPECT_EQ(object.at("trace").as_string(), "019b0a1b-2c3d-7e4f-8a5b-6c7d8e9f0a1b");
  EXPECT_EQ(object.at("msg").as_string(), "say \"no\"\\n\\ нет \\x01 \xEF\xBF\xBD\xEF\xBF\xBD( end");
}

TEST(Log, ALineWithoutATraceHasNone) {
  const auto value = json::parse(json_line(kTime, Level::info, {}, "started"));
  ASSERT_TRUE(value);
  EXPECT_FALSE(value->as_object().contains("trace"));
}

TEST(Log, NobodyWritesASecondLineThroughAText) {
  EXPECT_EQ(clean("a\nb\r\x1b[31m"), "a\\nb\\x0d\\x1b[31m");
}

TEST(Log, BlotsOutWhatLooksLikeASecret) {
  EXPECT_EQ(clean("POST http://h/bot123:AAbb-_c/getMe failed"), "POST http://h/bot***/getMe failed");
  EXPECT_EQ(clean("Authorization: Key id-1:s3cret end"), "Authorization: Key *** end");
  EXPECT_EQ(clean("?X-Amz-Signature=abc0&x=1"), "?X-Amz-Signature=***&x=1");
  EXPECT_EQ(clean("to postgres://bot:p%40ss@db:5432/aisha as bot"), "to postgres://bot:***@db:5432/aisha as bot");
  EXPECT_EQ(clean("http://host:80/robots and a@b"), "http://host:80/robots and a@b");
}

TEST(Log, BlotsOutWhatItWasToldToKeep) {
  never_show(Secret("canary-of-the-log"));
  never_show(Secret("ab"));
  EXPECT_EQ(clean("x canary-of-the-log y canary-of-the-log ab"), "x *** y *** ab");
}

}  // namespace
}  // namespace aisha::log
