// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::ChatMessage;

class FavouritesFlow : public testing::Chat {
 protected:
  /// A finished picture; its id as buttons write it.
  std::string make() {
    const ChatMessage& result = picture();
    message_ = result.id;
    return result.data_of("🤍 В избранное").substr(3, 22);
  }
  void write(sql::Text text) {
    sql::Batch batch;
    batch.push_back({sql::Statement(text), std::nullopt});
    world_.world.run(world_.world.db->write(std::move(batch))).value();
  }
  std::int64_t kept() { return world_.count("SELECT coalesce(sum(kept), 0) FROM user_days"); }
  std::int64_t hearts() { return world_.count("SELECT count(*) FROM user_saved_images WHERE is_favorite = true"); }

  std::int64_t message_ = 0;
};

TEST_F(FavouritesFlow, AHeartUnderAResultChangesItsButtonsAndNothingElse) {
  const std::string id = make();
  const std::string caption = world_.message(message_).caption;
  world_.telegram.calls.clear();
  EXPECT_EQ(world_.press(message_, "1f:" + id + ":1:r"), "❤️ В избранном");
  EXPECT_EQ(world_.message(message_).caption, caption);
  EXPECT_EQ(world_.message(message_).data_of("❤️ В избранном"), "1f:" + id + ":0:r");
  EXPECT_EQ(world_.telegram.calls_of("editMessageMedia").size(), 0U);
  EXPECT_EQ(world_.telegram.calls_of("editMessageReplyMarkup").size(), 1U);
  EXPECT_EQ(hearts(), 1);
  EXPECT_EQ(kept(), 1);
}

