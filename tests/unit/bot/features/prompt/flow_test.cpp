// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class PromptFlow : public testing::Chat {};

TEST_F(PromptFlow, APromptIsConfirmedThenMadeAndItsMessageGetsTheReactions) {
  world_.write("/start");
  world_.tap("Помощь");
  world_.press(world_.newest().id, "1p");
  const std::int64_t prompt = world_.write("в красном пальто <b>на мосту</b> {n} %s'; DROP TABLE users; --");
  EXPECT_NE(world_.newest().caption.find("<b>на мосту</b> {n} %s'; DROP TABLE users; --"), std::string::npos);
  EXPECT_EQ(generations(), 0);
  world_.tap("Создать · 5 монет");
  world_.settle();
  EXPECT_NE(world_.newest().caption.find("<b>на мосту</b> {n} %s"), std::string::npos);
  EXPECT_EQ(generations(), 1);
  const auto reactions = world_.telegram.calls_of("setMessageReaction");
  ASSERT_EQ(reactions.size(), 2U);
  for (const auto& reaction : reactions) {
    EXPECT_EQ(reaction.parameters.at("message_id").get_int64(), prompt);
  }
}

TEST_F(PromptFlow, AConfirmationPressedTwiceMakesOnePicture) {
  const ChatMessage card = describe("закат над морем");
  world_.press(card.id, card.data_of("Создать ·"));
  EXPECT_EQ(world_.press(card.id, card.data_of("Создать ·")), "Уже создаю это изображение");
  EXPECT_EQ(generations(), 1);
}

TEST_F(PromptFlow, TheFormatOfAPromptIsChosenOnItsCard) {
  describe("закат над морем");
  world_.tap("Формат");
  EXPECT_NE(world_.newest().caption.find("закат над морем"), std::string::npos);
  EXPECT_EQ(world_.newest().caption.find("3:4"), std::string::npos);
}

TEST_F(PromptFlow, Row16AnEmptyPromptIsAskedForAgain) {
  describe("\u200B \u200B");
  EXPECT_NE(world_.newest().caption.find("Напишите, что нарисовать"), std::string::npos);
}

TEST_F(PromptFlow, Row17APromptTooLongIsRefusedWithItsLength) {
  std::string text;
  for (int i = 0; i < 1001; ++i) {
    text += "ж";
  }
  describe(text);
  EXPECT_NE(world_.newest().caption.find("1001 из 1000"), std::string::npos);
}

TEST_F(PromptFlow, Row8BadCharactersAreRefusedWithASentence) {
  describe(std::string("a\u202Eb"));
  EXPECT_NE(world_.newest().caption.find("недопустимые символы"), std::string::npos);
}

TEST_F(PromptFlow, APictureOrAVoiceFromAPersonIsAnsweredWithTheWayThatWorks) {
  world_.update(
      {{"message",
        json::Object{
            {"message_id", 5},
            {"date", 1},
            {"from",
             json::Object{{"id", BotWorld::kChat}, {"is_bot", false}, {"first_name", "A"}, {"language_code", "ru"}}},
            {"chat", json::Object{{"id", BotWorld::kChat}, {"type", "private"}}},
            {"voice", json::Object{}}}}});
  EXPECT_NE(world_.newest().caption.find("Понимаю текст и фото"), std::string::npos);
}

}  // namespace
}  // namespace aisha::bot
