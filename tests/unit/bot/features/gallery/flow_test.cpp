// SPDX-License-Identifier: Apache-2.0
#include "bot/features/gallery/routes.hpp"
#include "domain/own_days.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class GalleryFlow : public testing::Chat {
 protected:
  /// So many pictures by taps; the menu card is open afterwards.
  void make(int n) {
    for (int i = 0; i < n; ++i) {
      create_card();
      world_.tap("1");
      world_.settle();
    }
    world_.write("/start");
  }
  Uuid newest_id() {
    const sql::Rows rows = world_.world.run(
        world_.world.db->read(sql::Statement("SELECT id FROM generation_requests ORDER BY local_day DESC, id DESC")));
    return rows[0].uuid(0);
  }
  std::string open(const Uuid& id, gallery::Origin origin = gallery::Origin::day) {
    return world_.press(world_.newest().id, encode(gallery::Picture{id, origin}));
  }
  std::size_t uploads() {
    std::size_t n = 0;
    for (const char* method : {"sendPhoto", "editMessageMedia"}) {
      for (const auto& call : world_.telegram.calls_of(method)) {
        n += call.uploaded > 0 ? 1 : 0;
      }
    }
    return n;
  }
  std::string caption() { return world_.newest().caption; }
  std::int64_t removed() {
    return world_.count("SELECT count(*) FROM generation_requests WHERE deleted_at IS NOT NULL");
  }
};

TEST_F(GalleryFlow, WithoutPicturesItSaysWhatWillBeThereAndLeadsToTheFirst) {
  world_.write("/images");
  EXPECT_NE(caption().find("Здесь появятся ваши изображения"), std::string::npos) << caption();
  EXPECT_TRUE(world_.newest().has("Создать изображение"));
  EXPECT_FALSE(world_.newest().has("Корзина"));
}

TEST_F(GalleryFlow, TheNewestDayShowsItsPicturesAsOneSheetWithNumbersThatOpenThem) {
  make(2);
  world_.tap("Мои изображения");
  EXPECT_NE(caption().find("2 изображения"), std::string::npos) << caption();
  EXPECT_EQ(caption().find("Всего"), std::string::npos) << "one day is all there is: " << caption();
  world_.tap("2");
  EXPECT_TRUE(world_.newest().has("2 / 2"));
  EXPECT_TRUE(world_.newest().has("Скачать"));
  EXPECT_NE(caption().find("FLUX LoRA, 1536×2048"), std::string::npos) << caption();
  world_.tap("‹");
  EXPECT_TRUE(world_.newest().has("1 / 2"));
  world_.tap("Назад");
  EXPECT_TRUE(world_.newest().has("Даты"));
}

TEST_F(GalleryFlow, WhoMovesFromVladivostokToMoscowKeepsTheDaysOfOldPicturesAndTheirOrder) {
  const auto zone = [&](const char* town) {
    world_.write("/settings");
    world_.tap("Часовой пояс");
    world_.tap(town);
  };
  // 20:00 UTC is the next day's morning in Vladivostok, and still the same day in Moscow.
  constexpr Millis kDay{86'400'000};
  const Millis evening = std::chrono::hours(20) - Millis(epoch_ms(world_.world.clock.now()) % kDay.count());
  world_.world.clock.advance(evening + kDay);
  zone("Владивосток");
  make(1);
  world_.world.clock.advance(std::chrono::minutes(20));
  zone("Москва");
  make(1);
  world_.write("/images");
  EXPECT_NE(caption().find("3 января"), std::string::npos) << "made first, on a later day: " << caption();
  EXPECT_NE(caption().find("2 изображения за 2 дня"), std::string::npos) << caption();
  EXPECT_TRUE(world_.newest().has("‹ 2 янв"));
  world_.tap("1");
  EXPECT_TRUE(world_.newest().has("1 / 2"));
  EXPECT_NE(caption().find("3 января 2026"), std::string::npos) << caption();
  world_.tap("›");
  EXPECT_TRUE(world_.newest().has("2 / 2"));
  EXPECT_NE(caption().find("2 января 2026"), std::string::npos) << caption();
  world_.tap("‹ Назад");
  EXPECT_NE(caption().find("2 января"), std::string::npos) << "the day of the picture one was at: " << caption();
  EXPECT_TRUE(world_.newest().has("3 янв ›"));
}

TEST_F(GalleryFlow, TheSecondLookAtADayUploadsNothing) {
  make(1);
  world_.tap("Мои изображения");
  world_.tap("Меню");
  const std::size_t before = uploads();
  world_.tap("Мои изображения");
  EXPECT_EQ(uploads(), before);
}

TEST_F(GalleryFlow, TheDatesLeadToADayAndADayToItsDates) {
  make(1);
  world_.tap("Мои изображения");
  world_.tap("Даты");
  EXPECT_NE(caption().find("Январь 2026"), std::string::npos) << caption();
  world_.tap("· 1");
  EXPECT_TRUE(world_.newest().has("Даты"));
}

TEST_F(GalleryFlow, AResultOpensItsDayBelowAndStaysWhatItIs) {
  const ChatMessage before = picture();
  world_.press(before.id, before.data_of("Галерея"));
  EXPECT_NE(world_.newest().id, before.id);
  EXPECT_TRUE(world_.newest().has("Даты"));
  EXPECT_EQ(world_.message(before.id).caption, before.caption);
  EXPECT_TRUE(world_.message(before.id).has("Скачать"));
}

