// SPDX-License-Identifier: Apache-2.0
#include "bot/features/picture/routes.hpp"
#include "bot/features/statistics/routes.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

class StatisticsFlow : public testing::Chat {
 protected:
  std::string caption_of(statistics::Window window) {
    world_.write("/start");
    const std::int64_t card = world_.newest().id;
    world_.press(card, encode(statistics::Open{window}));
    return world_.message(card).caption;
  }
};

TEST_F(StatisticsFlow, WithoutPicturesItSaysSoUnderAChart) {
  const std::string caption = caption_of(statistics::Window::week);
  EXPECT_NE(caption.find("За это время ничего не создано."), std::string::npos) << caption;
  EXPECT_FALSE(world_.newest().has("Очистить"));
}

TEST_F(StatisticsFlow, AChartWithOwnWordsIsDrawnAnewWithTheirDrawing) {
  const auto key_of = [&](const photo::Chart& chart) {
    return world_.world.run(world_.photos.get(chart, Uuid())).value().key;
  };
  photo::Chart chart;
  chart.columns = {2};
  chart.bars = {{"art", 2}};
  const std::string drawings = world_.sheets.version();
  EXPECT_EQ(key_of(chart).find(drawings), std::string::npos);
  chart.bars.push_back({"", 1});
  EXPECT_NE(key_of(chart).find(drawings), std::string::npos);
}

TEST_F(StatisticsFlow, EachWindowCountsWhatLiesInItByThePersonsOwnDay) {
  picture();
  world_.world.clock.advance(std::chrono::days(10));
  picture();
  EXPECT_NE(caption_of(statistics::Window::week).find("Создано 1 "), std::string::npos);
  const std::string month = caption_of(statistics::Window::month);
  EXPECT_NE(month.find("Создано 2 · сейчас в галерее 2 · в избранном 0"), std::string::npos) << month;
  EXPECT_NE(month.find("Потрачено 10 монет"), std::string::npos) << month;
  EXPECT_NE(month.find("Любимый стиль: "), std::string::npos) << month;
  EXPECT_TRUE(world_.newest().has("30 дней ✅"));
  world_.world.clock.advance(std::chrono::days(60));
  EXPECT_NE(caption_of(statistics::Window::month).find("ничего не создано"), std::string::npos);
  EXPECT_NE(caption_of(statistics::Window::all).find("Создано 2 "), std::string::npos);
}

TEST_F(StatisticsFlow, WhatIsThrownAwayWasMadeAllTheSame) {
  const std::int64_t message = picture().id;
  world_.press(message, world_.message(message).data_of("Удалить"));
  world_.world.clock.advance(Millis(20'000));
  const std::string caption = caption_of(statistics::Window::week);
  EXPECT_NE(caption.find("Создано 1 · сейчас в галерее 0"), std::string::npos) << caption;
  EXPECT_TRUE(world_.newest().has("Корзина: 1"));
}

}  // namespace
}  // namespace aisha::bot