TEST_F(FavouritesFlow, ADoubleTapHasOneEffect) {
  const std::string id = make();
  for (int i = 0; i < 3; ++i) {
    world_.press(message_, "1f:" + id + ":1:r");
    world_.press(message_, "1sv:" + id + ":1:r");
  }
  EXPECT_EQ(kept(), 1);
  world_.press(message_, "1f:" + id + ":0:r");
  EXPECT_EQ(kept(), 1) << "it is saved, too";
  world_.press(message_, "1sv:" + id + ":0:r");
  world_.press(message_, "1sv:" + id + ":0:r");
  EXPECT_EQ(kept(), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM user_saved_images"), 0);
}

TEST_F(FavouritesFlow, AHeartOnAPicturesCardDrawsTheCardAnew) {
  const std::string id = make();
  world_.write("/images");
  const std::int64_t card = world_.newest().id;
  world_.press(card, "1i:" + id + ":m");
  EXPECT_EQ(world_.press(card, "1f:" + id + ":1:m"), "❤️ В избранном");
  EXPECT_EQ(world_.message(card).data_of("❤️ В избранном"), "1f:" + id + ":0:m");
  world_.press(card, "1i:" + id + ":m");
  EXPECT_EQ(world_.message(card).data_of("❤️ В избранном"), "1f:" + id + ":0:m") << "and it stays";
  EXPECT_EQ(world_.press(card, "1sv:" + id + ":1:m"), "📌 Сохранено: останется при любой очистке");
  EXPECT_EQ(world_.press(card, "1fk:" + id + ":1:m"), "🔖 Стиль в «Моих стилях»");
  EXPECT_EQ(world_.message(card).data_of("🔖 В моих стилях"), "1fk:" + id + ":0:m");
  EXPECT_EQ(world_.count("SELECT count(*) FROM user_favorite_templates"), 1);
}

TEST_F(FavouritesFlow, Row107AnothersAndAbsentPicturesAnswerAlike) {
  const std::string id = make();
  const std::string absent(22, 'A');
  world_.write("/start", 7);
  write("UPDATE generation_requests SET user_id = (SELECT id FROM users WHERE telegram_id = 7)");
  for (const char* what : {"f", "sv", "fk"}) {
    for (const char* origin : {"m", "r"}) {
      const auto press = [&](const std::string& picture) {
        return world_.press(message_, fmt::format("1{}:{}:1:{}", what, picture, origin));
      };
      EXPECT_EQ(press(id), "Изображение не найдено");
      EXPECT_EQ(press(absent), "Изображение не найдено");
    }
  }
  EXPECT_EQ(world_.count("SELECT count(*) FROM user_saved_images"), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM user_favorite_templates"), 0);
  EXPECT_EQ(kept(), 0);
}

TEST_F(FavouritesFlow, Row107ARemovedPictureSaysSoAndKeepsNothing) {
  const std::string id = make();
  world_.press(message_, "1rm:" + id);
  EXPECT_EQ(world_.press(message_, "1f:" + id + ":1:r"), "Уже удалено");
  EXPECT_EQ(kept(), 0);
}

TEST_F(FavouritesFlow, TheListsShowWhatIsKeptAndTakeOneOut) {
  const std::string id = make();
  world_.press(message_, "1f:" + id + ":1:r");
  world_.press(message_, "1sv:" + id + ":1:r");
  world_.write("/favorites");
  const std::int64_t card = world_.newest().id;
  EXPECT_TRUE(world_.message(card).caption.starts_with("❤️ Избранное · 1 изображение\n1 "))
      << world_.message(card).caption;
  EXPECT_EQ(world_.message(card).data_of("1"), "1i:" + id + ":f");
  world_.press(card, world_.message(card).data_of("📌 Сохранённые"));
  EXPECT_EQ(world_.message(card).data_of("1"), "1i:" + id + ":s");
  world_.press(card, "1fi:0:x");
  EXPECT_EQ(world_.message(card).data_of("1"), "1fx:f:" + id);
  EXPECT_EQ(world_.press(card, "1fx:f:" + id), "Убрано из избранного");
  EXPECT_TRUE(world_.message(card).caption.starts_with("❤️ Избранное\nОтмечайте")) << world_.message(card).caption;
  world_.press(card, "1fx:f:" + id);
  EXPECT_EQ(kept(), 1) << "it is saved still";
  EXPECT_EQ(world_.press(card, "1fx:s:" + id), "Больше не сохранено");
  EXPECT_EQ(kept(), 0);
}

TEST_F(FavouritesFlow, TakingOutStaysOnItsPageAndLeavesAnEmptyOne) {
  make();
  write("DELETE FROM user_saved_images");
  write(
      "INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id, local_day, "
      "is_imported,"
      " status, created_at, finished_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 11)"
      " SELECT randomblob(16), u.id, 'noir', 'p', 'm', 0, 1, '2025-01-15', true, 'ready', i, i FROM n, users u");
  write(
      "INSERT INTO user_days (user_id, local_day, style, pictures, made, kept)"
      " SELECT id, '2025-01-15', 'noir', 11, 11, 11 FROM users");
  write(
      "INSERT INTO user_saved_images (id, user_id, generation_request_id, is_favorite, is_saved, saved_at, favorite_at)"
      " SELECT randomblob(16), user_id, id, true, false, created_at, created_at FROM generation_requests"
      " WHERE is_imported = true");
  world_.write("/favorites");
  const std::int64_t card = world_.newest().id;
  world_.press(card, "1fi:0:x");
  EXPECT_TRUE(world_.message(card).has("1–9"));
  world_.press(card, world_.message(card).data_of("›"));
  EXPECT_TRUE(world_.message(card).has("10–11"));
  world_.press(card, world_.message(card).data_of("1"));
  EXPECT_TRUE(world_.message(card).has("10–10")) << "it stays where it is";
  EXPECT_TRUE(world_.message(card).caption.starts_with("❤️ Избранное · 10 изображений"));
  const std::string last = world_.message(card).data_of("1");
  world_.press(card, last.starts_with("1fx") ? last : "1fi:0:x");
  EXPECT_TRUE(world_.message(card).caption.starts_with("❤️ Избранное · 9 изображений")) << world_.message(card).caption;
  EXPECT_FALSE(world_.message(card).has("10–10"));
  EXPECT_EQ(kept(), 9);
  world_.press(card, world_.message(card).data_of("1"));
  EXPECT_EQ(kept(), 8);
}

TEST_F(FavouritesFlow, AHeartCostsFourRoundTripsAndAListNoMore) {
  const std::string id = make();
  world_.write("/images");
  const std::int64_t card = world_.newest().id;
  world_.press(card, "1i:" + id + ":m");
  auto& asked = world_.world.asked;
  const auto cost = [&](std::int64_t message, const std::string& data) {
    asked.round_trips = 0;
    world_.press(message, data);
    return asked.round_trips;
  };
  EXPECT_LE(cost(card, "1f:" + id + ":1:m"), 4);
  EXPECT_LE(cost(message_, "1f:" + id + ":0:r"), 4);
  EXPECT_LE(cost(message_, "1sv:" + id + ":1:r"), 4);
  EXPECT_LE(cost(card, "1fk:" + id + ":1:m"), 4);
  world_.press(card, "1sl:0:x");
  EXPECT_LE(cost(card, "1sl:0:x"), 4);
  world_.press(card, "1fs:0");
  world_.press(card, "1sl:0");
  EXPECT_LE(cost(card, "1fx:s:" + id), 4);
  EXPECT_LE(cost(card, "1fs:0"), 4);
}

TEST_F(FavouritesFlow, KeptStylesStartAtOnceByTheRulesOfEveryShelf) {
  world_.write("/start");
  const std::int64_t card = world_.newest().id;
  EXPECT_EQ(world_.press(card, "1ft:business:1:k"), "🔖 Стиль в «Моих стилях»");
  world_.world.clock.advance(Millis(1));
  world_.press(card, "1ft:noir:1:k");
  EXPECT_NE(world_.press(card, "1ft:nowhere:1:k"), "🔖 Стиль в «Моих стилях»");
  world_.press(card, "1fs:0");
  EXPECT_TRUE(world_.message(card).data_of("2").starts_with("1g:business:")) << world_.message(card).data_of("2");
  world_.press(card, "1e:c:1");
  world_.press(card, "1fs:0");
  EXPECT_EQ(world_.message(card).data_of("2"), "1s:business:f") << "who wants to be asked is asked";
  world_.press(card, "1fs:0:x");
  EXPECT_EQ(world_.press(card, "1ft:business:0:f"), "Стиль убран");
  EXPECT_EQ(world_.message(card).data_of("1"), "1ft:noir:0:f");
  EXPECT_EQ(world_.count("SELECT count(*) FROM user_favorite_templates"), 1);
}

TEST_F(FavouritesFlow, AKeptStyleThatIsGoneIsShownAsSuch) {
  world_.write("/start");
  const std::int64_t card = world_.newest().id;
  write("INSERT INTO user_favorite_templates (user_id, template_id, created_at) SELECT id, 'sold-out', 0 FROM users");
  world_.press(card, "1fs:0");
  EXPECT_NE(world_.message(card).caption.find("1 sold-out 💤 сейчас недоступен"), std::string::npos)
      << world_.message(card).caption;
  EXPECT_EQ(world_.message(card).data_of("1"), "1s:sold-out:f");
}

}  // namespace
}  // namespace aisha::bot
