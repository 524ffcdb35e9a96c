// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class CreateFlow : public testing::Chat {};

TEST_F(CreateFlow, OneTapMakesThePictureInTheTappedMessageAndChargesOnce) {
  const ChatMessage& result = picture();
  EXPECT_TRUE(result.has("Скачать"));
  EXPECT_EQ(result.kind, "photo");
  EXPECT_NE(result.caption.find("Готово"), std::string::npos);
  EXPECT_EQ(coins(), 20);
  EXPECT_EQ(world_.telegram.chat(BotWorld::kChat).size(), 1U);
  EXPECT_TRUE(world_.world.broken_invariants().empty());
}

TEST_F(CreateFlow, APaidTapIsDurableBeforeItIsAnswered) {
  create_card();
  EXPECT_EQ(world_.tap("1"), "Принято");
  EXPECT_EQ(generations(), 1);
  EXPECT_EQ(world_.chat().card_message_id, 0);
}

TEST_F(CreateFlow, Row11TwentyTapsMakeOnePictureAlsoOnAnotherStyleOfTheSameCard) {
  const ChatMessage card = create_card();
  world_.press(card.id, card.data_of("1"));
  for (int i = 0; i < 19; ++i) {
    EXPECT_EQ(world_.press(card.id, card.data_of(i % 2 == 0 ? "1" : "2")), "Уже создаю это изображение");
  }
  EXPECT_EQ(generations(), 1);
  EXPECT_EQ(coins(), 20);
}

TEST_F(CreateFlow, Row24AThirdPictureAtOnceIsRefusedByAToastAndTheCardStays) {
  for (int i = 0; i < 2; ++i) {
    create_card();
    world_.tap("1");
  }
  const ChatMessage card = create_card();
  EXPECT_EQ(world_.tap("1"), "Уже создаю 2 изображения. Дождитесь одного из них.");
  EXPECT_EQ(world_.message(card.id).caption, card.caption);
  EXPECT_EQ(coins(), 15);
  EXPECT_EQ(world_.chat().card_message_id, card.id);
}

TEST_F(CreateFlow, Row26ABalanceTooSmallIsSaidWithBothFiguresOnTheCard) {
  for (int i = 0; i < 5; ++i) {
    create_card();
    world_.tap("1");
    world_.settle();
  }
  const std::int64_t card = create_card().id;
  world_.tap("1");
  EXPECT_NE(world_.message(card).caption.find("Не хватает 5 монет"), std::string::npos);
  EXPECT_NE(world_.message(card).caption.find("на балансе 0 монет"), std::string::npos);
  EXPECT_EQ(generations(), 5);
}

TEST_F(CreateFlow, Row20AStyleOutOfItsSeasonIsHiddenAndItsOldButtonSaysSoAndCostsNothing) {
  const ChatMessage card = create_card();
  std::string start = card.data_of("1");
  start.replace(start.find(':') + 1, start.find(':', start.find(':') + 1) - start.find(':') - 1, "autumn-park");
  world_.tap("Образ жизни");
  EXPECT_EQ(world_.newest().caption.find("Осенний парк"), std::string::npos) << "in January";
  constexpr std::string_view kAnswer = "Этот стиль сезонный: он вернётся к своим дням";
  EXPECT_EQ(world_.press(card.id, "1s:autumn-park:k"), kAnswer);
  EXPECT_EQ(world_.press(card.id, start), kAnswer);
  EXPECT_EQ(generations(), 0);
  EXPECT_EQ(coins(), 25);
  world_.world.clock.advance(std::chrono::days(250));
  world_.write("/create");
  world_.tap("Образ жизни");
  EXPECT_NE(world_.newest().caption.find("Осенний парк"), std::string::npos) << "in September";
}

TEST_F(CreateFlow, TheNewYearIsThereOnItsLastDayAndGoneOnTheNextByThePersonsOwnDay) {
  const auto is_there_in = [&](const char* town) {
    world_.write("/settings");
    world_.tap("Часовой пояс");
    world_.tap(town);
    world_.write("/create");
    world_.tap("Праздники и сезоны");
    return world_.newest().caption.find("Новый год") != std::string::npos;
  };
  world_.write("/start");
  // 13:30 UTC on 14 January 2026: 23:30 in Vladivostok.
  world_.world.clock.advance(std::chrono::days(13) + std::chrono::minutes(13 * 60 + 30));
  EXPECT_TRUE(is_there_in("Владивосток"));
  EXPECT_TRUE(is_there_in("Лондон"));
  world_.world.clock.advance(std::chrono::minutes(30));
  EXPECT_FALSE(is_there_in("Владивосток")) << "midnight: the fifteenth";
  EXPECT_TRUE(is_there_in("Лондон")) << "still the fourteenth";
  world_.world.clock.advance(std::chrono::hours(10));
  EXPECT_FALSE(is_there_in("Лондон")) << "the fifteenth there too";
}

TEST_F(CreateFlow, Row14APageThatIsNotThereIsTheLastOne) {
  create_card();
  world_.tap("Портреты");
  const ChatMessage first = world_.newest();
  world_.press(first.id, "1k:portrait:1");
  const ChatMessage last = world_.newest();
  EXPECT_NE(last.caption, first.caption);
  world_.press(first.id, "1k:portrait:zzz");
  EXPECT_EQ(world_.newest().caption, last.caption);
  EXPECT_EQ(world_.press(first.id, "1k:nowhere:0"), "Меню обновилось — открыл свежее");
}

TEST_F(CreateFlow, CreateAnotherOpensANewCardAndLeavesTheResult) {
  const std::int64_t id = picture().id;
  world_.tap("Создать ещё");
  EXPECT_GT(world_.newest().id, id);
  EXPECT_TRUE(world_.message(id).has("Скачать"));
}

}  // namespace
}  // namespace aisha::bot
