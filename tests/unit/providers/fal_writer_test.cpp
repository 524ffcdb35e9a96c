// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_writer.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "tests/fakes/loop.hpp"
#include "tests/fakes/scripted_http.hpp"

namespace aisha::providers::fal {
namespace {

class FalWriterTest : public ::testing::Test {
 protected:
  Result<std::string> ask(Rewriting what = Rewriting::translate) {
    return loop_.run(writer_.write(what, "кот у окна"));
  }
  std::string asked(std::string_view field) {
    const auto body = json::parse(http_.requests.at(0).body).value();
    return std::string(body.as_object().at(field).as_string());
  }

  fakes::Loop loop_;
  fakes::ScriptedHttp http_;
  FalWriter writer_{http_, {Secret("id:key"), "https://fal.run", "google/gemini-2.5-flash-lite"}};
};

TEST_F(FalWriterTest, AsksTheChosenModelForATranslationOnly) {
  http_.answer(200, R"({"output":"a cat by the window","partial":false})");
  EXPECT_EQ(ask().value(), "a cat by the window");
  const auto& request = http_.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://fal.run/openrouter/router");
  EXPECT_EQ(request.timeout, Millis(15'000));
  EXPECT_EQ(http_.header(0, "Authorization"), "Key id:key");
  EXPECT_EQ(asked("model"), "google/gemini-2.5-flash-lite");
  EXPECT_EQ(asked("prompt"), "кот у окна");
  EXPECT_TRUE(asked("system_prompt").starts_with("Translate"));
}

TEST_F(FalWriterTest, AnEnhancementHasWordsOfItsOwn) {
  http_.answer(200, R"({"output":"x"})");
  ask(Rewriting::enhance).value();
  EXPECT_TRUE(asked("system_prompt").starts_with("Rewrite"));
}

TEST_F(FalWriterTest, Row149WhateverElseComesIsNoAnswer) {
  http_.answer(200, R"({"output":""})");
  http_.answer(200, R"({"output":7})");
  http_.answer(200, "[]");
  http_.answer(200, "<html>");
  http_.answer(500, R"({"detail":"Internal Server Error"})");
  http_.answer(401, R"({"detail":"no"})");
  http_.break_with(Errc::net_unknown);
  for (int i = 0; i < 7; ++i) {
    EXPECT_EQ(ask().error().code, Errc::writer_unavailable) << i;
  }
}

}  // namespace
}  // namespace aisha::providers::fal
