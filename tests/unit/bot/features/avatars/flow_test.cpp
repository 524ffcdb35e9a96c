// SPDX-License-Identifier: Apache-2.0
#include "bot/features/avatars/routes.hpp"

#include "bot/features/create/routes.hpp"
#include "stores/people/avatars.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

class AvatarsFlow : public testing::Chat {
 protected:
  AvatarsFlow() { world_.write("/start"); }

  Uuid add(const std::string& name, domain::AvatarKind kind) {
    stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
    domain::Avatar avatar;
    avatar.id = unit.new_id();
    avatar.user_id = world_.chat().user_id;
    avatar.name = name;
    avatar.gender = "FEMALE";
    avatar.kind = kind;
    avatar.status = domain::AvatarStatus::completed;
    avatar.finetune_id = "f-1";
    avatar.trigger_word = "WORD";
    avatar.created_at = unit.now();
    const auto columns = world_.world.run(stores::avatars::columns(unit));
    stores::avatars::add(unit, avatar, columns);
    world_.world.run(unit.commit()).value();
    world_.world.clock.advance(Millis(10));
    return avatar.id;
  }
  /// On the menu card.
  std::string press(const CallbackData& data) { return world_.press(world_.chat().card_message_id, data.text); }
  const std::string& caption() { return world_.message(world_.chat().card_message_id).caption; }
  bool has(const char* label) { return world_.message(world_.chat().card_message_id).has(label); }
};

TEST_F(AvatarsFlow, AnotherMainAvatarBringsBackTheScreenWithItsOwnStyles) {
  const Uuid cat = add("Cat", domain::AvatarKind::style);
  press(create::Open{});
  EXPECT_NE(caption().find("портретный"), std::string::npos);
  press(avatars::List{0, avatars::Origin::create});
  EXPECT_NE(caption().find("2 Cat — готов"), std::string::npos) << caption();
  EXPECT_TRUE(has("Aisha ✅"));
  EXPECT_EQ(press(avatars::MakeMain{cat, avatars::Origin::create}), "Основной аватар: Cat");
  EXPECT_NE(caption().find("Cat, стилевой"), std::string::npos) << caption();
  press(avatars::MakeMain{cat, avatars::Origin::home});
  EXPECT_NE(caption().find("👤 Cat"), std::string::npos);
  press(avatars::MakeMain{cat, avatars::Origin::settings});
  EXPECT_NE(caption().find("Настройки"), std::string::npos);
  press(avatars::MakeMain{cat, avatars::Origin::card});
  EXPECT_NE(caption().find("✅ Основной"), std::string::npos);
}

TEST_F(AvatarsFlow, APaidButtonOfTheOtherAvatarBuysNothing) {
  const Uuid cat = add("Cat", domain::AvatarKind::style);
  const auto& card = create_card();
  const std::int64_t id = card.id;
  const std::string paid = card.data_of("1");
  press(avatars::MakeMain{cat, avatars::Origin::create});
  EXPECT_EQ(world_.press(id, paid), "Меню изменилось. Проверьте карточку и нажмите ещё раз, монеты не списаны.");
  EXPECT_EQ(generations(), 0);
}

TEST_F(AvatarsFlow, ANameIsAskedForAndTheWrongOneIsAskedForAgain) {
  press(avatars::List{});
  world_.tap("Имя и удаление");
  world_.tap("Aisha");
  world_.tap("Переименовать");
  EXPECT_EQ(world_.chat().awaits, domain::Awaits::avatar_name);
  world_.write("две\nстроки");
  EXPECT_NE(caption().find("одна строка до 100"), std::string::npos) << caption();
  world_.write("Лиса");
  EXPECT_NE(caption().find("👤 Лиса"), std::string::npos) << caption();
  EXPECT_EQ(world_.chat().awaits, domain::Awaits::nothing);
  EXPECT_EQ(world_.count("SELECT count(*) FROM avatars WHERE name = 'Лиса'"), 1);
}

TEST_F(AvatarsFlow, WhoLeavesTheQuestionIsNotNamingAnyMore) {
  press(avatars::List{0, avatars::Origin::home, true});
  world_.tap("Aisha");
  world_.tap("Переименовать");
  world_.tap("Отмена");
  EXPECT_EQ(world_.chat().awaits, domain::Awaits::nothing);
  world_.write("красивый закат");
  EXPECT_EQ(world_.count("SELECT count(*) FROM avatars WHERE name = 'Aisha'"), 1);
}

