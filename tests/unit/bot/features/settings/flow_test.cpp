// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class SettingsFlow : public testing::Chat {};

TEST_F(SettingsFlow, ASettingChangesOnlyTheKeyboard) {
  world_.write("/settings");
  const auto edits = world_.telegram.calls.size();
  world_.tap("Спрашивать перед");
  EXPECT_EQ(world_.telegram.calls_of("editMessageReplyMarkup").size(), 1U);
  EXPECT_TRUE(world_.telegram.calls_of("editMessageMedia").empty());
  EXPECT_GT(world_.telegram.calls.size(), edits);
  EXPECT_TRUE(world_.newest().has("Спрашивать перед созданием: да"));
  EXPECT_EQ(world_.count("SELECT confirm FROM user_settings"), 1);
}

TEST_F(SettingsFlow, TheSameSettingTwiceIsHarmless) {
  world_.write("/settings");
  const std::string data = world_.newest().data_of("Спрашивать перед");
  world_.press(world_.newest().id, data);
  world_.press(world_.newest().id, data);
  EXPECT_EQ(world_.count("SELECT confirm FROM user_settings"), 1);
}

TEST_F(SettingsFlow, TheLanguageChangesInPlace) {
  world_.write("/settings");
  world_.tap("Язык");
  world_.tap("English");
  EXPECT_NE(world_.newest().caption.find("Choose the language"), std::string::npos);
  world_.write("/start");
  EXPECT_NE(world_.newest().caption.find("Main menu"), std::string::npos);
}

}  // namespace
}  // namespace aisha::bot
