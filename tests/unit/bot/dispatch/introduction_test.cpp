// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/introduction.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/bot_world.hpp"

namespace aisha::bot {
namespace {

class IntroductionTest : public testing::Test {
 protected:
  IntroductionTest() { world_.uploads.serve(7); }

  std::vector<fakes::Call> said(std::string_view method) { return world_.telegram.calls_of(method); }

  fakes::BotWorld world_;
  Introduction introduction_{world_.client, world_.library, world_.uploads, world_.options};
};

TEST_F(IntroductionTest, TheBotIntroducesItselfOnceInBothLanguages) {
  world_.world.run(introduction_.run());
  world_.world.run(introduction_.run());
  for (const char* method : {"setMyCommands", "setMyName", "setMyDescription", "setMyShortDescription"}) {
    const auto calls = said(method);
    ASSERT_EQ(calls.size(), 2U) << method;
    EXPECT_FALSE(calls[0].parameters.contains("language_code")) << method;
    EXPECT_EQ(calls[1].parameters.at("language_code"), "ru") << method;
  }
}

TEST_F(IntroductionTest, WhatWasRefusedIsSaidAgainInTheNextRound) {
  world_.telegram.refuse("setMyName", 429, "Too Many Requests: retry after 3600", 3600);
  world_.world.run(introduction_.run());
  EXPECT_TRUE(said("setMyDescription").empty());
  world_.world.run(introduction_.run());
  EXPECT_EQ(said("setMyShortDescription").size(), 2U);
}

TEST_F(IntroductionTest, ATelegramThatDoesNotAnswerIsAskedAgain) {
  world_.telegram.refuse("setMyCommands", 0, "");
  world_.world.run(introduction_.run());
  world_.world.run(introduction_.run());
  EXPECT_EQ(said("setMyShortDescription").size(), 2U);
}

TEST_F(IntroductionTest, WhetherInlineModeIsOnIsAskedAnewEachTime) {
  world_.options.has_inline = false;
  world_.telegram.has_inline = true;
  world_.world.run(introduction_.run());
  EXPECT_TRUE(world_.options.has_inline);
  EXPECT_EQ(world_.options.username, "aisha_bot");
  world_.options.allows_inline = false;
  world_.world.run(introduction_.run());
  EXPECT_FALSE(world_.options.has_inline) << "the operator's word wins over @BotFather's";
}

}  // namespace
}  // namespace aisha::bot
