// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class StartFlow : public testing::Chat {};

TEST_F(StartFlow, StartGreetsANewPersonOnceAndShowsTheMenuAfterwards) {
  world_.write("/start");
  EXPECT_NE(world_.newest().caption.find("это Aisha Gallery"), std::string::npos);
  EXPECT_NE(world_.newest().caption.find("25 монет"), std::string::npos);
  world_.write("/start");
  EXPECT_NE(world_.newest().caption.find("Главное меню"), std::string::npos);
}

TEST_F(StartFlow, Row15StartIgnoresWhateverFollowsIt) {
  world_.write("/start ../../etc/passwd");
  EXPECT_NE(world_.newest().caption.find("это Aisha Gallery"), std::string::npos);
  world_.write("/start " + std::string(65'536, 'x'));
  EXPECT_NE(world_.newest().caption.find("Главное меню"), std::string::npos);
}

TEST_F(StartFlow, NavigationChangesOneCardInPlaceAndNeverDeletes) {
  const std::int64_t card = create_card().id;
  world_.tap("Свой промпт");
  world_.tap("Отмена");
  world_.tap("Меню");
  world_.tap("Настройки");
  world_.tap("Язык");
  world_.tap("Назад");
  EXPECT_EQ(world_.telegram.chat(BotWorld::kChat).size(), 1U);
  EXPECT_EQ(world_.newest().id, card);
  EXPECT_TRUE(world_.telegram.calls_of("deleteMessage").empty());
  EXPECT_TRUE(world_.telegram.calls_of("editMessageText").empty());
}

TEST_F(StartFlow, AWrittenWordBringsANewCardBelowAndTakesTheOldOneAway) {
  const std::int64_t old = create_card().id;
  world_.write("/help");
  EXPECT_GT(world_.newest().id, old);
  EXPECT_FALSE(world_.telegram.chat(BotWorld::kChat).contains(old));
  EXPECT_EQ(world_.chat().card_message_id, world_.newest().id);
}

TEST_F(StartFlow, CancelEndsAnInputAndNeverAGeneration) {
  create_card();
  world_.tap("1");
  world_.write("/create");
  world_.tap("Свой промпт");
  world_.write("/cancel");
  EXPECT_EQ(world_.chat().awaits, domain::Awaits::nothing);
  world_.settle();
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE status = 'ready'"), 1);
}

TEST_F(StartFlow, WhoBlocksTheBotIsMarkedAndWhoWritesAgainIsNot) {
  world_.write("/start");
  world_.update({{"my_chat_member",
                  json::Object{{"chat", json::Object{{"id", BotWorld::kChat}, {"type", "private"}}},
                               {"from", json::Object{{"id", BotWorld::kChat}, {"is_bot", false}, {"first_name", "A"}}},
                               {"date", 1},
                               {"old_chat_member", json::Object{{"status", "member"}}},
                               {"new_chat_member", json::Object{{"status", "kicked"}}}}}});
  EXPECT_EQ(world_.count("SELECT is_blocked FROM users"), 1);
  world_.write("/start");
  EXPECT_EQ(world_.count("SELECT is_blocked FROM users"), 0);
}

}  // namespace
}  // namespace aisha::bot