TEST_F(AvatarsFlow, DeletingAsksFirstAndCanBeTakenBackThenAndLater) {
  add("Cat", domain::AvatarKind::style);
  press(avatars::List{0, avatars::Origin::home, true});
  world_.tap("Aisha");
  world_.tap("Удалить");
  EXPECT_NE(caption().find("Удалить аватар «Aisha»?"), std::string::npos) << caption();
  EXPECT_EQ(world_.count("SELECT count(*) FROM avatar_bin"), 0);
  world_.tap("Удалить");
  EXPECT_NE(caption().find("«Aisha» удалён"), std::string::npos);
  EXPECT_NE(caption().find("Основной: Cat"), std::string::npos) << "and what is left: " << caption();
  world_.tap("Готово");
  EXPECT_NE(caption().find("Основной: Cat"), std::string::npos) << caption();
  EXPECT_EQ(caption().find("Aisha"), std::string::npos) << caption();
  world_.tap("Имя и удаление");
  EXPECT_EQ(world_.tap("↩️ Aisha"), "Аватар вернулся");
  EXPECT_NE(caption().find("👤 Aisha"), std::string::npos);
  EXPECT_EQ(world_.count("SELECT count(*) FROM avatar_bin"), 0);
}

TEST_F(AvatarsFlow, Row11DeletedTwiceIsDeletedOnceAndAnOldButtonOffersItBack) {
  const Uuid cat = add("Cat", domain::AvatarKind::style);
  press(avatars::Delete{cat});
  press(avatars::Delete{cat});
  EXPECT_NE(caption().find("«Cat» удалён"), std::string::npos) << caption();
  EXPECT_EQ(world_.count("SELECT count(*) FROM avatar_bin"), 1);
  press(avatars::Open{cat});
  EXPECT_NE(caption().find("«Cat» удалён"), std::string::npos) << caption();
  EXPECT_EQ(press(avatars::MakeMain{cat}), "Аватар не найден");
  EXPECT_NE(caption().find("Основной: Aisha"), std::string::npos) << caption();
}

TEST_F(AvatarsFlow, WithoutAnyTheListSaysWhatIsNeededAndOffersTheLastOneBack) {
  press(avatars::List{0, avatars::Origin::home, true});
  world_.tap("Aisha");
  world_.tap("Удалить");
  world_.tap("Удалить");
  EXPECT_NE(caption().find("«Aisha» удалён"), std::string::npos) << caption();
  EXPECT_NE(caption().find("Сначала нужен аватар"), std::string::npos) << caption();
  press(create::Open{});
  EXPECT_NE(caption().find("Сначала нужен аватар"), std::string::npos);
  press(avatars::List{});
  world_.tap("↩️ Aisha");
  press(create::Open{});
  EXPECT_NE(caption().find("Aisha"), std::string::npos);
}

TEST_F(AvatarsFlow, Row10AnAvatarThatIsNotTheirsOrNotThereIsNotFound) {
  world_.write("/start", 555);
  const Uuid own = add("Cat", domain::AvatarKind::style);
  stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
  const auto absent = unit.new_id();
  const auto foreign = world_.world.run(unit.read(
      sql::Statement("SELECT id FROM avatars WHERE name = 'Aisha' AND user_id <> $1", world_.chat().user_id)));
  ASSERT_EQ(foreign.size(), 1U);
  press(avatars::List{});
  const std::string list = caption();
  for (const Uuid& id : {absent, foreign[0].uuid(0)}) {
    for (const CallbackData& data :
         {CallbackData(avatars::MakeMain{id}), CallbackData(avatars::Open{id}), CallbackData(avatars::AskName{id}),
          CallbackData(avatars::AskDelete{id}), CallbackData(avatars::Delete{id}), CallbackData(avatars::Undo{id})}) {
      EXPECT_EQ(press(data), "Аватар не найден") << data.text;
      EXPECT_EQ(caption(), list);
    }
  }
  EXPECT_EQ(world_.count("SELECT count(*) FROM avatar_bin"), 0);
  EXPECT_NE(own, absent);
}

TEST_F(AvatarsFlow, Row14APageBehindTheLastIsTheLast) {
  for (int i = 0; i < 8; ++i) {
    add("Cat " + std::to_string(i), domain::AvatarKind::style);
  }
  press(avatars::List{7});
  EXPECT_NE(caption().find("1 Cat 7"), std::string::npos) << caption();
  EXPECT_TRUE(has("2/2"));
}

}  // namespace
}  // namespace aisha::bot
