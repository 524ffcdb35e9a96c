// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/fakes/bot_world.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class Chat : public testing::Test {
 protected:
  /// Start and the create card.
  const ChatMessage& create_card() {
    world_.write("/start");
    world_.tap("Создать изображение");
    return world_.newest();
  }
  /// A finished picture; returns its message.
  const ChatMessage& picture() {
    const std::int64_t id = create_card().id;
    world_.tap("1");
    world_.settle();
    return world_.message(id);
  }
  std::int64_t coins() { return world_.world.free_coins(); }
  std::int64_t generations() { return world_.count("SELECT count(*) FROM generation_requests"); }

  BotWorld world_;
};

TEST_F(Chat, StartGreetsANewPersonOnceAndShowsTheMenuAfterwards) {
  world_.write("/start");
  EXPECT_NE(world_.newest().caption.find("это Aisha Gallery"), std::string::npos);
  EXPECT_NE(world_.newest().caption.find("25 монет"), std::string::npos);
  world_.write("/start");
  EXPECT_NE(world_.newest().caption.find("Главное меню"), std::string::npos);
}

TEST_F(Chat, Row15StartIgnoresWhateverFollowsIt) {
  world_.write("/start ../../etc/passwd");
  EXPECT_NE(world_.newest().caption.find("это Aisha Gallery"), std::string::npos);
  world_.write("/start " + std::string(65'536, 'x'));
  EXPECT_NE(world_.newest().caption.find("Главное меню"), std::string::npos);
}

TEST_F(Chat, NavigationChangesOneCardInPlaceAndNeverDeletes) {
  const std::int64_t card = create_card().id;
  world_.tap("Свой промпт");
  world_.tap("Отмена");
  world_.tap("Меню");
  world_.tap("Настройки");
  world_.tap("Язык");
  world_.tap("Назад");
  EXPECT_EQ(world_.telegram.chat(BotWorld::kChat).size(), 1U);
  EXPECT_EQ(world_.newest().id, card);
  EXPECT_TRUE(world_.telegram.calls_of("deleteMessage").empty());
  EXPECT_TRUE(world_.telegram.calls_of("editMessageText").empty());
}

TEST_F(Chat, AWrittenWordBringsANewCardBelowAndTakesTheOldKeyboardAway) {
  const std::int64_t old = create_card().id;
  world_.write("/help");
  EXPECT_GT(world_.newest().id, old);
  EXPECT_TRUE(world_.message(old).buttons.empty());
  EXPECT_EQ(world_.chat().card_message_id, world_.newest().id);
}

TEST_F(Chat, ASettingChangesOnlyTheKeyboard) {
  world_.write("/settings");
  const auto edits = world_.telegram.calls.size();
  world_.tap("Подтверждать");
  EXPECT_EQ(world_.telegram.calls_of("editMessageReplyMarkup").size(), 1U);
  EXPECT_TRUE(world_.telegram.calls_of("editMessageMedia").empty());
  EXPECT_GT(world_.telegram.calls.size(), edits);
  EXPECT_TRUE(world_.newest().has("Подтверждать: да"));
  EXPECT_EQ(world_.count("SELECT confirm FROM user_settings"), 1);
}

TEST_F(Chat, TheSameSettingTwiceIsHarmless) {
  world_.write("/settings");
  const std::string data = world_.newest().data_of("Подтверждать");
  world_.press(world_.newest().id, data);
  world_.press(world_.newest().id, data);
  EXPECT_EQ(world_.count("SELECT confirm FROM user_settings"), 1);
}

TEST_F(Chat, TheLanguageChangesInPlace) {
  world_.write("/settings");
  world_.tap("Язык");
  world_.tap("English");
  EXPECT_NE(world_.newest().caption.find("Choose the language"), std::string::npos);
  world_.write("/start");
  EXPECT_NE(world_.newest().caption.find("Main menu"), std::string::npos);
}

TEST_F(Chat, OneTapMakesThePictureInTheTappedMessageAndChargesOnce) {
  const ChatMessage& result = picture();
  EXPECT_TRUE(result.has("Скачать"));
  EXPECT_EQ(result.kind, "photo");
  EXPECT_NE(result.caption.find("Готово"), std::string::npos);
  EXPECT_EQ(coins(), 20);
  EXPECT_EQ(world_.telegram.chat(BotWorld::kChat).size(), 1U);
  EXPECT_TRUE(world_.world.broken_invariants().empty());
}

TEST_F(Chat, APaidTapIsDurableBeforeItIsAnswered) {
  create_card();
  EXPECT_EQ(world_.tap("1"), "Принято");
  EXPECT_EQ(generations(), 1);
  EXPECT_EQ(world_.chat().card_message_id, 0);
}

TEST_F(Chat, Row11TwentyTapsMakeOnePictureAlsoOnAnotherStyleOfTheSameCard) {
  const ChatMessage card = create_card();
  world_.press(card.id, card.data_of("1"));
  for (int i = 0; i < 19; ++i) {
    EXPECT_EQ(world_.press(card.id, card.data_of(i % 2 == 0 ? "1" : "2")), "Уже создаю это изображение");
  }
  EXPECT_EQ(generations(), 1);
  EXPECT_EQ(coins(), 20);
}

TEST_F(Chat, Row24AThirdPictureAtOnceIsRefusedByAToastAndTheCardStays) {
  for (int i = 0; i < 2; ++i) {
    create_card();
    world_.tap("1");
  }
  const ChatMessage card = create_card();
  EXPECT_EQ(world_.tap("1"), "Уже создаю 2 изображения. Дождитесь одного из них.");
  EXPECT_EQ(world_.message(card.id).caption, card.caption);
  EXPECT_EQ(coins(), 15);
  EXPECT_EQ(world_.chat().card_message_id, card.id);
}

TEST_F(Chat, Row26ABalanceTooSmallIsSaidWithBothFiguresOnTheCard) {
  for (int i = 0; i < 5; ++i) {
    create_card();
    world_.tap("1");
    world_.settle();
  }
  const std::int64_t card = create_card().id;
  world_.tap("1");
  EXPECT_NE(world_.message(card).caption.find("Не хватает 5 монет"), std::string::npos);
  EXPECT_NE(world_.message(card).caption.find("на балансе 0 монет"), std::string::npos);
  EXPECT_EQ(generations(), 5);
}

TEST_F(Chat, Row9AnUnknownButtonGetsAToastAndAFreshMenu) {
  const std::int64_t card = create_card().id;
  for (const char* data : {"", "9zz:boo", "1zz", "\x01\x7f", "1g:business"}) {
    EXPECT_EQ(world_.press(card, data), "Меню обновилось — открыл свежее");
    EXPECT_NE(world_.newest().caption.find("Главное меню"), std::string::npos);
  }
  EXPECT_EQ(world_.press(card, std::string(65, 'a')), "Меню обновилось — открыл свежее");
}

TEST_F(Chat, Row14APageThatIsNotThereIsTheLastOne) {
  create_card();
  world_.tap("Портреты");
  const ChatMessage first = world_.newest();
  world_.press(first.id, "1k:portrait:zzz");
  EXPECT_EQ(world_.newest().caption, first.caption);
  EXPECT_EQ(world_.press(first.id, "1k:nowhere:0"), "Меню обновилось — открыл свежее");
}

TEST_F(Chat, Row10AnotherPersonsPictureLooksLikeAnAbsentOne) {
  world_.world.tap(555);
  const Uuid foreign = *Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057");
  create_card();
  const std::int64_t card = world_.newest().id;
  for (const std::string& data : {encode(route::Download{foreign}), encode(route::Remove{foreign}),
                                  encode(route::CancelJob{foreign}), encode(route::Repeat{foreign})}) {
    EXPECT_EQ(world_.press(card, data), "Изображение не найдено") << data;
  }
}

TEST_F(Chat, Row12APressInAGroupFindsNothing) {
  world_.update({{"callback_query",
                  json::Object{{"id", "q"},
                               {"from", json::Object{{"id", 9}, {"is_bot", false}, {"first_name", "B"}}},
                               {"message", json::Object{{"message_id", 5},
                                                        {"date", 1},
                                                        {"chat", json::Object{{"id", -100}, {"type", "group"}}}}},
                               {"data", "1h"}}}});
  EXPECT_EQ(world_.telegram.toasts.back(), "Image not found");
  EXPECT_EQ(world_.count("SELECT count(*) FROM users"), 0);
}

TEST_F(Chat, DownloadSendsTheOriginalAndTheSecondTimeItsFileId) {
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

TEST_F(Chat, AnAskedForOriginalIsARowThatWaitsOutTheFlood) {
  const std::int64_t id = picture().id;
  world_.flood.refused(BotWorld::kChat, 7, world_.world.clock.now());
  world_.press(id, world_.message(id).data_of("Скачать"));
  world_.world.step(world_.sending);
  EXPECT_TRUE(world_.telegram.calls_of("sendDocument").empty());
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox WHERE kind = 'original' AND done_at IS NULL"), 1);
  world_.settle();
  EXPECT_EQ(world_.telegram.calls_of("sendDocument").size(), 1U);
}

TEST_F(Chat, AnOriginalThatWasRemovedMeanwhileIsNotSent) {
  const std::int64_t id = picture().id;
  world_.press(id, world_.message(id).data_of("Скачать"));
  world_.press(id, world_.message(id).data_of("Удалить"));
  world_.settle();
  EXPECT_TRUE(world_.telegram.calls_of("sendDocument").empty());
}

TEST_F(Chat, ARemovedPictureCanComeBackInTheSameMessage) {
  const ChatMessage before = picture();
  world_.tap("Удалить");
  EXPECT_NE(world_.message(before.id).caption.find("30 дней"), std::string::npos);
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE deleted_at IS NOT NULL"), 1);
  world_.tap("Вернуть");
  EXPECT_TRUE(world_.message(before.id).has("Скачать"));
  EXPECT_EQ(world_.message(before.id).file_id, before.file_id) << "by file id, nothing is uploaded again";
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE deleted_at IS NOT NULL"), 0);
}

TEST_F(Chat, Row11RemovingTwiceSaysSoAndOffersTheUndo) {
  const ChatMessage before = picture();
  world_.press(before.id, before.data_of("Удалить"));
  EXPECT_EQ(world_.press(before.id, before.data_of("Удалить")), "Уже удалено");
  EXPECT_TRUE(world_.message(before.id).has("Вернуть"));
}

TEST_F(Chat, CreateAnotherOpensANewCardAndLeavesTheResult) {
  const std::int64_t id = picture().id;
  world_.tap("Создать ещё");
  EXPECT_GT(world_.newest().id, id);
  EXPECT_TRUE(world_.message(id).has("Скачать"));
}

TEST_F(Chat, APromptIsConfirmedThenMadeAndItsMessageGetsTheReactions) {
  world_.write("/start");
  const std::int64_t prompt = world_.write("в красном пальто <b>на мосту</b> {n} %s'; DROP TABLE users; --");
  EXPECT_NE(world_.newest().caption.find("<b>на мосту</b> {n} %s'; DROP TABLE users; --"), std::string::npos);
  EXPECT_EQ(generations(), 0);
  world_.tap("Создать · 5 монет");
  world_.settle();
  EXPECT_NE(world_.newest().caption.find("<b>на мосту</b> {n} %s"), std::string::npos);
  EXPECT_EQ(generations(), 1);
  const auto reactions = world_.telegram.calls_of("setMessageReaction");
  ASSERT_EQ(reactions.size(), 2U);
  for (const auto& reaction : reactions) {
    EXPECT_EQ(reaction.parameters.at("message_id").get_int64(), prompt);
  }
}

TEST_F(Chat, AConfirmationPressedTwiceMakesOnePicture) {
  world_.write("закат над морем");
  const ChatMessage card = world_.newest();
  world_.press(card.id, card.data_of("Создать ·"));
  EXPECT_EQ(world_.press(card.id, card.data_of("Создать ·")), "Уже создаю это изображение");
  EXPECT_EQ(generations(), 1);
}

TEST_F(Chat, TheFormatOfAPromptIsChosenOnItsCard) {
  world_.write("закат над морем");
  world_.tap("Формат");
  EXPECT_NE(world_.newest().caption.find("закат над морем"), std::string::npos);
  EXPECT_EQ(world_.newest().caption.find("3:4"), std::string::npos);
}

TEST_F(Chat, Row16AnEmptyPromptIsAskedForAgain) {
  world_.write("\u200B \u200B");
  EXPECT_NE(world_.newest().caption.find("Напишите, что нарисовать"), std::string::npos);
}

TEST_F(Chat, Row17APromptTooLongIsRefusedWithItsLength) {
  std::string text;
  for (int i = 0; i < 1001; ++i) {
    text += "ж";
  }
  world_.write(text);
  EXPECT_NE(world_.newest().caption.find("1001 из 1000"), std::string::npos);
}

TEST_F(Chat, Row8BadCharactersAreRefusedWithASentence) {
  world_.write(std::string("a\u202Eb"));
  EXPECT_NE(world_.newest().caption.find("недопустимые символы"), std::string::npos);
}

TEST_F(Chat, APictureOrAVoiceFromAPersonIsAnsweredWithTheWayThatWorks) {
  world_.update(
      {{"message",
        json::Object{
            {"message_id", 5},
            {"date", 1},
            {"from",
             json::Object{{"id", BotWorld::kChat}, {"is_bot", false}, {"first_name", "A"}, {"language_code", "ru"}}},
            {"chat", json::Object{{"id", BotWorld::kChat}, {"type", "private"}}},
            {"voice", json::Object{}}}}});
  EXPECT_NE(world_.newest().caption.find("Пока понимаю только текст"), std::string::npos);
}

TEST_F(Chat, CancelEndsAnInputAndNeverAGeneration) {
  create_card();
  world_.tap("1");
  world_.write("/create");
  world_.tap("Свой промпт");
  world_.write("/cancel");
  EXPECT_EQ(world_.chat().pending, domain::PendingInput::none);
  world_.settle();
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE status = 'succeeded'"), 1);
}

TEST_F(Chat, AQueuedGenerationIsCancelledAndTheCoinsAreBack) {
  create_card();
  world_.tap("1");
  world_.world.step(world_.sending);
  EXPECT_EQ(world_.tap("Отменить"), "Отменяю");
  world_.settle();
  EXPECT_NE(world_.newest().caption.find("Создание отменено"), std::string::npos);
  EXPECT_EQ(coins(), 25);
  EXPECT_TRUE(world_.world.broken_invariants().empty());
}

TEST_F(Chat, AFailureTurnsTheStatusIntoTheReasonAndOneRetry) {
  const ChatMessage card = create_card();
  world_.world.provider.results.push_back(fail(Errc::provider_failed));
  for (int i = 0; i < 5; ++i) {
    world_.world.provider.results.push_back(fail(Errc::provider_failed));
  }
  world_.press(card.id, card.data_of("1"));
  world_.settle();
  const ChatMessage failed = world_.message(card.id);
  EXPECT_NE(failed.caption.find("вернулись"), std::string::npos) << failed.caption;
  EXPECT_EQ(coins(), 25);
  world_.world.provider.results.clear();
  EXPECT_EQ(world_.press(card.id, failed.data_of("Повторить")), "Принято");
  EXPECT_EQ(world_.press(card.id, failed.data_of("Повторить")), "Уже создаю это изображение");
  world_.settle();
  EXPECT_TRUE(world_.message(card.id).has("Скачать"));
  EXPECT_EQ(coins(), 20);
}

TEST_F(Chat, ARetryLeavesTheMenuCardThatWasOpenedMeanwhile) {
  const ChatMessage card = create_card();
  for (int i = 0; i < 6; ++i) {
    world_.world.provider.results.push_back(fail(Errc::provider_failed));
  }
  world_.press(card.id, card.data_of("1"));
  world_.settle();
  world_.world.provider.results.clear();
  world_.write("/settings");
  const std::int64_t menu = world_.newest().id;
  world_.press(card.id, world_.message(card.id).data_of("Повторить"));
  EXPECT_EQ(world_.chat().card_message_id, menu);
  world_.tap("Язык");
  EXPECT_NE(world_.message(menu).caption.find("Выберите язык"), std::string::npos);
}

TEST_F(Chat, WhoBlocksTheBotIsMarkedAndWhoWritesAgainIsNot) {
  world_.write("/start");
  world_.update({{"my_chat_member",
                  json::Object{{"chat", json::Object{{"id", BotWorld::kChat}, {"type", "private"}}},
                               {"from", json::Object{{"id", BotWorld::kChat}, {"is_bot", false}, {"first_name", "A"}}},
                               {"date", 1},
                               {"old_chat_member", json::Object{{"status", "member"}}},
                               {"new_chat_member", json::Object{{"status", "kicked"}}}}}});
  EXPECT_EQ(world_.count("SELECT is_blocked FROM users"), 1);
  world_.write("/start");
  EXPECT_EQ(world_.count("SELECT is_blocked FROM users"), 0);
}

}  // namespace
}  // namespace aisha::bot
