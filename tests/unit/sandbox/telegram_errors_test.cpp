// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/limits.hpp"
#include "tests/unit/sandbox/telegram_town.hpp"

namespace aisha::sandbox::telegram {
namespace {

using TelegramErrors = Town;

std::string worded(int code, std::string text) {
  return std::string(error_answer(Refusal{code, std::move(text), 0}).description());
}

TEST(TelegramErrorText, LowersTheFirstLetterUnlessTheSecondIsACapitalOrUnderscore) {
  EXPECT_EQ(worded(400, "Message text is empty"), "Bad Request: message text is empty");
  EXPECT_EQ(worded(400, "BUTTON_DATA_INVALID"), "Bad Request: BUTTON_DATA_INVALID");
  EXPECT_EQ(worded(400, "A_B"), "Bad Request: A_B");
}

TEST(TelegramErrorText, PrefixesByCodeAndTurnsACapital403Into400) {
  EXPECT_EQ(worded(401, ""), "Unauthorized");
  EXPECT_EQ(worded(403, "Bot was blocked by the user"), "Forbidden: bot was blocked by the user");
  EXPECT_EQ(worded(403, "CHAT_WRITE_FORBIDDEN"), "Bad Request: CHAT_WRITE_FORBIDDEN");
  EXPECT_EQ(error_answer(Refusal{403, "CHAT_WRITE_FORBIDDEN", 0}).status, 400);
  EXPECT_EQ(worded(404, "Method not found"), "Not Found: method not found");
  EXPECT_EQ(worded(500, ""), "Internal Server Error");
}

TEST(TelegramErrorText, PutsTheWaitIntoTextParametersAndHeader) {
  const ApiAnswer answer = error_answer(Refusal{429, "", 7});
  EXPECT_EQ(answer.description(), "Too Many Requests: retry after 7");
  EXPECT_EQ(answer.body.at("parameters").at("retry_after").as_int64(), 7);
  EXPECT_EQ(answer.retry_after, 7);
}

TEST_F(TelegramErrors, JudgesTheTokenFirst) {
  EXPECT_EQ(refusal(world.call("nonsense", "getMe", {})), "401 Unauthorized: invalid token specified");
  EXPECT_EQ(refusal(world.call("12:abc", "getMe", {})), "401 Unauthorized");
  EXPECT_EQ(refusal(call("getNothing", {})), "404 Not Found: method not found");
  EXPECT_TRUE(call("GETME", {}).ok());
}

TEST_F(TelegramErrors, NamesWhatIsWrongWithTheChat) {
  EXPECT_EQ(refusal(call("sendMessage", {{"text", "a"}})), "400 Bad Request: chat_id is empty");
  EXPECT_EQ(refusal(call("sendMessage", {{"chat_id", "5"}, {"text", "a"}})), "400 Bad Request: chat not found");
  EXPECT_EQ(refusal(call("sendMessage", {{"chat_id", "@x"}, {"text", "a"}})), "400 Bad Request: chat not found");
  EXPECT_EQ(refusal(call("sendMessage", {{"chat_id", std::to_string(bot)}, {"text", "a"}})),
            "403 Forbidden: the bot can't send messages to the bot");
}

TEST_F(TelegramErrors, KeepsStrangersAndBlockersFromHearing) {
  const auto stranger = world.act("user", {{"first_name", "New"}, {"id", 4242}});
  ASSERT_TRUE(stranger);
  EXPECT_EQ(refusal(call("sendMessage", {{"chat_id", "4242"}, {"text", "a"}})),
            "403 Forbidden: bot can't initiate conversation with a user");
  act("block", {});
  EXPECT_EQ(refusal(to_anna("sendMessage", {{"text", "a"}})), "403 Forbidden: bot was blocked by the user");
  act("unblock", {});
  EXPECT_TRUE(to_anna("sendMessage", {{"text", "a"}}).ok());
}

TEST_F(TelegramErrors, MeasuresTextsAfterParsingInCodePoints) {
  EXPECT_EQ(refusal(to_anna("sendMessage", {})), "400 Bad Request: message text is empty");
  EXPECT_EQ(refusal(to_anna("sendMessage", {{"text", "  \n "}})), "400 Bad Request: text must be non-empty");
  std::string longest;
  for (int i = 0; i < 4096; ++i) {
    longest += "ж";
  }
  EXPECT_TRUE(to_anna("sendMessage", {{"text", longest}}).ok());
  EXPECT_TRUE(to_anna("sendMessage", {{"text", "<b>" + longest + "</b>"}, {"parse_mode", "HTML"}}).ok());
  EXPECT_EQ(refusal(to_anna("sendMessage", {{"text", longest + "ж"}})), "400 Bad Request: message is too long");
  EXPECT_EQ(refusal(to_anna("sendMessage", {{"text", std::string(32'769, 'a')}})), "400 Bad Request: text is too long");
  EXPECT_EQ(refusal(to_anna("sendMessage", {{"text", "\xff"}})), "400 Bad Request: strings must be encoded in UTF-8");
  EXPECT_EQ(refusal(to_anna("sendMessage", {{"text", "a"}, {"parse_mode", "x"}})),
            "400 Bad Request: unsupported parse_mode");
  const ApiAnswer caption = to_anna("sendPhoto", {{"caption", std::string(1025, 'a')}}, {picture("photo")});
  EXPECT_EQ(refusal(caption), "400 Bad Request: message caption is too long");
}

TEST_F(TelegramErrors, ChecksEveryButton) {
  const auto with = [this](const std::string& markup) {
    return refusal(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", markup}}));
  };
  const auto button = [&with](const std::string& fields) {
    return with(R"({"inline_keyboard":[[{)" + fields + "}]]}");
  };
  EXPECT_EQ(with("5"), "400 Bad Request: object expected as reply markup");
  EXPECT_EQ(with("{"), "400 Bad Request: can't parse reply keyboard markup JSON object");
  EXPECT_EQ(with(R"({"inline_keyboard":[{"text":"a"}]})"),
            "400 Bad Request: field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays");
  EXPECT_EQ(button(R"("text":"a")"),
            "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  EXPECT_EQ(button(R"("callback_data":"a")"),
            "400 Bad Request: can't parse inline keyboard button: Can't find field \"text\"");
  EXPECT_EQ(button(R"("text":5,"callback_data":"a")"),
            "400 Bad Request: can't parse inline keyboard button: Field \"text\" must be of type String");
  EXPECT_EQ(button(R"("text":"a","callback_data":")" + std::string(64, 'x') + "\""), "200 ");
  EXPECT_EQ(button(R"("text":"a","callback_data":")" + std::string(65, 'x') + "\""),
            "400 Bad Request: BUTTON_DATA_INVALID");
  EXPECT_EQ(button(R"("text":"a","callback_data":"a","style":"pink")"),
            "400 Bad Request: invalid button style specified");
  EXPECT_EQ(button(R"("text":"a","url":"no host")"),
            "400 Bad Request: inline keyboard button URL 'no host' is invalid: Wrong HTTP URL");
  EXPECT_EQ(
      button(R"("text":"a","web_app":{"url":"http://a.b"})"),
      "400 Bad Request: inline keyboard button Web App URL 'http://a.b' is invalid: Only HTTPS links are allowed");
  EXPECT_EQ(button(R"("text":"a","copy_text":{"text":""})"), "400 Bad Request: BUTTON_COPY_TEXT_INVALID");
}

TEST_F(TelegramErrors, DropsEmptyButtonsAndRefusesMoreThanAHundred) {
  const ApiAnswer sent = to_anna(
      "sendMessage", {{"text", "a"}, {"reply_markup", R"({"inline_keyboard":[[{"text":"","callback_data":"a"}]]})"}});
  ASSERT_TRUE(sent.ok());
  EXPECT_FALSE(sent.result().as_object().contains("reply_markup"));
  std::string rows;
  for (int i = 0; i < 101; ++i) {
    rows += std::string(rows.empty() ? "" : ",") + R"([{"text":"a","callback_data":"a"}])";
  }
  EXPECT_EQ(refusal(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", R"({"inline_keyboard":[)" + rows + "]}"}})),
            "400 Bad Request: reply markup is too long");
}

TEST(TelegramLimits, AreNamedOnce) {
  for (std::size_t i = 0; i < kLimits.size(); ++i) {
    for (std::size_t k = i + 1; k < kLimits.size(); ++k) {
      EXPECT_NE(kLimits[i].name, kLimits[k].name);
    }
  }
  EXPECT_EQ(limit("callback_data"), 64);
}

}  // namespace
}  // namespace aisha::sandbox::telegram
