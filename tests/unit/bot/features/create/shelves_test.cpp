// SPDX-License-Identifier: Apache-2.0
// Shelves that are made up when they are looked at: popular, rising, for you, found.
#include <gmock/gmock.h>

#include "base/zone.hpp"
#include "cache/keys.hpp"
#include "services/tastes/neighbour_counting.hpp"
#include "services/tastes/style_counting.hpp"
#include "stores/people/favorite_styles.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::ChatMessage;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Millis kMinute{60'000};
constexpr Millis kDay = 24 * 60 * kMinute;

class CreateShelves : public testing::Chat {
 protected:
  void write(sql::Statement statement) {
    sql::Batch batch;
    batch.push_back({std::move(statement), std::nullopt});
    world_.world.run(world_.world.db->write(std::move(batch))).value();
  }
  std::string today() { return local_day(world_.world.clock.now(), "UTC"); }
  Uuid me() {
    return world_.world.run(world_.world.db->read(sql::Statement("SELECT id FROM users WHERE telegram_id = '1001'")))[0]
        .uuid(0);
  }
  Uuid person(int number) {
    const Uuid id = Uuid::v7(world_.world.clock.now() + Millis(number), world_.world.rng);
    write(
        sql::Statement("INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot,"
                       " is_blocked, created_at, updated_at) VALUES ($1, $2, 'Ann', 'en', false, false, false, $3,"
                       " $3)",
                       id, std::to_string(9'000 + number), world_.world.clock.now()));
    return id;
  }
  void did(const Uuid& who, const char* style, std::int64_t made, std::int64_t kept = 0) {
    write(
        sql::Statement("INSERT INTO user_days (user_id, local_day, style, pictures, made, kept)"
                       " VALUES ($1, $2, $3, $4, $4, $5) ON CONFLICT (user_id, local_day, style)"
                       " DO UPDATE SET made = user_days.made + excluded.made, pictures = user_days.pictures +"
                       " excluded.pictures",
                       who, today(), style, made, kept));
  }
  /// So many people have made a style on a day, counted already.
  void crowd(const char* style, int days_ago, std::int64_t people) {
    const auto day = world_.world.clock.now() - days_ago * kDay;
    write(sql::Statement("INSERT INTO style_days (day, style, people, made) VALUES ($1, $2, $3, $3)",
                         local_day(day, "UTC"), style, people));
  }
  /// Ten people stand behind the figures.
  void ten_people() {
    for (int i = 0; i < 10; ++i) {
      write(
          sql::Statement("INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id,"
                         " local_day, status, bucket, object_key, width, height, bytes, sha256, content_type,"
                         " created_at, finished_at) VALUES ($1, $2, 'noir', 'p', 'm', 0, 1, '2026-01-15', 'ready',"
                         " 'b', $3, 1, 1, 1, $4, 'image/jpeg', $5, $5)",
                         Uuid::v7(world_.world.clock.now(), world_.world.rng), person(i), std::to_string(i),
                         std::string(64, 'a'), world_.world.clock.now()));
    }
  }
  void read() { world_.world.run(world_.world.tastes.run()); }
  void warm() {
    ten_people();
    crowd("noir", 0, 40);
    crowd("royal", 0, 30);
    crowd("office", 0, 20);
    crowd("knight", 0, 10);
    read();
  }
  void keep(const char* style) {
    stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
    stores::favorite_styles::set(unit, me(), style, true);
    world_.world.run(unit.commit()).value();
    auto copy = cache::keys::favorites(me());
    world_.world.run(world_.world.context.cache.erase(std::move(copy.key)));
    world_.world.clock.advance(Millis(1));
  }
  ChatMessage press(const std::string& data) {
    const std::int64_t card = world_.newest().id;
    toast_ = world_.press(card, data);
    return world_.message(card);
  }
  /// The labels of the card, each in brackets.
  static std::string labels(const ChatMessage& card) {
    std::string out;
    for (const auto& button : card.buttons) {
      out += "[" + button.text + "]";
    }
    return out;
  }

  std::string toast_;
};

TEST_F(CreateShelves, AColdSystemShowsNoFlameAndSaysThatItIsAStart) {
  const ChatMessage card = create_card();
  EXPECT_THAT(card.caption, HasSubstr("✨ Для начала: Деловой"));
  EXPECT_THAT(labels(card), Not(HasSubstr("🔥")));
  for (const char* shelf : {"1k:_popular:0", "1k:portrait:0", "1k:lifestyle:0", "1k:fantasy:0", "1k:_rising:0"}) {
    EXPECT_THAT(press(shelf).caption, Not(HasSubstr("🔥"))) << shelf;
  }
  const ChatMessage start = press("1k:_popular:0");
  EXPECT_THAT(start.caption, HasSubstr("✨ Для начала\nПодборка: пока мало данных\n1 Деловой"));
}

TEST_F(CreateShelves, FlamesStandWherePeopleMadeMost) {
  warm();
  const ChatMessage card = create_card();
  EXPECT_THAT(card.caption, HasSubstr("🔥 Сейчас популярно: Нуар, Королевский портрет"));
  const ChatMessage popular = press(card.data_of("Популярное"));
  EXPECT_THAT(popular.caption,
              HasSubstr("🔥 Популярное\nЗа последние 30 дней, дальше — для начала\n1 Нуар 🔥 (8 монет) · "));
  EXPECT_THAT(popular.caption, HasSubstr("4 Рыцарь · 5 Деловой"));
  EXPECT_THAT(press("1k:portrait:0").caption, Not(HasSubstr("Деловой 🔥")));
  EXPECT_THAT(press("1k:portrait:0").caption, HasSubstr("Нуар 🔥"));
}

TEST_F(CreateShelves, RisingStandsOnThePopularShelfWhileSomethingRises) {
  create_card();
  warm();
  EXPECT_THAT(labels(press("1k:_popular:0")), Not(HasSubstr("В тренде")));
  EXPECT_THAT(press("1k:_rising:0").caption, HasSubstr("🔥 Популярное")) << "of a button drawn before";
  for (int day = 1; day <= 7; ++day) {
    crowd("synthwave", day, 9);
  }
  world_.world.clock.advance(31 * kMinute);
  read();
  const ChatMessage popular = press("1k:_popular:0");
  EXPECT_THAT(labels(popular), HasSubstr("[📈 В тренде][🔍 Найти стиль]"));
  const ChatMessage rising = press(popular.data_of("В тренде"));
  EXPECT_THAT(rising.caption, HasSubstr("📈 В тренде\nРастут на этой неделе\n1 Синтвейв 🔥 📈"));
}

TEST_F(CreateShelves, SomethingIsRecommendedFromThreePicturesOnAndSaysWhy) {
  create_card();
  did(me(), "noir", 2);
  EXPECT_THAT(labels(press("1c")), Not(HasSubstr("Для вас")));
  did(me(), "noir", 1, 1);
  did(me(), "office", 1);
  did(me(), "theatre", 1);
  for (int i = 0; i < 40; ++i) {
    const Uuid who = person(100 + i);
    did(who, "noir", 3);
    did(who, "royal", 3);
  }
  services::NeighbourCounting neighbours(world_.world.context);
  world_.world.run(neighbours.run());
  read();
  const ChatMessage card = press("1c");
  const ChatMessage shelf = press(card.data_of("Для вас"));
  EXPECT_THAT(shelf.caption, HasSubstr("✨ Для вас · стр. 1/3\nПодобрано по вашим изображениям\n"
                                       "1 Королевский портрет (8 монет) — потому что вам понравился «Нуар»\n"));
  EXPECT_THAT(shelf.caption, HasSubstr("— попробуйте новое\n"));
  EXPECT_THAT(shelf.caption, Not(HasSubstr("Нуар —"))) << "made already";
}

TEST_F(CreateShelves, KeptStylesStartWithOneTapTheLastMadeFirst) {
  create_card();
  EXPECT_THAT(labels(press("1c")), HasSubstr("[🔖 Мои стили][🔍 Найти стиль]"));
  for (const char* style : {"noir", "royal", "knight"}) {
    keep(style);
  }
  did(me(), "noir", 1);
  const ChatMessage card = press("1c");
  EXPECT_THAT(labels(card), HasSubstr("[🔖 Нуар][🔖 Рыцарь][🔖 Все]"));
  EXPECT_EQ(world_.press(card.id, card.data_of("🔖 Нуар")), "Принято");
  EXPECT_EQ(generations(), 1);
}

TEST_F(CreateShelves, AKeptStyleThatCostsMoreThanHalfOfTheCoinsAsksFirst) {
  create_card();
  keep("noir");
  write(sql::Statement("UPDATE ledger_account SET balance = 9 WHERE user_id = $1 AND kind = 'available'", me()));
  EXPECT_THAT(press("1c").data_of("🔖 Нуар"), HasSubstr("1s:noir:c"));
}

TEST_F(CreateShelves, AKeptStyleThatIsGoneLeavesTheWayToTheOthers) {
  create_card();
  keep("taken-out");
  const ChatMessage card = press("1c");
  EXPECT_THAT(labels(card), HasSubstr("[🔖 Все]"));
  EXPECT_THAT(labels(card), Not(HasSubstr("taken-out")));
}

TEST_F(CreateShelves, AStyleSaysHowManyImagesThereAreWhatIsAlikeAndWhetherItIsKept) {
  create_card();
  EXPECT_THAT(press("1s:noir:c").caption, Not(HasSubstr("У вас")));
  did(me(), "noir", 3);
  for (int i = 0; i < 5; ++i) {
    const Uuid who = person(200 + i);
    did(who, "noir", 3);
    did(who, "royal", 3);
  }
  services::NeighbourCounting neighbours(world_.world.context);
  world_.world.run(neighbours.run());
  read();
  const ChatMessage card = press("1s:noir:c");
  EXPECT_THAT(card.caption, HasSubstr("У вас 3 изображения в этом стиле.\nПохожие: Королевский"));
  EXPECT_EQ(card.data_of("В мои стили"), "1ft:noir:1:c");
  keep("noir");
  EXPECT_EQ(press("1s:noir:c").data_of("В моих стилях"), "1ft:noir:0:c");
}

TEST_F(CreateShelves, AStyleLeadsBackToTheMadeUpShelfItWasOpenedFrom) {
  create_card();
  warm();
  const ChatMessage looking = press("1k:_popular:0:i");
  const ChatMessage style = press(looking.data_of("1"));
  EXPECT_EQ(looking.data_of("1"), "1s:noir:p");
  EXPECT_EQ(style.data_of("Назад"), "1k:_popular:0:i") << "its numbers still only look";
  const auto third = press("1k:_foryou:2:i");
  EXPECT_EQ(press(third.data_of("1")).data_of("Назад"), "1k:_foryou:2:i");
}

TEST_F(CreateShelves, WhatWasFoundStandsOnAShelf) {
  create_card();
  write(sql::Statement("UPDATE chats SET searched = 'офис'"));
  const ChatMessage shelf = press("1k:_search:0");
  EXPECT_THAT(shelf.caption, HasSubstr("🔍 «офис» · "));
  EXPECT_THAT(shelf.caption, HasSubstr("1 Офис"));
  EXPECT_THAT(press("1k:_search:9").caption, HasSubstr("🔍 «офис» · ")) << "row 14: the last page";
  write(sql::Statement("UPDATE chats SET searched = ''"));
  press("1k:_search:0");
  EXPECT_EQ(toast_, "Меню обновилось — открыл свежее");
}

TEST_F(CreateShelves, AllCategoriesHaveACardOfTheirOwn) {
  create_card();
  const ChatMessage card = press("1ks:0");
  EXPECT_THAT(labels(card), HasSubstr("[🎭 Портреты]"));
  EXPECT_EQ(card.data_of("Назад"), "1c");
  EXPECT_EQ(press("1ks:zz").caption, card.caption);
}

}  // namespace
}  // namespace aisha::bot
