// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class PictureFlow : public testing::Chat {};

TEST_F(PictureFlow, DownloadSendsTheOriginalAndTheSecondTimeItsFileId) {
  const std::int64_t id = picture().id;
  EXPECT_EQ(world_.press(id, world_.message(id).data_of("Скачать")), "Отправляю оригинал");
  world_.settle();
  world_.press(id, world_.message(id).data_of("Скачать"));
  world_.settle();
  const auto sent = world_.telegram.calls_of("sendDocument");
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].uploaded, std::string("jpeg bytes").size());
  EXPECT_EQ(sent[1].uploaded, 0U);
  const std::string name(sent[0].parameters.at("filename").get_string());
  EXPECT_EQ(name.find("aisha_20"), 0U) << name;
  EXPECT_TRUE(name.ends_with(".jpg")) << name;
  EXPECT_TRUE(world_.message(id).has("Удалить")) << "the result stays as it is";
}

TEST_F(PictureFlow, AnAskedForOriginalIsARowThatWaitsOutTheFlood) {
  const std::int64_t id = picture().id;
  world_.flood.refused(BotWorld::kChat, 7, world_.world.clock.now());
  world_.press(id, world_.message(id).data_of("Скачать"));
  world_.world.step(world_.sending);
  EXPECT_TRUE(world_.telegram.calls_of("sendDocument").empty());
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox WHERE kind = 'original' AND done_at IS NULL"), 1);
  world_.settle();
  EXPECT_EQ(world_.telegram.calls_of("sendDocument").size(), 1U);
}

TEST_F(PictureFlow, AnOriginalThatWasRemovedMeanwhileIsNotSent) {
  const std::int64_t id = picture().id;
  world_.press(id, world_.message(id).data_of("Скачать"));
  world_.press(id, world_.message(id).data_of("Удалить"));
  world_.settle();
  EXPECT_TRUE(world_.telegram.calls_of("sendDocument").empty());
}

TEST_F(PictureFlow, ARemovedPictureCanComeBackInTheSameMessage) {
  const ChatMessage before = picture();
  world_.tap("Удалить");
  EXPECT_NE(world_.message(before.id).caption.find("30 дней"), std::string::npos);
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE deleted_at IS NOT NULL"), 1);
  world_.tap("Вернуть");
  EXPECT_TRUE(world_.message(before.id).has("Скачать"));
  EXPECT_EQ(world_.message(before.id).file_id, before.file_id) << "by file id, nothing is uploaded again";
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE deleted_at IS NOT NULL"), 0);
}

TEST_F(PictureFlow, Row11RemovingTwiceSaysSoAndOffersTheUndo) {
  const ChatMessage before = picture();
  world_.press(before.id, before.data_of("Удалить"));
  EXPECT_EQ(world_.press(before.id, before.data_of("Удалить")), "Уже удалено");
  EXPECT_TRUE(world_.message(before.id).has("Вернуть"));
}

TEST_F(PictureFlow, RemovedFromTheMenuCardItIsTheMenuCardThatSaysSo) {
  const std::string remove = picture().data_of("Удалить");
  world_.write("/start");
  const ChatMessage home = world_.newest();
  const std::size_t messages = world_.telegram.chat(BotWorld::kChat).size();
  world_.press(home.id, remove);
  EXPECT_TRUE(world_.message(home.id).has("Вернуть"));
  EXPECT_NE(world_.message(home.id).file_id, home.file_id);
  EXPECT_EQ(world_.telegram.chat(BotWorld::kChat).size(), messages);
  EXPECT_TRUE(world_.chat().photo_key.ends_with("deleted")) << "what the card shows is known";
  world_.press(home.id, world_.message(home.id).data_of("Вернуть"));
  EXPECT_EQ(world_.message(home.id).file_id, home.file_id);
  world_.press(home.id, "1he");
  EXPECT_NE(world_.message(home.id).file_id, home.file_id);
  EXPECT_EQ(world_.chat().card_message_id, home.id);
}

TEST_F(PictureFlow, RemovedFromAMenuCardThatIsGoneItIsSaidByANewOneBelow) {
  const std::string remove = picture().data_of("Удалить");
  world_.write("/start");
  const std::int64_t home = world_.newest().id;
  world_.telegram.forget_message(BotWorld::kChat, home);
  world_.press(home, remove);
  EXPECT_NE(world_.newest().id, home);
  EXPECT_TRUE(world_.newest().has("Вернуть"));
  EXPECT_EQ(world_.chat().card_message_id, world_.newest().id);
}

}  // namespace
}  // namespace aisha::bot
