// SPDX-License-Identifier: Apache-2.0
// Whatever Telegram says to a picture, its card arrives.
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class PhotoLadders : public testing::Chat {
 protected:
  std::vector<std::string> methods_since(std::size_t begin) {
    std::vector<std::string> out;
    for (std::size_t i = begin; i < world_.telegram.calls.size(); ++i) {
      if (world_.telegram.calls[i].method.starts_with("send")) {
        out.push_back(world_.telegram.calls[i].method);
      }
    }
    return out;
  }
};

TEST_F(PhotoLadders, k04a_StartSurvivesALastPictureThatTelegramCannotProcess) {
  picture();
  world_.telegram.refuse("sendPhoto", 400, "Bad Request: IMAGE_PROCESS_FAILED");
  world_.telegram.refuse("sendPhoto", 400, "Bad Request: IMAGE_PROCESS_FAILED");
  world_.write("/start");
  EXPECT_EQ(world_.newest().kind, "document");
  EXPECT_TRUE(world_.newest().has("Создать изображение"));
  EXPECT_EQ(world_.chat().card_message_id, world_.newest().id);
  const std::size_t before = world_.telegram.calls.size();
  world_.write("/start");
  EXPECT_EQ(methods_since(before), std::vector<std::string>{"sendDocument"}) << "the refused call is not made again";
  EXPECT_EQ(world_.telegram.calls_of("sendDocument").back().uploaded, 0U) << "nor is the file sent twice";
}

TEST_F(PhotoLadders, k04a_WhatWasRefusedAsAPhotoIsTriedAsOneAgainLater) {
  world_.write("/start");
  world_.telegram.refuse("sendPhoto", 400, "Bad Request: IMAGE_PROCESS_FAILED");
  world_.telegram.refuse("sendPhoto", 400, "Bad Request: IMAGE_PROCESS_FAILED");
  world_.write("/start");
  EXPECT_EQ(world_.newest().kind, "document");
  world_.write("/start");
  EXPECT_EQ(world_.newest().kind, "document") << "not at once";
  world_.world.clock.advance(Millis(10 * 60'000));
  world_.write("/start");
  EXPECT_EQ(world_.newest().kind, "photo") << "one refusal is not for ever, least of all for everybody's sheet";
}

TEST_F(PhotoLadders, k04b_AnUnknownWordingForADeadFileIdBringsTheBytes) {
  world_.write("/start");
  world_.telegram.refuse("sendPhoto", 400, "Bad Request: FILE_REFERENCE_OF_NEXT_YEAR_EXPIRED");
  world_.write("/start");
  const auto sends = world_.telegram.calls_of("sendPhoto");
  ASSERT_EQ(sends.size(), 3U);
  EXPECT_EQ(sends[1].uploaded, 0U);
  EXPECT_GT(sends[2].uploaded, 0U);
  EXPECT_EQ(world_.newest().kind, "photo");
}

TEST_F(PhotoLadders, k04c_WhenNoPictureAtAllIsTakenTheWordsArriveAndTheButtonsWork) {
  world_.telegram.stay_away("sendPhoto", 400);
  world_.telegram.stay_away("sendDocument", 400);
  world_.write("/start");
  const ChatMessage words = world_.newest();
  EXPECT_EQ(words.kind, "text");
  EXPECT_NE(words.caption.find("это Aisha Gallery"), std::string::npos);
  world_.telegram.come_back();
  EXPECT_EQ(world_.press(words.id, words.data_of("Создать изображение")), "");
  EXPECT_EQ(world_.newest().kind, "photo") << "a text is never edited into a photo: the card comes below it";
  EXPECT_GT(world_.newest().id, words.id);
  EXPECT_TRUE(world_.newest().has("6"));
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state <> 'done'"), 0);
}

TEST_F(PhotoLadders, k04d_ACardThatCannotChangeItsPictureChangesItsWords) {
  const std::int64_t card = create_card().id;
  world_.telegram.stay_away("editMessageMedia", 400);
  world_.tap("Меню");
  EXPECT_EQ(world_.newest().id, card);
  EXPECT_NE(world_.newest().caption.find("Главное меню"), std::string::npos);
  EXPECT_TRUE(world_.newest().has("Настройки"));
}

TEST_F(PhotoLadders, k04e_AResultThatIsTakenNeitherAsPhotoNorAsFileStillEndsItsMessage) {
  const std::int64_t card = create_card().id;
  world_.tap("1");
  world_.world.step(world_.sending);
  world_.telegram.refuse("editMessageMedia", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS");
  world_.telegram.refuse("editMessageMedia", 400, "Bad Request: DOCUMENT_OF_NEXT_YEAR_INVALID");
  world_.settle();
  EXPECT_EQ(world_.message(card).kind, "photo") << "the neutral one";
  EXPECT_TRUE(world_.message(card).has("Скачать"));
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox WHERE state = 'dead'"), 0);
}

TEST_F(PhotoLadders, k04f_AFileThatTelegramDoesNotTakeIsSaid) {
  picture();
  world_.telegram.stay_away("sendDocument", 400);
  world_.tap("Скачать");
  world_.settle();
  EXPECT_EQ(world_.newest().caption, "Telegram не принимает этот файл. Само изображение осталось в своём сообщении.");
}

}  // namespace
}  // namespace aisha::bot
