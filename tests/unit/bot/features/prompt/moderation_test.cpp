// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/encoding.hpp"
#include "services/prompts/appealing.hpp"
#include "stores/unit/unit_of_work.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::ChatMessage;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kBlocked = "кот на митинге, теракт";

class Moderation : public testing::Chat {
 protected:
  void decide(bool is_allowed) {
    const Uuid id =
        world_.world.run(world_.world.db->read(sql::Statement("SELECT id FROM moderation_appeals")))[0].uuid(0);
    stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
    ASSERT_TRUE(world_.world.run(services::decide_appeal(unit, id, is_allowed)));
    ASSERT_TRUE(world_.world.run(unit.commit()));
    world_.settle();
  }
  std::int64_t appeals() { return world_.count("SELECT count(*) FROM moderation_appeals"); }
};

TEST_F(Moderation, Row150APromptAgainstTheRulesIsRefusedWithItsReasonAndTakesNoCoins) {
  const ChatMessage card = describe(kBlocked);
  EXPECT_THAT(card.caption, HasSubstr("Такое описание я не могу использовать: экстремизм"));
  EXPECT_THAT(card.caption, HasSubstr("Монеты не списаны"));
  EXPECT_THAT(card.caption, Not(HasSubstr("теракт"))) << "the word is not said";
  EXPECT_TRUE(card.has("Изменить"));
  EXPECT_TRUE(card.has("Это ошибка"));
  EXPECT_FALSE(card.has("Создать ·"));
  EXPECT_EQ(generations(), 0);
  EXPECT_EQ(coins(), 25);
  // The text is still waited for: a better one is a prompt.
  world_.write("кот на крыше");
  EXPECT_TRUE(world_.newest().has("Создать ·"));
}

TEST_F(Moderation, NoWayLeadsAroundTheRules) {
  // Written unasked, and taken as a prompt.
  world_.write("/start");
  world_.write(kBlocked);
  const ChatMessage spoken = world_.newest();
  world_.press(spoken.id, "1pt:" + encoding::sha256_hex(kBlocked).substr(0, 6));
  EXPECT_THAT(world_.newest().caption, HasSubstr("экстремизм"));
  // Rules that come between the card and its press.
  const ChatMessage card = describe("жёлтая тыква");
  domain::moderation::Rule rule;
  rule.id = "own";
  rule.category = domain::moderation::Category::people;
  rule.words = {"тыква"};
  world_.world.gate.put(domain::moderation::Gate({rule}));
  world_.press(card.id, card.data_of("Создать ·"));
  EXPECT_THAT(world_.newest().caption, HasSubstr("реальные люди"));
  EXPECT_EQ(generations(), 0);
  EXPECT_EQ(coins(), 25);
}

TEST_F(Moderation, ARepeatIsAskedAboutTheRulesOfToday) {
  describe("жёлтая тыква");
  world_.tap("Создать ·");
  const auto id =
      world_.world.run(world_.world.db->read(sql::Statement("SELECT id FROM generation_requests")))[0].uuid(0);
  world_.world
      .run(world_.world.db->write(
          {{sql::Statement("UPDATE jobs SET cancel_requested = true, status = 'cancelled', prev_status = 'queued',"
                           " finished_at = updated_at"),
            1},
           {sql::Statement("UPDATE generation_requests SET status = 'cancelled', finished_at = created_at"), 1}}))
      .value();
  domain::moderation::Rule rule;
  rule.id = "own";
  rule.category = domain::moderation::Category::people;
  rule.words = {"тыква"};
  world_.world.gate.put(domain::moderation::Gate({rule}));
  world_.write("/start");
  world_.press(world_.newest().id, "1r:" + id.to_base64url() + ":0:5");
  EXPECT_THAT(world_.newest().caption, HasSubstr("реальные люди"));
  EXPECT_FALSE(world_.newest().has("Это ошибка")) << "its words are not the draft";
  EXPECT_EQ(generations(), 1);
}

TEST_F(Moderation, AnAllowedAppealLeadsToThePicture) {
  describe(kBlocked);
  EXPECT_EQ(world_.tap("Это ошибка"), "Передал оператору. Ответ придёт сюда.");
  EXPECT_EQ(world_.tap("Это ошибка"), "Передал оператору. Ответ придёт сюда.");
  EXPECT_EQ(appeals(), 1);
  decide(true);
  const ChatMessage answer = world_.newest();
  EXPECT_THAT(answer.caption, HasSubstr("Оператор разрешил"));
  EXPECT_THAT(answer.caption, HasSubstr(kBlocked));
  // Much later, when other words wait.
  describe("кот на крыше");
  world_.press(answer.id, answer.data_of("Создать по нему"));
  EXPECT_THAT(world_.newest().caption, HasSubstr(kBlocked));
  world_.tap("Создать ·");
  world_.settle();
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE status = 'ready'"), 1);
}

TEST_F(Moderation, ARejectedOneIsToldAndStands) {
  describe(kBlocked);
  world_.tap("Это ошибка");
  decide(false);
  EXPECT_THAT(world_.newest().caption, HasSubstr("Оператор оставил запрет"));
  EXPECT_FALSE(world_.newest().has("Создать по нему"));
  const ChatMessage card = describe(kBlocked);
  EXPECT_EQ(world_.press(card.id, card.data_of("Это ошибка")), "🚫 Оператор оставил запрет.");
}

TEST_F(Moderation, Row152NoAppealIsOfferedWhereMinorsAreConcerned) {
  const ChatMessage card = describe("голый ребёнок");
  EXPECT_THAT(card.caption, HasSubstr("дети"));
  EXPECT_FALSE(card.has("Это ошибка"));
  world_.press(card.id, "1mo:" + std::to_string(world_.chat().card_revision));
  EXPECT_EQ(appeals(), 0);
}

TEST_F(Moderation, Row155AnAppealIsForTheWordsOfItsCardOnly) {
  const ChatMessage card = describe(kBlocked);
  const std::string old = card.data_of("Это ошибка");
  world_.write("джихад на крыше");
  EXPECT_EQ(world_.press(card.id, old), "Меню обновилось — открыл свежее");
  EXPECT_EQ(appeals(), 0);
  EXPECT_EQ(world_.press(world_.newest().id, "1mo:1"), "Меню обновилось — открыл свежее") << "nothing waits";
}

}  // namespace
}  // namespace aisha::bot
