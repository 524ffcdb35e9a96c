// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class JobFlow : public testing::Chat {};

TEST_F(JobFlow, AQueuedGenerationIsCancelledAndTheCoinsAreBack) {
  create_card();
  world_.tap("1");
  world_.world.step(world_.sending);
  EXPECT_EQ(world_.tap("Отменить"), "Отменяю");
  world_.settle();
  EXPECT_NE(world_.newest().caption.find("Создание отменено"), std::string::npos);
  EXPECT_EQ(coins(), 25);
  EXPECT_TRUE(world_.world.broken_invariants().empty());
}

TEST_F(JobFlow, AFailureTurnsTheStatusIntoTheReasonAndOneRetry) {
  const ChatMessage card = create_card();
  world_.world.provider.results.push_back(fail(Errc::provider_failed));
  for (int i = 0; i < 5; ++i) {
    world_.world.provider.results.push_back(fail(Errc::provider_failed));
  }
  world_.press(card.id, card.data_of("1"));
  world_.settle();
  const ChatMessage failed = world_.message(card.id);
  EXPECT_NE(failed.caption.find("Вернулось 5 монет"), std::string::npos) << failed.caption;
  EXPECT_EQ(coins(), 25);
  world_.world.provider.results.clear();
  EXPECT_EQ(world_.press(card.id, failed.data_of("Повторить")), "Принято");
  EXPECT_EQ(world_.press(card.id, failed.data_of("Повторить")), "Уже создаю это изображение");
  world_.settle();
  EXPECT_TRUE(world_.message(card.id).has("Скачать"));
  EXPECT_EQ(coins(), 20);
}

TEST_F(JobFlow, ARetryLeavesTheMenuCardThatWasOpenedMeanwhile) {
  const ChatMessage card = create_card();
  for (int i = 0; i < 6; ++i) {
    world_.world.provider.results.push_back(fail(Errc::provider_failed));
  }
  world_.press(card.id, card.data_of("1"));
  world_.settle();
  world_.world.provider.results.clear();
  world_.write("/settings");
  const std::int64_t menu = world_.newest().id;
  world_.press(card.id, world_.message(card.id).data_of("Повторить"));
  EXPECT_EQ(world_.chat().card_message_id, menu);
  world_.tap("Язык");
  EXPECT_NE(world_.message(menu).caption.find("Выберите язык"), std::string::npos);
}

}  // namespace
}  // namespace aisha::bot
