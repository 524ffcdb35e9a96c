// SPDX-License-Identifier: Apache-2.0
// Ways to a prompt other than writing one: ideas and what was written before.
#include <gmock/gmock.h>

#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::ChatMessage;
using ::testing::HasSubstr;
using ::testing::Not;

class Beginnings : public testing::Chat {
 protected:
  ChatMessage ask() {
    world_.write("/start");
    world_.press(world_.newest().id, "1p");
    return world_.newest();
  }
  ChatMessage make(const std::string& words) {
    describe(words);
    world_.tap("Создать ·");
    world_.settle();
    return world_.newest();
  }
  std::string draft() { return world_.chat().draft; }
  std::int64_t hints() { return world_.count("SELECT hints FROM user_settings"); }
};

TEST_F(Beginnings, AnIdeaBecomesThePromptAndAnotherOneIsAPressAway) {
  const ChatMessage card = ask();
  EXPECT_FALSE(card.has("Последние")) << "there are none";
  world_.press(card.id, card.data_of("Идея"));
  const std::string first = draft();
  EXPECT_THAT(world_.newest().caption, HasSubstr(first));
  EXPECT_TRUE(std::ranges::any_of(world_.world.ideas.all(), [&](const auto& idea) { return idea.ru == first; }));
  world_.tap("Другая идея");
  EXPECT_NE(draft(), first);
  EXPECT_EQ(generations(), 0);
  world_.tap("Создать ·");
  world_.settle();
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE status = 'ready'"), 1);
  const ChatMessage own = describe("закат над морем");
  EXPECT_FALSE(own.has("Другая идея")) << "words of one's own";
}

TEST_F(Beginnings, APromptOfAFinishedPictureIsUsedOnceMore) {
  make("закат над морем");
  make("лес в тумане");
  const ChatMessage card = ask();
  world_.press(card.id, card.data_of("Последние"));
  const ChatMessage list = world_.newest();
  EXPECT_THAT(list.caption, HasSubstr("1. лес в тумане\n2. закат над морем"));
  world_.press(list.id, list.data_of("2"));
  EXPECT_EQ(draft(), "закат над морем");
  EXPECT_THAT(world_.newest().caption, HasSubstr("закат над морем"));
  world_.tap("Создать ·");
  world_.settle();
  EXPECT_EQ(generations(), 3);
}

TEST_F(Beginnings, APromptWhosePictureWasRemovedIsThereNoMore) {
  const ChatMessage result = make("закат над морем");
  const ChatMessage card = ask();
  world_.press(card.id, card.data_of("Последние"));
  const ChatMessage list = world_.newest();
  const std::string use = list.data_of("1");
  world_.press(result.id, result.data_of("Удалить"));
  world_.press(list.id, use);
  EXPECT_NE(draft(), "закат над морем");
  EXPECT_FALSE(ask().has("Последние"));
  world_.press(world_.newest().id, "1lp");
  EXPECT_THAT(world_.newest().caption, HasSubstr("Пока ни одного"));
}

TEST_F(Beginnings, RussianWordsAreToldOnceThatModelsUnderstandEnglishBest) {
  EXPECT_THAT(describe("sunset over the sea").caption, Not(HasSubstr("🌐")));
  EXPECT_EQ(hints(), 0);
  EXPECT_THAT(describe("закат над sea").caption, HasSubstr("🌐 Модель лучше понимает английский"));
  EXPECT_EQ(hints(), domain::UserSettings::kEnglishHint);
  EXPECT_THAT(describe("лес в тумане").caption, Not(HasSubstr("🌐")));
  world_.tap("Формат");
  EXPECT_EQ(hints(), domain::UserSettings::kEnglishHint) << "other settings leave it";
}

}  // namespace
}  // namespace aisha::bot
