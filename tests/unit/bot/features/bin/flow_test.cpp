// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "services/bin/clearing.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::ChatMessage;

class BinFlow : public testing::Chat {
 protected:
  /// So many finished pictures; their ids as buttons write them. The menu card is open afterwards.
  std::vector<std::string> make(int n) {
    std::vector<std::string> out;
    for (int i = 0; i < n; ++i) {
      const ChatMessage& result = picture();
      message_ = result.id;
      out.push_back(result.data_of("🤍 В избранное").substr(3, 22));
    }
    world_.write("/start");
    card_ = world_.newest().id;
    return out;
  }
  const ChatMessage& open(const std::string& data) {
    toast_ = world_.press(card_, data);
    return world_.message(card_);
  }
  std::int64_t live() {
    return world_.count("SELECT count(*) FROM generation_requests WHERE status = 'ready' AND deleted_at IS NULL");
  }
  std::int64_t counted() { return world_.count("SELECT coalesce(sum(pictures), 0) FROM user_days"); }
  /// What the worker does until nothing is left.
  void finish_clearing() {
    for (auto steps = world_.world.run(world_.clearing.claim(9)); !steps.empty();
         steps = world_.world.run(world_.clearing.claim(9))) {
      for (auto& step : steps) {
        world_.world.run(std::move(step));
      }
    }
  }

  std::int64_t message_ = 0;
  std::int64_t card_ = 0;
  std::string toast_;
};

TEST_F(BinFlow, AKeptPictureIsAskedAboutAndGoesOnlyThen) {
  const std::string id = make(1).at(0);
  world_.press(message_, "1f:" + id + ":1:r");
  world_.press(message_, "1rm:" + id);
  const ChatMessage& question = world_.newest();
  EXPECT_NE(question.id, message_) << "the result stays what it is";
  EXPECT_TRUE(question.caption.starts_with("❤️ Это изображение в избранном или сохранено")) << question.caption;
  EXPECT_EQ(live(), 1);
  card_ = question.id;
  EXPECT_EQ(question.data_of("Оставить"), "1i:" + id + ":m");
  open(question.data_of("Удалить"));
  EXPECT_EQ(live(), 0);
  EXPECT_TRUE(world_.message(card_).has("🖼️ Галерея"));
  EXPECT_EQ(world_.count("SELECT count(*) FROM user_saved_images WHERE in_trash = true"), 1);
  EXPECT_TRUE(open(world_.message(card_).data_of("Вернуть")).has("❤️ В избранном")) << "all comes back with it";
  EXPECT_EQ(live(), 1);
}

TEST_F(BinFlow, ARemovedResultStaysInItsPlaceAndComesBackThere) {
  const std::string id = make(1).at(0);
  world_.press(message_, "1rm:" + id);
  EXPECT_TRUE(world_.message(message_).has("🎨 Создать ещё"));
  EXPECT_TRUE(world_.message(message_).has("Вернуть"));
  EXPECT_EQ(world_.press(message_, "1ry:" + id), "Уже удалено");
  world_.press(message_, "1un:" + id);
  EXPECT_TRUE(world_.message(message_).has("Скачать"));
  EXPECT_EQ(live(), 1);
}

TEST_F(BinFlow, ShowsWhatWasRemovedBringsItBackOrLetsItGoForEver) {
  const auto ids = make(2);
  EXPECT_EQ(open("1bn:0").caption, "🗑️ Корзина пуста");
  for (const std::string& id : ids) {
    open("1i:" + id + ":m");
    open("1rm:" + id);
  }
  EXPECT_TRUE(open("1bn:0").caption.starts_with("🗑️ Корзина · 2 изображения\n1 ")) << world_.message(card_).caption;
  EXPECT_NE(world_.message(card_).caption.find("через 30 дней"), std::string::npos) << world_.message(card_).caption;
  EXPECT_EQ(world_.message(card_).data_of("1"), "1bi:" + ids.at(1)) << "the last removed first";
  open("1bi:" + ids.at(1));
  open(world_.message(card_).data_of("Навсегда"));
  EXPECT_TRUE(world_.message(card_).caption.starts_with("🗑️ Удалить навсегда?")) << world_.message(card_).caption;
  const std::string for_ever = world_.message(card_).data_of("Навсегда");
  EXPECT_TRUE(open(for_ever).caption.starts_with("🗑️ Корзина · 1 изображение"));
  EXPECT_EQ(toast_, "Удалено навсегда");
  open(for_ever);
  EXPECT_EQ(toast_, "Изображение не найдено");
  EXPECT_EQ(world_.press(card_, "1un:" + ids.at(1)), "Уже нельзя вернуть");
  open("1bi:" + ids.at(0));
  EXPECT_TRUE(open(world_.message(card_).data_of("Вернуть")).has("Скачать"));
  EXPECT_EQ(live(), 1);
  EXPECT_EQ(counted(), 1);
}

