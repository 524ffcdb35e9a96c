// SPDX-License-Identifier: Apache-2.0
// Updates that are odd, repeated, refused or overtaken.
#include <gtest/gtest.h>

#include "telegram/update_head.hpp"
#include "tests/fakes/bot_world.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;

class Updates : public testing::Test {
 protected:
  /// Data of the create card's first number, for another style.
  std::string start_of(const std::string& style) {
    const std::string data = world_.newest().data_of("1");
    const auto end = data.find(':', 3);
    return "1g:" + style + data.substr(end);
  }
  std::int64_t create_card() {
    world_.write("/start");
    world_.tap("Создать изображение");
    return world_.newest().id;
  }
  /// A raw text as an update with a key of its own.
  void raw(std::string body) {
    const telegram::UpdateHead head = telegram::update_head(body);
    services::RawUpdate update;
    update.key = ++key_;
    update.lane = BotWorld::kChat;
    update.kind = telegram::text_of(head.kind);
    update.body = std::move(body);
    update.poison = !head.update_id || !head.is_text;
    world_.world.run(world_.world.inbox.store({std::move(update)}));
    for (services::ClaimedUpdate& claimed : world_.world.run(world_.world.inbox.claim(1))) {
      world_.world.run(world_.dispatcher.handle(std::move(claimed)));
    }
  }
  void change(sql::Text statement) {
    world_.world.run(world_.world.db->write({{sql::Statement(statement), 1}})).value();
  }
  std::int64_t generations() { return world_.count("SELECT count(*) FROM generation_requests"); }

  BotWorld world_;
  std::int64_t key_ = 10;
};

TEST_F(Updates, Row3ATextThatIsNoUpdateBecomesPoison) {
  for (const char* body : {"", "{", "\xEF\xBB\xBF{}", "[NaN]", "null", R"({"update_id":1,"message":7})",
                           R"({"update_id":1,"callback_query":{"id":5}})"}) {
    raw(body);
  }
  raw(std::string(10'000, '['));
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'poison'"), 8);
  EXPECT_TRUE(world_.telegram.calls.empty());
}

TEST_F(Updates, Row4AnUpdateIdThatIsNoneBecomesPoison) {
  for (const char* body : {R"({"message":{}})", R"({"update_id":"7"})", R"({"update_id":1e20})"}) {
    raw(body);
  }
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'poison'"), 3);
}

TEST_F(Updates, Row5UnknownKindsAndFieldsAreDoneWithoutAWord) {
  raw(R"({"update_id":1,"poll":{"id":"1"}})");
  raw(R"({"update_id":2,"edited_message":{"message_id":1,"date":1,"chat":{"id":1001,"type":"private"}},"brand_new":[1]})");
  raw(R"({"update_id":3,"brand_new":{"message_id":"of a kind that nobody reads"}})");
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'done'"), 3);
  EXPECT_TRUE(world_.telegram.calls.empty());
}

TEST_F(Updates, Row7ChannelsGroupsBotsAndSenderlessMessagesAreIgnored) {
  raw(R"({"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1001,"type":"private"},"text":"/start"}})");
  raw(R"({"update_id":2,"message":{"message_id":1,"date":1,"from":{"id":9,"is_bot":true,"first_name":"B"},"chat":{"id":9,"type":"private"},"text":"/start"}})");
  raw(R"({"update_id":3,"message":{"message_id":1,"date":1,"from":{"id":9,"is_bot":false,"first_name":"B"},"chat":{"id":-100,"type":"supergroup"},"text":"/start"}})");
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'done'"), 3);
  EXPECT_EQ(world_.count("SELECT count(*) FROM users"), 0);
}

TEST_F(Updates, Row20AStyleThatIsGoneGetsAToastAndNoCharge) {
  const std::int64_t card = create_card();
  EXPECT_EQ(world_.press(card, start_of("gone")), "Такого стиля больше нет");
  EXPECT_EQ(world_.press(card, "1s:gone:c"), "Такого стиля больше нет");
  EXPECT_EQ(world_.world.free_coins(), 25);
}

TEST_F(Updates, Row22WithoutAnAvatarTheChatSaysWhatIsNeeded) {
  create_card();
  change("DELETE FROM avatars");
  world_.write("/create");
  EXPECT_NE(world_.newest().caption.find("Сначала нужен аватар"), std::string::npos);
  world_.press(world_.newest().id, "1p");
  world_.write("закат над морем");
  EXPECT_NE(world_.newest().caption.find("Сначала нужен аватар"), std::string::npos);
}

TEST_F(Updates, Row22AnAvatarInTrainingIsWaitedForByName) {
  const std::int64_t card = create_card();
  change("UPDATE avatars SET status = 'TRAINING'");
  world_.press(card, start_of("business"));
  EXPECT_NE(world_.newest().caption.find("Аватар «Aisha» ещё обучается"), std::string::npos);
  EXPECT_EQ(generations(), 0);
}

