// SPDX-License-Identifier: Apache-2.0
// What goes wrong between us and Telegram, and what the chat shows then.
#include <gtest/gtest.h>

#include "tests/fakes/bot_world.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;
using fakes::FakeTelegram;

class ChatOutput : public testing::Test {
 protected:
  std::int64_t create_card() {
    world_.write("/start");
    world_.tap("Создать изображение");
    return world_.newest().id;
  }
  std::string help() { return world_.press(world_.newest().id, "1he"); }
  std::size_t messages() { return world_.telegram.chat(BotWorld::kChat).size(); }

  BotWorld world_;
};

TEST_F(ChatOutput, ACardThatIsGoneIsSentAnew) {
  const std::int64_t card = create_card();
  const ChatMessage before = world_.message(card);
  world_.telegram.forget_message(BotWorld::kChat, card);
  world_.press(card, before.data_of("Меню"));
  EXPECT_GT(world_.newest().id, card);
  EXPECT_EQ(world_.chat().card_message_id, world_.newest().id);
}

TEST_F(ChatOutput, ACardThatAnotherReplacesBelowIsTakenAway) {
  const std::int64_t first = create_card();
  world_.write("на закате у моря");
  EXPECT_TRUE(world_.newest().has("Создать"));
  const std::int64_t question = world_.newest().id;
  world_.write("в театре");
  for (const std::int64_t old : {first, question}) {
    EXPECT_FALSE(world_.telegram.chat(fakes::BotWorld::kChat).contains(old)) << "no dead question is left behind";
  }
  EXPECT_EQ(messages(), 1U);
}

TEST_F(ChatOutput, ACardUnderWhichSomethingWasBoughtMeanwhileStays) {
  const std::int64_t card = create_card();
  // As the press of another process leaves it.
  constexpr sql::Text kBought = "UPDATE chats SET card_message_id = 0, version = version + 1";
  world_.telegram.meanwhile("sendPhoto",
                            [&] { world_.world.run(world_.world.db->write({{sql::Statement(kBought), 1}})).value(); });
  world_.write("/settings");
  EXPECT_TRUE(world_.telegram.chat(BotWorld::kChat).contains(card)) << "a picture is to arrive there";
  EXPECT_NE(world_.newest().id, card);
}

TEST_F(ChatOutput, k05_ACardWhoseFileIdCannotBeKeptIsNotSentAgain) {
  world_.world.asked.full = "INSERT INTO file_ids";
  world_.write("/start");
  EXPECT_EQ(world_.telegram.sends(), 1U);
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'done'"), 1);
}