TEST_F(BinFlow, Row106OnePressClearsOnceAndIsTakenBackOnce) {
  const auto ids = make(3);
  world_.press(message_, "1sv:" + ids.at(2) + ":1:r");
  EXPECT_NE(open("1cl").caption.find("У вас 3 изображения, из них 1"), std::string::npos);
  open(world_.message(card_).data_of("Кроме избранных: 2"));
  EXPECT_TRUE(world_.message(card_).caption.starts_with("🗑️ Точно удалить 2 изображения?"));
  const std::string yes = world_.message(card_).data_of("Да, удалить 2");
  EXPECT_EQ(open(yes).caption, "🗑️ Удалено: 2");
  EXPECT_EQ(live(), 1);
  EXPECT_EQ(open(yes).caption, "🗑️ Удалено: 2") << "the same press";
  EXPECT_EQ(world_.count("SELECT count(*) FROM gallery_clears"), 1);
  const std::string back = world_.message(card_).data_of("Вернуть всё");
  EXPECT_EQ(open(back).caption, "↩️ Вернулось: 2");
  EXPECT_EQ(open(back).caption, "↩️ Вернулось: 2") << "the same press";
  EXPECT_EQ(live(), 3);
  EXPECT_EQ(counted(), 3);
  open(yes);
  EXPECT_EQ(live(), 3) << "its press was taken back";
  open("1cl");
  open(world_.message(card_).data_of("Все: 3"));
  EXPECT_EQ(open(world_.message(card_).data_of("Да, удалить 3")).caption, "🗑️ Удалено: 3") << "a press of its own";
  EXPECT_EQ(live(), 0);
}

TEST_F(BinFlow, AnOlderQuestionIsAskedAnew) {
  make(2);
  open("1ck:a");
  const std::string yes = world_.message(card_).data_of("Да, удалить 2");
  make(1);
  open(yes);
  EXPECT_EQ(live(), 3);
  EXPECT_TRUE(world_.message(card_).caption.starts_with("🗑️ Точно удалить 3 изображения?"))
      << world_.message(card_).caption;
}

TEST_F(BinFlow, Row106AnUndoAfterThePurgeSaysHowManyAreLeft) {
  const auto ids = make(3);
  open("1ck:a");
  open(world_.message(card_).data_of("Да, удалить 3"));
  const std::string back = world_.message(card_).data_of("Вернуть всё");
  open("1by:" + ids.at(0));
  EXPECT_EQ(open(back).caption, "↩️ Вернулось: 2 из 3: остальное уже удалено навсегда");
  EXPECT_EQ(live(), 2);
  EXPECT_EQ(counted(), 2);
  open("1cu:" + std::string(22, 'A'));
  EXPECT_EQ(toast_, "Изображение не найдено");
}

TEST_F(BinFlow, AScreenCostsFiveRoundTripsAtMost) {
  const auto ids = make(3);
  auto& asked = world_.world.asked;
  const auto cost = [&](const std::string& data) {
    asked.round_trips = 0;
    world_.press(card_, data);
    return asked.round_trips;
  };
  // Photos of the first time are paid.
  for (const std::string& data : {"1rm:" + ids.at(0), "1un:" + ids.at(0), "1rm:" + ids.at(0), std::string("1bn:0"),
                                  "1bi:" + ids.at(0), "1un:" + ids.at(0)}) {
    world_.press(card_, data);
  }
  EXPECT_LE(cost("1rm:" + ids.at(0)), 5);
  EXPECT_LE(cost("1un:" + ids.at(0)), 5);
  world_.press(card_, "1rm:" + ids.at(0));
  EXPECT_LE(cost("1bn:0"), 4);
  EXPECT_LE(cost("1bi:" + ids.at(0)), 4);
  EXPECT_LE(cost("1by:" + ids.at(0)), 5);
  EXPECT_LE(cost("1cl"), 4);
  EXPECT_LE(cost("1ck:a"), 4);
  EXPECT_LE(cost(world_.message(card_).data_of("Да, удалить 2")), 5);
  EXPECT_LE(cost(world_.message(card_).data_of("Вернуть всё")), 5);
}

TEST_F(BinFlow, WhatAPressDoesNotClearItselfIsClearedByTheWorker) {
  make(1);
  sql::Batch batch;
  batch.push_back(
      {sql::Statement("INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id,"
                      " local_day, is_imported, status, created_at, finished_at)"
                      " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2300)"
                      " SELECT randomblob(16), u.id, 'noir', 'p', 'm', 0, 1, '2025-01-15', true, 'ready', $1, $1"
                      " FROM n, users u",
                      world_.world.clock.now() - Millis(1)),
       std::nullopt});
  batch.push_back({sql::Statement("INSERT INTO user_days (user_id, local_day, style, pictures, made)"
                                  " SELECT id, '2025-01-15', 'noir', 2300, 2300 FROM users"),
                   std::nullopt});
  world_.world.run(world_.world.db->write(std::move(batch))).value();
  open("1ck:a");
  const ChatMessage& done = open(world_.message(card_).data_of("Да, удалить 2301"));
  EXPECT_EQ(done.caption, "🗑️ Удалено: 2301\nОстальные исчезнут через несколько секунд.");
  EXPECT_EQ(live(), 1'301);
  const std::string back = done.data_of("Вернуть всё");
  finish_clearing();
  EXPECT_EQ(live(), 0);
  EXPECT_EQ(counted(), 0);
  EXPECT_EQ(open(back).caption, "↩️ Вернулось: 2301");
  finish_clearing();
  EXPECT_EQ(live(), 2'301);
  EXPECT_EQ(counted(), 2'301);
}

}  // namespace
}  // namespace aisha::bot
