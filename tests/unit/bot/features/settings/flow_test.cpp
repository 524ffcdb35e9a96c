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

TEST_F(SettingsFlow, WithoutNotificationsALateResultDoesNotRing) {
  for (const bool notify : {true, false}) {
    world_.write("/settings");
    world_.press(world_.newest().id, notify ? "1e:n:1" : "1e:n:0");
    EXPECT_TRUE(world_.newest().has(notify ? "Уведомлять: да" : "Уведомлять: нет"));
    const auto before = world_.telegram.calls_of("sendMessage").size();
    create_card();
    world_.tap("1");
    world_.world.clock.advance(Millis(60'000));
    world_.settle();
    EXPECT_EQ(world_.telegram.calls_of("sendMessage").size() - before, notify ? 1U : 0U);
  }
}

TEST_F(SettingsFlow, AZoneIsTakenFromTheListWithItsOffsetOfNow) {
  world_.write("/settings");
  world_.tap("Часовой пояс");
  EXPECT_NE(world_.newest().caption.find("Часовой пояс: Москва +3"), std::string::npos) << world_.newest().caption;
  EXPECT_TRUE(world_.newest().has("Москва +3 ✅"));
  world_.tap("Владивосток +10");
  EXPECT_NE(world_.newest().caption.find("Владивосток +10"), std::string::npos);
  EXPECT_EQ(world_.count("SELECT count(*) FROM users WHERE timezone = 'Asia/Vladivostok'"), 1);
}

TEST_F(SettingsFlow, AZoneIsUnderstoodAsPeopleWriteIt) {
  for (const auto& [written, zone] : {std::pair{"utc +5", "UTC+5"},
                                      {"new york", "New York -5"},
                                      {"  КАЛИНИНГРАД ", "Калининград +2"},
                                      {"Europe/Paris", "Paris +1"}}) {
    world_.write("/settings");
    world_.tap("Часовой пояс");
    world_.tap("Другой пояс");
    EXPECT_EQ(world_.chat().awaits, domain::Awaits::zone);
    world_.write(written);
    EXPECT_NE(world_.newest().caption.find(std::string("Часовой пояс: ") + zone), std::string::npos)
        << written << ": " << world_.newest().caption;
    EXPECT_EQ(world_.chat().awaits, domain::Awaits::nothing);
  }
}

TEST_F(SettingsFlow, Row103AnUnknownZoneIsToldAndAskedForAgain) {
  world_.write("/settings");
  world_.tap("Часовой пояс");
  world_.tap("Другой пояс");
  for (const char* written : {"UTC+99", "../etc/passwd", "Нарния", "\u202Eabc", "<b>{text}</b>"}) {
    world_.write(written);
    EXPECT_NE(world_.newest().caption.find("Не знаю такого пояса"), std::string::npos) << written;
  }
  EXPECT_NE(world_.newest().caption.find("<b>{text}</b>"), std::string::npos) << world_.newest().caption;
  world_.write("Москва");
  EXPECT_NE(world_.newest().caption.find("Часовой пояс: Москва"), std::string::npos);
  EXPECT_EQ(world_.press(world_.newest().id, "1tzs:zz"), "Меню обновилось — открыл свежее");
}

TEST_F(SettingsFlow, WhoMovesKeepsTheDaysOfTheirPicturesAndMakesNewOnesOnTheNewDay) {
  // 2026-01-01 15:30 UTC: the second in Vladivostok, still the first in Moscow.
  world_.world.clock.advance(std::chrono::minutes(15 * 60 + 30));
  world_.write("/settings");
  world_.press(world_.newest().id, "1tzs:a");
  picture();
  world_.write("/settings");
  world_.press(world_.newest().id, "1tzs:3");
  picture();
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE local_day = '2026-01-02'"), 1);
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE local_day = '2026-01-01'"), 1);
}

}  // namespace
}  // namespace aisha::bot
