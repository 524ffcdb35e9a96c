// SPDX-License-Identifier: Apache-2.0
// A paid button makes what its card showed, at the price it showed, or nothing.
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

constexpr std::string_view kChanged = "Меню изменилось. Проверьте карточку и нажмите ещё раз, монеты не списаны.";
constexpr std::string_view kDearer = "Цена изменилась. Проверьте карточку и нажмите ещё раз, монеты не списаны.";

class BoundButtons : public testing::Chat {
 protected:
  void change(sql::Text statement) {
    world_.world.run(world_.world.db->write({{sql::Statement(statement), 1}})).value();
  }
  /// The data with another price at its end.
  static std::string cheaper(const std::string& data) { return data.substr(0, data.rfind(':')) + ":4"; }
  void expect_nothing_made() {
    EXPECT_EQ(generations(), 0);
    EXPECT_EQ(coins(), 25);
  }
  /// A message with «Повторить».
  ChatMessage failed() {
    for (int i = 0; i < 6; ++i) {
      world_.world.provider.results.push_back(fail(Errc::provider_failed));
    }
    const ChatMessage card = create_card();
    world_.press(card.id, card.data_of("1"));
    world_.settle();
    world_.world.provider.results.clear();
    return world_.message(card.id);
  }
};

TEST_F(BoundButtons, k06a_CreateOnTheFoxCardNeverBuysTheWhale) {
  const ChatMessage fox = describe("лиса в осеннем лесу");
  const ChatMessage whale = describe("кит под звёздами");
  EXPECT_EQ(world_.press(fox.id, fox.data_of("Создать ·")), kChanged);
  expect_nothing_made();
  EXPECT_NE(world_.newest().caption.find("кит под звёздами"), std::string::npos) << "the card of now, to be looked at";
  world_.tap("Создать ·");
  EXPECT_EQ(generations(), 1);
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE custom_prompt = 'кит под звёздами'"), 1);
}

TEST_F(BoundButtons, k06b_AStyleIsNotMadeWithAnotherAvatarThanItsCardShowed) {
  const ChatMessage card = create_card();
  change("UPDATE avatars SET id = X'01890a5dac96774bbcceb302099a8057'");
  EXPECT_EQ(world_.press(card.id, card.data_of("1")), kChanged);
  expect_nothing_made();
  EXPECT_TRUE(world_.message(card.id).has("Создать · 5 монет")) << "the style's card asks, with today's avatar";
  world_.tap("Создать ·");
  EXPECT_EQ(generations(), 1);
}

TEST_F(BoundButtons, k06c_RatioAndQualityAreThoseOfTheCard) {
  const ChatMessage card = create_card();
  world_.press(card.id, card.data_of("Портреты"));
  world_.write("/settings");
  world_.press(world_.newest().id, "1e:r:1-1");
  EXPECT_EQ(world_.press(card.id, card.data_of("1")), kChanged);
  const ChatMessage now = create_card();
  world_.write("/settings");
  const ChatMessage settings = world_.newest();
  world_.press(settings.id, settings.data_of("Качество"));
  EXPECT_EQ(world_.press(now.id, now.data_of("1")), kChanged);
  expect_nothing_made();
}

TEST_F(BoundButtons, k06d_AnotherPriceIsToldBeforeItIsTaken) {
  const ChatMessage card = create_card();
  EXPECT_EQ(world_.press(card.id, cheaper(card.data_of("1"))), kDearer);
  EXPECT_TRUE(world_.message(card.id).has("Создать · 5 монет"));
  const ChatMessage words = describe("лиса в осеннем лесу");
  const std::string data = words.data_of("Создать ·");
  const std::string mark = data.substr(data.rfind(':'));
  EXPECT_EQ(world_.press(words.id, cheaper(data.substr(0, data.rfind(':'))) + mark), kDearer);
  EXPECT_TRUE(world_.message(words.id).has("Создать · 5 монет"));
  expect_nothing_made();
}

TEST_F(BoundButtons, k06e_ARetrySaysItsPriceAndTakesNoOther) {
  const ChatMessage message = failed();
  EXPECT_TRUE(message.has("Повторить · 5 монет"));
  EXPECT_EQ(world_.press(message.id, cheaper(message.data_of("Повторить"))), kDearer);
  EXPECT_EQ(generations(), 1);
  EXPECT_EQ(coins(), 25);
  EXPECT_TRUE(world_.message(message.id).has("Повторить · 5 монет")) << "in its own place";
  EXPECT_EQ(world_.press(message.id, message.data_of("Повторить")), "Принято");
}

TEST_F(BoundButtons, k06f_AnOlderCardOfWhatIsStillSoWorks) {
  const ChatMessage message = failed();
  const ChatMessage menu = create_card();
  world_.press(message.id, message.data_of("Повторить"));
  EXPECT_EQ(world_.press(menu.id, menu.data_of("1")), "Принято");
}

TEST_F(BoundButtons, k06g_WhatWasTakenIsSaidWhateverChangedSince) {
  const ChatMessage card = create_card();
  EXPECT_EQ(world_.press(card.id, card.data_of("1")), "Принято");
  change("UPDATE user_settings SET aspect_ratio = '1:1'");
  EXPECT_EQ(world_.press(card.id, card.data_of("1")), "Уже создаю это изображение");
  EXPECT_EQ(generations(), 1);
}

TEST_F(BoundButtons, k06h_TheWordsOfACancelledPromptAreNotBought) {
  const ChatMessage fox = describe("лиса в осеннем лесу");
  world_.write("/cancel");
  EXPECT_EQ(world_.press(fox.id, fox.data_of("Создать ·")), "Меню обновилось — открыл свежее");
  expect_nothing_made();
}

TEST_F(BoundButtons, k06i_TheRevisionGrowsWithTapsAndWithWhatTheyRestOn) {
  const std::int64_t start = (create_card(), world_.chat().card_revision);
  world_.write("/settings");
  world_.press(world_.newest().id, "1e:r:1-1");
  EXPECT_EQ(world_.chat().card_revision, start + 1);
  describe("лиса в осеннем лесу");
  EXPECT_EQ(world_.chat().card_revision, start + 2);
  world_.tap("Создать ·");
  EXPECT_EQ(world_.chat().card_revision, start + 3);
}

}  // namespace
}  // namespace aisha::bot