TEST_F(ChatOutput, k05_AFileThatWasSentAndNotNotedIsNotSentAgain) {
  create_card();
  world_.tap("1");
  world_.settle();
  world_.tap("Скачать");
  const std::size_t before = world_.telegram.sends();
  world_.world.asked.full = "UPDATE outbox SET state = 'sent'";
  EXPECT_THROW(world_.world.step(world_.sending), sql::Outage);
  world_.world.asked.full = {};
  world_.world.clock.advance(Millis(10 * 60'000));
  world_.settle();
  EXPECT_EQ(world_.telegram.sends(), before + 1);
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox WHERE state <> 'sent'"), 0);
}

TEST_F(ChatOutput, ACardTooOldToBeDeletedLosesItsButtons) {
  const std::int64_t old = create_card();
  world_.telegram.refuse("deleteMessage", 400, "Bad Request: message can't be deleted for everyone");
  world_.write("/settings");
  EXPECT_TRUE(world_.message(old).buttons.empty());
}

TEST_F(ChatOutput, AStatusThatReadsAsBeforeIsNotSaidAgain) {
  create_card();
  world_.tap("1");
  world_.settle();
  const auto edits = world_.telegram.calls_of("editMessageMedia");
  for (std::size_t i = 1; i < edits.size(); ++i) {
    EXPECT_NE(json::serialize(edits[i].parameters), json::serialize(edits[i - 1].parameters)) << i;
  }
}

TEST_F(ChatOutput, NotModifiedIsSuccess) {
  create_card();
  world_.telegram.refuse("editMessageMedia", 400, "Bad Request: message is not modified: same content");
  world_.tap("Меню");
  EXPECT_EQ(messages(), 1U);
  help();
  EXPECT_NE(world_.newest().caption.find("Как это работает"), std::string::npos);
}

TEST_F(ChatOutput, ALostFileIdIsForgottenAndTheBytesAreSentOnce) {
  world_.write("/start");
  const std::string lost = world_.newest().file_id;
  world_.telegram.forget_file(lost);
  world_.write("/start");
  EXPECT_NE(world_.newest().file_id, lost);
  const auto uploads = world_.telegram.calls_of("sendPhoto");
  ASSERT_EQ(uploads.size(), 3U);
  EXPECT_EQ(uploads[1].uploaded, 0U);
  EXPECT_GT(uploads[2].uploaded, 0U);
}

TEST_F(ChatOutput, TheSamePictureIsUploadedOnceForEverybody) {
  world_.write("/start");
  world_.write("/start");
  world_.write("/start", BotWorld::kChat + 1);
  const auto sends = world_.telegram.calls_of("sendPhoto");
  ASSERT_EQ(sends.size(), 3U);
  EXPECT_GT(sends[0].uploaded, 0U);
  EXPECT_EQ(sends[1].uploaded, 0U);
  EXPECT_EQ(sends[2].uploaded, 0U);
}

TEST_F(ChatOutput, OnceItsLeaseIsOverAHandlerShowsNothingMore) {
  create_card();
  world_.world.policy.lease = Millis(2'000);
  const std::size_t before = world_.telegram.calls_of("editMessageMedia").size();
  for (int i = 0; i < 3; ++i) {
    world_.telegram.refuse("editMessageMedia", 500, "Internal Server Error");
  }
  world_.tap("Меню");
  EXPECT_EQ(world_.telegram.calls_of("editMessageMedia").size() - before, 3U)
      << "after 0, 300 and 900 ms; at 2.1 s another process may have shown something newer";
}

TEST_F(ChatOutput, k03a_HoweverLongTelegramIsAwayEachUpdateIsHandledInTheEnd) {
  create_card();
  for (const int status : {0, 401, 500, 502}) {
    for (const char* method : {"sendPhoto", "editMessageMedia", "editMessageCaption", "editMessageReplyMarkup"}) {
      world_.telegram.stay_away(method, status);
    }
    help();
    world_.write("/settings");
    for (int i = 0; i < 20; ++i) {
      world_.world.clock.advance(Millis(5'000));
      world_.take_updates();
    }
    EXPECT_EQ(world_.count("SELECT max(attempts) FROM inbox WHERE state = 'new'"), 0) << status;
    world_.telegram.come_back();
    world_.settle();
    EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state <> 'done'"), 0) << status;
    EXPECT_NE(world_.newest().caption.find("Настройки"), std::string::npos) << status;
  }
}

TEST_F(ChatOutput, AnUpdateThatTelegramRefusesIsPoisonAndItsChatGoesOn) {
  for (const char* method : {"sendPhoto", "sendDocument", "sendMessage"}) {
    world_.telegram.stay_away(method, 400);
  }
  world_.write("/start");
  for (int i = 0; i < world_.world.policy.update_max_attempts; ++i) {
    world_.world.clock.advance(world_.world.policy.lease);
    world_.take_updates();
  }
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'poison'"), 1);
  world_.telegram.come_back();
  world_.write("/start");
  EXPECT_TRUE(world_.newest().has("Создать изображение"));
}

TEST_F(ChatOutput, OnceItsLeaseIsOverASenderTellsNothing) {
  create_card();
  world_.tap("1");
  auto claimed = world_.world.run(world_.sending.claim(10));
  ASSERT_EQ(claimed.size(), 1U);
  world_.world.clock.advance(world_.world.policy.send_lease);
  const std::size_t before = world_.telegram.calls_of("editMessageMedia").size();
  world_.world.run(std::move(claimed[0]));
  EXPECT_EQ(world_.telegram.calls_of("editMessageMedia").size(), before);
  world_.settle();
  EXPECT_NE(world_.telegram.calls_of("editMessageMedia").size(), before) << "the row came again";
}

TEST_F(ChatOutput, AFloodedChatWaitsForItsPauseAndNothingIsLost) {
  create_card();
  world_.telegram.refuse("editMessageMedia", 429, "Too Many Requests: retry after 7", 7);
  const std::size_t before = world_.telegram.calls_of("editMessageMedia").size();
  help();
  world_.world.clock.advance(Millis(6'900));
  world_.take_updates();
  EXPECT_EQ(world_.telegram.calls_of("editMessageMedia").size(), before + 1) << "only the one that was refused";
  world_.world.clock.advance(Millis(100));
  world_.take_updates();
  EXPECT_NE(world_.newest().caption.find("Как это работает"), std::string::npos);
}

TEST_F(ChatOutput, APressIsAnsweredAlthoughItsChatIsFlooded) {
  create_card();
  world_.flood.refused(BotWorld::kChat, 30, world_.world.clock.now());
  EXPECT_EQ(help(), "Telegram просит подождать 30 секунд. Потом экран откроется сам.");
  world_.world.clock.advance(Millis(30'000));
  world_.take_updates();
  EXPECT_NE(world_.newest().caption.find("Как это работает"), std::string::npos);
}

TEST_F(ChatOutput, OfSeveralPressesInAFloodedChatEachIsAnsweredAndTheLastIsDrawn) {
  const std::int64_t card = create_card();
  world_.flood.refused(BotWorld::kChat, 3'600, world_.world.clock.now());
  const std::size_t edits = world_.telegram.calls_of("editMessageMedia").size();
  for (const char* data : {"1he", "1st", "1h"}) {
    world_.world.clock.advance(Millis(1'000));
    EXPECT_NE(world_.press(card, data), "");
  }
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'new'"), 1);
  EXPECT_EQ(world_.count("SELECT max(attempts) FROM inbox WHERE state = 'new'"), 0);
  EXPECT_EQ(world_.telegram.calls_of("editMessageMedia").size(), edits);
  world_.world.clock.advance(Millis(3'600'000));
  world_.take_updates();
  EXPECT_EQ(world_.telegram.calls_of("editMessageMedia").size(), edits + 1);
  EXPECT_NE(world_.newest().caption.find("Главное меню"), std::string::npos);
}

TEST_F(ChatOutput, WhatAnOvertakenPressChangedCounts) {
  const std::int64_t card = create_card();
  world_.flood.refused(BotWorld::kChat, 60, world_.world.clock.now());
  world_.press(card, "1p");
  world_.press(card, "1he");
  EXPECT_EQ(world_.chat().awaits, domain::Awaits::prompt);
}

TEST_F(ChatOutput, AServerErrorIsTriedAgain) {
  create_card();
  world_.telegram.refuse("editMessageMedia", 502, "Bad Gateway");
  world_.telegram.refuse("editMessageMedia", 500, "Internal Server Error");
  help();
  EXPECT_NE(world_.newest().caption.find("Как это работает"), std::string::npos);
}

TEST_F(ChatOutput, AnEditWithoutAnAnswerIsRepeated) {
  create_card();
  world_.telegram.refuse("editMessageMedia", 0, "connection lost");
  help();
  EXPECT_NE(world_.newest().caption.find("Как это работает"), std::string::npos);
  EXPECT_EQ(messages(), 1U);
}

TEST_F(ChatOutput, ASendWithoutAnAnswerIsRepeatedOnceAndOnlyAfterAWhile) {
  world_.telegram.refuse("sendPhoto", 0, "connection lost");
  world_.write("/start");
  EXPECT_EQ(world_.telegram.calls_of("sendPhoto").size(), 1U);
  world_.settle();
  EXPECT_EQ(world_.telegram.calls_of("sendPhoto").size(), 2U);
  EXPECT_EQ(world_.chat().card_message_id, world_.newest().id);
}

TEST_F(ChatOutput, WhoBlockedTheBotIsMarkedAndNotTriedAgain) {
  world_.telegram.refuse("sendPhoto", 403, "Forbidden: bot was blocked by the user");
  world_.write("/start");
  EXPECT_EQ(world_.count("SELECT is_blocked FROM users"), 1);
  EXPECT_EQ(messages(), 0U);
}

TEST_F(ChatOutput, Row13AnAnswerThatComesTooLateStopsNothing) {
  const std::int64_t card = create_card();
  world_.telegram.refuse("answerCallbackQuery", 400,
                         "Bad Request: query is too old and response timeout expired or query ID is invalid");
  EXPECT_THROW(world_.press(card, "1he"), std::logic_error) << "the refused answer is no toast";
  EXPECT_NE(world_.newest().caption.find("Как это работает"), std::string::npos);
}

TEST_F(ChatOutput, ASlowHandlerAnswersTheButtonEmptyByItself) {
  const std::int64_t card = create_card();
  world_.clock.guards_fire = true;
  EXPECT_EQ(world_.press(card, "1he"), "");
}

TEST_F(ChatOutput, AResultWhoseMessageIsGoneIsSentAsANewOne) {
  const std::int64_t card = create_card();
  world_.tap("1");
  world_.telegram.forget_message(BotWorld::kChat, card);
  const std::size_t before = world_.telegram.sends();
  world_.world.step(world_.sending);
  EXPECT_EQ(world_.telegram.sends(), before) << "progress is not worth a message";
  world_.settle();
  EXPECT_EQ(world_.telegram.sends(), before + 1);
  EXPECT_NE(world_.newest().id, card);
  EXPECT_TRUE(world_.newest().has("Скачать"));
  EXPECT_EQ(messages(), 1U);
}

TEST_F(ChatOutput, Row55APictureThatTelegramRefusesArrivesAsADocumentInItsMessage) {
  const std::int64_t card = create_card();
  world_.tap("1");
  world_.world.step(world_.sending);
  world_.telegram.refuse("editMessageMedia", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS");
  world_.settle();
  EXPECT_EQ(world_.message(card).kind, "document");
  EXPECT_TRUE(world_.message(card).has("Удалить"));
}

TEST_F(ChatOutput, ALateResultNotifiesOnceByAShortReply) {
  const std::int64_t card = create_card();
  world_.tap("1");
  world_.world.step(world_.sending);
  world_.world.clock.advance(Millis(30'000));
  world_.settle();
  EXPECT_TRUE(world_.message(card).has("Скачать"));
  EXPECT_EQ(world_.newest().caption, "✨ Готово");
  EXPECT_EQ(world_.newest().reply_to, card);
  EXPECT_EQ(world_.telegram.calls_of("sendMessage").size(), 1U);
}

TEST_F(ChatOutput, AResultIsUploadedOnceAndShownByItsFileIdAfterwards) {
  create_card();
  world_.tap("1");
  world_.settle();
  const std::string id = world_.newest().file_id;
  const std::size_t uploads = world_.telegram.calls.size();
  world_.write("/start");
  EXPECT_EQ(world_.newest().file_id, id);
  for (std::size_t i = uploads; i < world_.telegram.calls.size(); ++i) {
    EXPECT_EQ(world_.telegram.calls[i].uploaded, 0U) << world_.telegram.calls[i].method;
  }
}

TEST_F(ChatOutput, EveryPhotoHasACaptionAndAKeyboard) {
  create_card();
  world_.tap("1");
  world_.settle();
  for (const fakes::Call& call : world_.telegram.calls) {
    if (call.method.starts_with("editMessage") || call.method == "sendPhoto") {
      EXPECT_TRUE(call.parameters.contains("reply_markup")) << call.method;
      EXPECT_FALSE(call.parameters.contains("parse_mode"));
    }
  }
}

}  // namespace
}  // namespace aisha::bot
