// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/sandbox/telegram_town.hpp"

namespace aisha::sandbox::telegram {
namespace {

using TelegramPeople = Town;

const char* const kTooLate = "400 Bad Request: query is too old and response timeout expired or query ID is invalid";

TEST_F(TelegramPeople, PressAButtonAndGetOneAnswer) {
  const std::string id = id_of(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", kOneButton}}));
  const std::string query = press(id);
  const json::Array updates = world.poll(bot, 0);
  EXPECT_EQ(updates[0].at("callback_query").at("data").as_string(), "a");
  EXPECT_EQ(updates[0].at("callback_query").at("id").as_string(), query);
  now += 40;
  EXPECT_TRUE(call("answerCallbackQuery", {{"callback_query_id", query}, {"text", "ok"}, {"show_alert", "true"}}).ok());
  const json::Object result = press_result(world.state().callbacks.at(query));
  EXPECT_EQ(result.at("toast").as_string(), "ok");
  EXPECT_TRUE(result.at("alert").as_bool());
  EXPECT_EQ(result.at("ms").as_int64(), 40);
  EXPECT_EQ(refusal(call("answerCallbackQuery", {{"callback_query_id", query}})), kTooLate);
}

TEST_F(TelegramPeople, StopWaitingForALateAnswer) {
  const std::string id = id_of(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", kOneButton}}));
  const std::string in_time = press(id);
  const std::string late = press(id);
  now += 15'000;
  EXPECT_EQ(refusal(call("answerCallbackQuery", {{"callback_query_id", in_time}, {"text", std::string(201, 'a')}})),
            "400 Bad Request: MESSAGE_TOO_LONG");
  EXPECT_TRUE(call("answerCallbackQuery", {{"callback_query_id", in_time}}).ok());
  now += 135'000;
  EXPECT_EQ(refusal(call("answerCallbackQuery", {{"callback_query_id", late}})), kTooLate);
  EXPECT_EQ(refusal(call("answerCallbackQuery", {{"callback_query_id", "5"}})), kTooLate);
}

TEST_F(TelegramPeople, FindButtonsByTextPartDataOrPlace) {
  const std::string markup =
      R"({"inline_keyboard":[[{"text":"1","callback_data":"x"}],[{"text":"11","callback_data":"y"},)"
      R"({"text":"Site","url":"https://a.b"}]]})";
  const std::string id = id_of(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", markup}}));
  const auto data = [this, &id](json::Object body) {
    drain();
    body["message_id"] = id;
    if (!act("press", std::move(body))) {
      return std::string("none");
    }
    const json::Array updates = world.poll(bot, 0);
    return updates.empty() ? std::string("nothing sent")
                           : std::string(updates[0].at("callback_query").at("data").as_string());
  };
  EXPECT_EQ(data({{"button", "1"}}), "x") << "a whole text beats a part";
  EXPECT_EQ(data({{"button", "11"}}), "y");
  EXPECT_EQ(data({{"data", "y"}}), "y");
  EXPECT_EQ(data({{"row", 1}, {"column", 0}}), "y");
  EXPECT_EQ(data({{"row", 1}, {"column", 2}}), "none");
  EXPECT_EQ(data({{"button", "absent"}}), "none");
  EXPECT_EQ(data({{"button", "Si"}}), "nothing sent") << "a link opens on the person's side";
}

TEST_F(TelegramPeople, BlockingIsAnUpdateAndEndsTheConversation) {
  act("block", {});
  const json::Array updates = world.poll(bot, 0);
  ASSERT_EQ(updates.size(), 1U);
  EXPECT_EQ(updates[0].at("my_chat_member").at("new_chat_member").at("status").as_string(), "kicked");
  EXPECT_EQ(act("send", {{"text", "a"}}).error().status, 409);
  act("block", {});
  EXPECT_EQ(world.poll(bot, 0).size(), 1U) << "blocking twice says nothing new";
}

TEST_F(TelegramPeople, StartCarriesItsPayload) {
  const auto sent = act("send", {{"start", "promo_1"}});
  EXPECT_EQ(sent->at("text").as_string(), "/start promo_1");
  EXPECT_EQ(sent->at("entities").at(0).at("type").as_string(), "bot_command");
  EXPECT_EQ(act("send", {{"start", std::string(65, 'a')}}).error().status, 400);
}

TEST_F(TelegramPeople, SeeAChatActionForFiveSeconds) {
  EXPECT_EQ(refusal(to_anna("sendChatAction", {{"action", "dance"}})),
            "400 Bad Request: wrong parameter action in request");
  EXPECT_TRUE(to_anna("sendChatAction", {{"action", "upload_photo"}}).ok());
  now += 4'999;
  EXPECT_EQ(world.conversation(bot, anna)->at("action").as_string(), "upload_photo");
  now += 1;
  EXPECT_TRUE(world.conversation(bot, anna)->at("action").is_null());
}

TEST_F(TelegramPeople, ReadATranscript) {
  to_anna("sendPhoto", {{"caption", "Hello\nthere"}, {"reply_markup", kOneButton}}, {picture("photo")});
  to_anna("sendMessage", {{"text", "done"}, {"reply_parameters", R"({"message_id":2})"}});
  EXPECT_EQ(world.transcript(bot, anna), "user #1 /start\nbot  #2 [photo] Hello ⏎ there | [A]\nbot  #3 (to #2) done\n");
}

TEST_F(TelegramPeople, HaveNoPlaceForNewUsersWithATakenId) {
  EXPECT_EQ(world.act("user", {{"first_name", "X"}, {"id", anna}}).error().status, 409);
  EXPECT_EQ(world.act("user", {{"id", 5}}).error().status, 400);
  EXPECT_EQ(act("dance", {}).error().status, 404);
}

TEST_F(TelegramPeople, SeeTheBotInTheirLanguage) {
  call("setMyName", {{"name", "Aisha"}});
  call("setMyName", {{"name", "Аиша"}, {"language_code", "ru"}});
  call("setMyCommands", {{"commands", R"([{"command":"start","description":"Begin"}])"}});
  call("setMyCommands", {{"commands", R"([{"command":"start","description":"Начать"}])"}, {"language_code", "ru"}});
  const auto first = [this](std::string_view language) { return world.bots(language).at("bots").at(0).as_object(); };
  EXPECT_EQ(first("ru").at("first_name").as_string(), "Аиша");
  EXPECT_EQ(first("en").at("first_name").as_string(), "Aisha");
  EXPECT_EQ(first("ru").at("commands").at(0).at("description").as_string(), "Начать");
  EXPECT_EQ(first("de").at("commands").at(0).at("description").as_string(), "Begin");
}

TEST_F(TelegramPeople, KeepProfileLimits) {
  EXPECT_EQ(refusal(call("setMyCommands", {{"commands", R"([{"command":"Start","description":"x"}])"}})),
            "400 Bad Request: BOT_COMMAND_INVALID");
  EXPECT_EQ(refusal(call("setMyName", {{"name", std::string(65, 'a')}})), "400 Bad Request: bot name is too long");
  EXPECT_EQ(refusal(call("setChatMenuButton", {{"menu_button", R"({"type":"x"})"}})),
            "400 Bad Request: can't parse menu button: MenuButton has unsupported type");
  EXPECT_TRUE(call("setChatMenuButton", {{"menu_button", R"({"type":"commands"})"}}).ok());
  EXPECT_EQ(call("getChatMenuButton", {}).result().at("type").as_string(), "commands");
}

}  // namespace
}  // namespace aisha::sandbox::telegram