TEST_F(GalleryFlow, Row10ForeignUnknownAndUnfinishedPicturesAnswerAlike) {
  make(1);
  const Uuid mine = newest_id();
  world_.write("/start", 2002);
  const Uuid unknown = Uuid::v7(world_.world.clock.now(), world_.world.rng);
  const ChatMessage before = world_.newest();
  const std::string absent = open(unknown);
  EXPECT_EQ(absent, "Изображение не найдено");
  world_.world
      .run(world_.world.db->write(
          {{sql::Statement("UPDATE generation_requests SET user_id = (SELECT id FROM users WHERE telegram_id = '2002')"
                           " WHERE id = $1",
                           mine),
            1}}))
      .value();
  for (const gallery::Origin origin : {gallery::Origin::day, gallery::Origin::favourites, gallery::Origin::saved}) {
    EXPECT_EQ(open(mine, origin), absent);
  }
  for (const std::string& data : {encode(gallery::AskName{mine}), encode(gallery::DropName{mine})}) {
    EXPECT_EQ(world_.press(before.id, data), absent);
  }
  EXPECT_EQ(world_.newest().caption, before.caption) << "the card is as it was";
}

TEST_F(GalleryFlow, ARemovedOneSaysSoAndTheNearestIsShown) {
  make(3);
  const Uuid id = newest_id();
  open(id);
  world_.press(world_.newest().id, world_.newest().data_of("Удалить"));
  ASSERT_EQ(removed(), 1);
  EXPECT_EQ(open(id), "Уже удалено");
  EXPECT_TRUE(world_.newest().has("1 / 2"));
}

TEST_F(GalleryFlow, AnAskedForTextIsTheNameAndSavesThePicture) {
  make(1);
  open(newest_id());
  world_.tap("Название");
  EXPECT_NE(caption().find("до 100 символов"), std::string::npos);
  world_.write("  Лето <b>у моря</b> ");
  EXPECT_NE(caption().find("Лето <b>у моря</b> 📌"), std::string::npos) << caption();
  EXPECT_EQ(world_.chat().awaits, domain::Awaits::nothing);
  EXPECT_EQ(generations(), 1) << "it was no prompt";
  world_.tap("Название");
  EXPECT_NE(caption().find("Сейчас: Лето"), std::string::npos);
  EXPECT_EQ(world_.tap("Без названия"), "Теперь без названия");
  EXPECT_EQ(caption().find("Лето"), std::string::npos);
  EXPECT_NE(caption().find("📌"), std::string::npos) << "it stays saved";
}

TEST_F(GalleryFlow, Row101ANameOfTwoLinesIsAskedForAgain) {
  make(1);
  open(newest_id());
  world_.tap("Название");
  world_.write("раз\nдва");
  EXPECT_NE(caption().find("одна строка до 100 символов"), std::string::npos) << caption();
  world_.write("🎨");
  EXPECT_NE(caption().find("🎨"), std::string::npos) << caption();
  EXPECT_EQ(world_.count("SELECT count(*) FROM user_saved_images WHERE custom_name IS NOT NULL"), 1);
}

TEST_F(GalleryFlow, WhoTurnsAwayFromTheQuestionIsNotAskedAnyMore) {
  make(1);
  open(newest_id());
  world_.tap("Название");
  world_.tap("Отмена");
  EXPECT_TRUE(world_.newest().has("Скачать"));
  EXPECT_EQ(world_.chat().awaits, domain::Awaits::nothing);
}

TEST_F(GalleryFlow, TheTimeIsLeftOutWhereTodaysZonePutsItOnAnotherDay) {
  make(1);
  const Uuid id = newest_id();
  open(id);
  EXPECT_NE(caption().find("2026, "), std::string::npos) << caption();
  world_.world
      .run(world_.world.db->write(
          {{sql::Statement("UPDATE generation_requests SET local_day = '2025-12-30' WHERE id = $1", id), 1}}))
      .value();
  open(id);
  EXPECT_NE(caption().find("30 декабря 2025 · "), std::string::npos) << caption();
}

TEST_F(GalleryFlow, AnImportedOneWithoutItsFileShowsAPlaceholder) {
  make(1);
  const Uuid id = newest_id();
  world_.world
      .run(world_.world.db->write(
          {{sql::Statement(
                "UPDATE generation_requests SET is_imported = true, price = 0, object_key = NULL, bucket = NULL,"
                " bytes = NULL, sha256 = NULL, width = NULL, height = NULL, model = 'unknown', seed = 0"
                " WHERE id = $1",
                id),
            1}}))
      .value();
  world_.world.clock.advance(Millis(3'700'000));
  world_.tap("Мои изображения");
  EXPECT_NE(caption().find("⚠️"), std::string::npos) << caption();
  open(id);
  EXPECT_NE(caption().find("Файл этого изображения не найден"), std::string::npos) << caption();
  EXPECT_EQ(caption().find("unknown"), std::string::npos);
  EXPECT_FALSE(world_.newest().has("Скачать"));
}

TEST_F(GalleryFlow, TheNeighboursFileIdsAreReadAhead) {
  make(3);
  world_.tap("Мои изображения");
  world_.world.clock.advance(Millis(3'700'000));  // what is somebody's is asked for again
  world_.tap("2");
  auto& asked = world_.world.asked;
  asked.statements.clear();
  world_.tap("›");
  for (const sql::Statement& statement : asked.statements) {
    EXPECT_FALSE(std::string_view(statement.text.c_str()).contains("file_ids")) << statement.text.c_str();
  }
  EXPECT_TRUE(world_.newest().has("3 / 3"));
}

}  // namespace
}  // namespace aisha::bot
