// SPDX-License-Identifier: Apache-2.0
// Not everything that arrives in a chat is speech, and not all speech is an order.
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

constexpr std::string_view kOffer = "Сделать картинку по этому тексту?";

class Spoken : public testing::Chat {
 protected:
  /// A message with these members beside the usual ones, so many seconds after the first.
  void receive(json::Object members, std::int64_t second = 0) {
    json::Object message{
        {"message_id", world_.telegram.next_message_id()},
        {"date", 1'764'400'000 + second},
        {"from",
         json::Object{{"id", BotWorld::kChat}, {"is_bot", false}, {"first_name", "Анна"}, {"language_code", "ru"}}},
        {"chat", json::Object{{"id", BotWorld::kChat}, {"type", "private"}}}};
    for (auto& [name, value] : members) {
      message[name] = value;
    }
    world_.update({{"message", std::move(message)}});
  }
  /// Everything that was sent so far; a menu that another replaces is taken away.
  std::size_t answers() { return world_.telegram.sends(); }
  static std::string words(int letters) {
    std::string out;
    for (int i = 0; i < letters; ++i) {
      out += "ж";
    }
    return out;
  }
};

TEST_F(Spoken, k10a_AnAlbumOfTenGetsOneAnswer) {
  create_card();
  for (int i = 0; i < 10; ++i) {
    receive({{"media_group_id", "777"}, {"photo", json::Array{}}});
  }
  EXPECT_EQ(answers(), 2U) << "the create card and one answer";
  receive({{"media_group_id", "778"}, {"video", json::Object{}}});
  EXPECT_EQ(answers(), 3U) << "another album, another answer";
}

TEST_F(Spoken, k10b_WhatTelegramNotesInAChatGetsNoAnswerAndCostsTheCardNothing) {
  const std::int64_t card = create_card().id;
  const std::size_t before = world_.telegram.calls.size();
  for (const char* note : {"pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "boost_added",
                           "forum_topic_created", "write_access_allowed", "users_shared", "gift", "new_chat_title",
                           "checklist_tasks_done", "proximity_alert_triggered", "something_of_next_year"}) {
    receive({{note, json::Object{}}});
  }
  EXPECT_EQ(world_.telegram.calls.size(), before);
  EXPECT_EQ(world_.chat().card_message_id, card);
  EXPECT_EQ(world_.tap("Меню"), "");
  EXPECT_EQ(world_.newest().id, card) << "the card is changed in its place";
}

TEST_F(Spoken, k10b_WhatAPersonShowsIsAnsweredWithTheWayThatWorks) {
  create_card();
  for (const char* shown : {"photo", "sticker", "voice", "video_note", "location", "dice", "contact", "poll"}) {
    const std::size_t before = answers();
    const json::Value what = std::string_view(shown) == "photo" ? json::Value(json::Array{}) : json::Object{};
    receive({{shown, what}});
    EXPECT_EQ(answers(), before + 1) << shown;
    EXPECT_NE(world_.newest().caption.find("Понимаю текст и фото"), std::string::npos) << shown;
  }
}

TEST_F(Spoken, k10c_APasteThatTelegramCutGetsOneAnswerAndItsTailIsNoPrompt) {
  create_card();
  world_.press(world_.newest().id, "1p");
  const std::size_t before = answers();
  receive({{"text", words(4096)}}, 10);
  receive({{"text", words(4096)}}, 11);
  receive({{"text", "и хвост, который никто не заказывал"}}, 12);
  EXPECT_EQ(answers(), before + 1);
  EXPECT_NE(world_.newest().caption.find("4096 из 1000"), std::string::npos);
  EXPECT_EQ(world_.chat().draft, "");
  receive({{"text", "кот в шляпе"}}, 60);
  EXPECT_NE(world_.newest().caption.find("кот в шляпе"), std::string::npos) << "a minute later it is a prompt";
}

TEST_F(Spoken, k10c_TextsForwardedTogetherGetOneAnswer) {
  create_card();
  const std::size_t before = answers();
  for (int i = 0; i < 5; ++i) {
    receive({{"text", "чужие слова"}, {"forward_origin", json::Object{{"type", "user"}}}}, i / 3);
  }
  EXPECT_EQ(answers(), before + 1);
}

TEST_F(Spoken, k11f_AnswersGoToTheTopicInWhichThePersonWrote) {
  const auto topic_of = [this](const char* method) {
    return world_.telegram.calls_of(method).back().parameters.at("message_thread_id").to_number<std::int64_t>();
  };
  receive({{"text", "/start"}, {"message_thread_id", 77}});
  EXPECT_EQ(topic_of("sendPhoto"), 77);
  receive({{"text", "/create"}, {"message_thread_id", 78}});
  EXPECT_EQ(topic_of("sendPhoto"), 78);
  // A press comes with its message, which stands in the topic.
  const json::Object pressed{{"message_id", world_.newest().id},
                             {"date", 1},
                             {"message_thread_id", 78},
                             {"chat", json::Object{{"id", BotWorld::kChat}, {"type", "private"}}}};
  world_.update(
      {{"callback_query",
        json::Object{{"id", "9"},
                     {"from", json::Object{{"id", BotWorld::kChat}, {"is_bot", false}, {"first_name", "Анна"}}},
                     {"message", pressed},
                     {"data", world_.newest().data_of("1")}}}});
  world_.world.clock.advance(Millis(30'000));
  world_.settle();
  EXPECT_EQ(topic_of("sendMessage"), 78) << "the notice of a late picture";
  EXPECT_EQ(topic_of("sendChatAction"), 78);
  world_.telegram.refuse("sendPhoto", 400, "Bad Request: message thread not found");
  receive({{"text", "/start"}, {"message_thread_id", 79}});
  EXPECT_FALSE(world_.telegram.calls_of("sendPhoto").back().parameters.contains("message_thread_id"))
      << "a topic that is gone is left out";
  receive({{"text", "/start"}});
  EXPECT_FALSE(world_.telegram.calls_of("sendPhoto").back().parameters.contains("message_thread_id"));
}

TEST_F(Spoken, k10d_TheWordsOfAPersonReachTheModelAsTheyWereTyped) {
  describe("Bora Bora, Bora Bora at dawn");
  EXPECT_NE(world_.newest().caption.find("Bora Bora, Bora Bora at dawn"), std::string::npos);
  world_.tap("Создать ·");
  EXPECT_EQ(world_.count("SELECT count(*) FROM jobs WHERE input LIKE '%Bora Bora, Bora Bora at dawn%'"), 1);
}

TEST_F(Spoken, k10e_OutsideOfTheToldTimeATextGetsTheMenuWithAQuestion) {
  create_card();
  world_.press(world_.newest().id, "1p");
  world_.world.clock.advance(Millis(15 * 60'000 + 1));
  world_.write("привет, как дела?");
  EXPECT_NE(world_.newest().caption.find("Главное меню"), std::string::npos);
  EXPECT_NE(world_.newest().caption.find("привет, как дела?"), std::string::npos);
  EXPECT_EQ(generations(), 0);
  world_.tap(std::string(kOffer));
  EXPECT_NE(world_.newest().caption.find("Создать по описанию?"), std::string::npos);
  world_.tap("Создать · 5 монет");
  EXPECT_EQ(generations(), 1);
}

TEST_F(Spoken, k10e_WithinTheToldTimeEachTextIsThePrompt) {
  describe("кот в шляпе");
  world_.world.clock.advance(Millis(14 * 60'000));
  world_.write("кот в двух шляпах");
  EXPECT_NE(world_.newest().caption.find("Создать по описанию?"), std::string::npos);
  EXPECT_NE(world_.newest().caption.find("кот в двух шляпах"), std::string::npos);
}

TEST_F(Spoken, k10e_TheQuestionIsAboutItsOwnText) {
  create_card();
  world_.write("первый текст");
  const ChatMessage first = world_.newest();
  world_.write("второй текст");
  EXPECT_EQ(world_.press(first.id, first.data_of(kOffer)), "Меню обновилось — открыл свежее");
}

TEST_F(Spoken, k10f_FewerThanThreeLettersAreAskedForAgain) {
  describe("ок");
  EXPECT_NE(world_.newest().caption.find("Напишите, что нарисовать"), std::string::npos);
  world_.write("кот");
  EXPECT_NE(world_.newest().caption.find("Создать по описанию?"), std::string::npos);
  world_.write("/start");
  world_.write("ок");
  EXPECT_FALSE(world_.newest().has(kOffer)) << "nor is a picture offered for it";
}

}  // namespace
}  // namespace aisha::bot