TEST_F(Updates, Row22AnAvatarOfWhichNothingIsLeftIsToldBeforeAStyleIsChosen) {
  create_card();
  change("UPDATE avatars SET finetune_id = NULL, diffusers_lora_file_url = NULL");
  world_.write("/create");
  EXPECT_NE(world_.newest().caption.find("Аватар «Aisha» не готов к работе"), std::string::npos);
}

TEST_F(Updates, Row23AnAvatarWithoutItsTriggerCostsNothing) {
  const std::int64_t card = create_card();
  change("UPDATE avatars SET trigger_word = '', trigger_phrase = NULL");
  world_.press(card, start_of("business"));
  EXPECT_NE(world_.message(card).caption.find("Монеты не списаны"), std::string::npos);
  EXPECT_EQ(generations(), 0);
}

TEST_F(Updates, Row25TooManyRequestsAreToldWithSeconds) {
  world_.world.policy.rate_requests = 1;
  create_card();
  world_.tap("1");
  const std::int64_t card = create_card();
  const std::string toast = world_.press(card, start_of("business"));
  EXPECT_EQ(toast.find("Слишком часто. Следующее — через "), 0U) << toast;
}

TEST_F(Updates, Row25SomebodyFasterThanAnyPersonIsTurnedAwayWithSeconds) {
  create_card();
  world_.world.policy.rate_updates = 3;
  EXPECT_EQ(world_.tap("Меню"), "");
  EXPECT_EQ(world_.tap("Создать изображение"), "Слишком быстро. Подождите 60 секунд.");
  EXPECT_EQ(world_.telegram.calls_of("sendMessage").size(), 0U);
  world_.write("привет");
  world_.write("привет ещё раз");
  EXPECT_EQ(world_.telegram.calls_of("sendMessage").size(), 1U) << "one word for all of them";
  EXPECT_EQ(world_.newest().caption, "Слишком быстро. Подождите 60 секунд.");
  world_.world.clock.advance(Millis(60'000));
  world_.write("/start");
  EXPECT_TRUE(world_.newest().has("Создать изображение"));
}

TEST_F(Updates, Row46AClosedProviderIsSaidBeforeAnythingIsTaken) {
  const std::int64_t card = create_card();
  world_.world.run(world_.world.provider_state.refused(Errc::provider_balance));
  world_.press(card, start_of("business"));
  EXPECT_NE(world_.message(card).caption.find("временно недоступен"), std::string::npos);
  EXPECT_NE(world_.message(card).caption.find("Монеты не списаны"), std::string::npos);
}

TEST_F(Updates, AnUnknownCommandIsNamedAboveTheHelp) {
  world_.write("/start");
  world_.write("/nonsense@aisha_bot now");
  EXPECT_NE(world_.newest().caption.find("Такой команды нет"), std::string::npos);
  EXPECT_NE(world_.newest().caption.find("Как это работает"), std::string::npos);
}

TEST_F(Updates, AConflictReadsAgainAndSendsNoSecondCard) {
  world_.write("/start");
  world_.telegram.meanwhile("sendPhoto", [&] { change("UPDATE chats SET version = version + 1"); });
  world_.write("/help");
  EXPECT_EQ(world_.telegram.calls_of("sendPhoto").size(), 2U) << "one for /start, one for /help";
  EXPECT_EQ(world_.chat().card_message_id, world_.newest().id);
}

TEST_F(Updates, k05_ACardWhoseCommitFailsIsChangedByTheNextTryNotSentAgain) {
  world_.world.asked.full = "UPDATE inbox SET state = 'done'";
  world_.write("/start");
  for (int i = 0; i < 5; ++i) {
    world_.world.clock.advance(Millis(30'000));
    world_.take_updates();
  }
  EXPECT_EQ(world_.telegram.calls_of("sendPhoto").size(), 1U);
  world_.world.asked.full = {};
  world_.world.clock.advance(Millis(30'000));
  world_.take_updates();
  EXPECT_EQ(world_.telegram.calls_of("sendPhoto").size(), 1U);
  EXPECT_EQ(world_.chat().card_message_id, world_.newest().id);
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'done'"), 1);
  // The next one is a card of its own.
  world_.write("/start");
  EXPECT_EQ(world_.telegram.calls_of("sendPhoto").size(), 2U);
}

TEST_F(Updates, APressOvertakenByAnotherWriterIsDecidedAgain) {
  create_card();
  world_.telegram.meanwhile("editMessageMedia", [&] { change("UPDATE chats SET version = version + 1"); });
  world_.tap("Портреты");
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'new'"), 0);
  EXPECT_NE(world_.newest().caption.find("Портреты"), std::string::npos);
}

}  // namespace
}  // namespace aisha::bot
