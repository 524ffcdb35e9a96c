// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "tests/unit/sandbox/telegram_town.hpp"

namespace aisha::sandbox::telegram {
namespace {

constexpr const char* kChosen =
    R"({"inline_keyboard":[[{"text":"A","switch_inline_query_chosen_chat":{"query":"i"}}]]})";

class TelegramInline : public Town {
 protected:
  TelegramInline() {
    for (const auto& [id, user] : world.state().users) {
      emma = user.language_code == "en" ? id : emma;
    }
    const ApiAnswer photo = to_anna("sendPhoto", {}, {picture("photo")});
    file = photo.result().at("photo").at(0).at("file_id").as_string();
    drain();
  }

  std::string type(const std::string& query, const std::string& offset = {}) {
    const SimOutcome typed = act("inline", {{"query", query}, {"offset", offset}});
    EXPECT_TRUE(typed) << (typed ? "" : typed.error().sentence);
    return std::string(typed->at("inline_query_id").as_string());
  }
  std::string photo(const std::string& id, const std::string& more = {}) const {
    return fmt::format(R"({{"type":"photo","id":"{}","photo_file_id":"{}"{}}})", id, file, more);
  }
  ApiAnswer answer(const std::string& query, const std::string& results, const std::string& next = {}) {
    return call("answerInlineQuery",
                {{"inline_query_id", query}, {"results", "[" + results + "]"}, {"next_offset", next}});
  }
  SimOutcome pick(const std::string& query, const std::string& result) {
    return act("pick", {{"inline_query_id", query}, {"pick", result}, {"to", emma}});
  }
  json::Array received() { return received_json(world.state(), emma).at("messages").as_array(); }

  std::int64_t emma = 0;
  std::string file;
};

TEST_F(TelegramInline, AQueryReachesTheBotInAQueueOfItsOwnAndForHalfAMinute) {
  type("noir", "20");
  const json::Array updates = world.poll(bot, 0);
  ASSERT_EQ(updates.size(), 1U);
  const json::Value& asked = updates[0].at("inline_query");
  EXPECT_EQ(asked.at("query"), "noir");
  EXPECT_EQ(asked.at("offset"), "20");
  EXPECT_EQ(asked.at("from").at("id"), anna);
  now += 30'001;
  EXPECT_TRUE(world.poll(bot, 0).empty());
}

TEST_F(TelegramInline, AResultThatIsPickedReachesTheOtherPersonViaTheBot) {
  const std::string query = type("");
  const std::string button =
      R"(,"caption":"✨ *Noir*","reply_markup":{"inline_keyboard":[[{"text":"A","url":"https://t.me/b?start=i-x"}]]})";
  ASSERT_TRUE(answer(query, photo("1", button)).ok());
  ASSERT_TRUE(pick(query, "1"));
  ASSERT_EQ(received().size(), 1U);
  const json::Value got = received()[0];
  EXPECT_EQ(got.at("from").at("id"), anna);
  EXPECT_EQ(got.at("via_bot").at("id"), bot);
  EXPECT_EQ(got.at("caption"), "✨ *Noir*");
  EXPECT_EQ(got.at("photo").as_array().size(), 5U);
  EXPECT_EQ(got.at("reply_markup").at("inline_keyboard").at(0).at(0).at("url"), "https://t.me/b?start=i-x");
  EXPECT_EQ(pick(query, "2").error().code, "inline.gone");
}

TEST_F(TelegramInline, AnAnswerIsTakenOnceAndInTime) {
  const std::string late = "400 Bad Request: query is too old and response timeout expired or query ID is invalid";
  const std::string first = type("");
  ASSERT_TRUE(answer(first, "").ok());
  EXPECT_EQ(refusal(answer(first, "")), late);
  const std::string second = type("");
  now += 30'001;
  EXPECT_EQ(refusal(answer(second, "")), late);
  EXPECT_EQ(refusal(answer("5", "")), late);
}

TEST_F(TelegramInline, AnswersAreRefusedInTelegramsWords) {
  const std::string query = type("");
  std::string many = photo("0");
  for (int i = 1; i <= 50; ++i) {
    many += "," + photo(std::to_string(i));
  }
  EXPECT_EQ(refusal(answer(query, many)), "400 Bad Request: RESULTS_TOO_MUCH");
  EXPECT_EQ(refusal(answer(query, photo("1") + "," + photo("1"))), "400 Bad Request: RESULT_ID_DUPLICATE");
  EXPECT_EQ(refusal(answer(query, photo(""))), "400 Bad Request: RESULT_ID_INVALID");
  EXPECT_EQ(refusal(answer(query, photo(std::string(65, 'x')))), "400 Bad Request: RESULT_ID_INVALID");
  EXPECT_EQ(refusal(answer(query, photo("1"), std::string(65, 'x'))), "400 Bad Request: NEXT_OFFSET_INVALID");
  file = "AgACAgIAnobodyhasthis";
  EXPECT_TRUE(refusal(answer(query, photo("1"))).starts_with("400 Bad Request: wrong remote file identifier"));
  EXPECT_EQ(refusal(call("answerInlineQuery", {{"inline_query_id", query},
                                               {"results", "[]"},
                                               {"button", R"({"text":"A","start_parameter":"a b"})"}})),
            "400 Bad Request: SWITCH_PM_PARAM_INVALID");
  EXPECT_TRUE(answer(query, "").ok()) << "none of them has answered it";
}

TEST_F(TelegramInline, WithoutInlineModeNothingSwitchesToIt) {
  EXPECT_TRUE(call("getMe", {}).result().at("supports_inline_queries").as_bool());
  EXPECT_TRUE(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", kChosen}}).ok());
  ASSERT_TRUE(world.act("change_bot", {{"chat", bot}, {"inline", false}}));
  EXPECT_FALSE(call("getMe", {}).result().at("supports_inline_queries").as_bool());
  EXPECT_EQ(refusal(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", kChosen}})),
            "400 Bad Request: BUTTON_TYPE_INVALID");
  EXPECT_EQ(act("inline", {{"query", ""}}).error().code, "inline.off");
}

TEST_F(TelegramInline, TwoHundredAndFiftySixCharactersAreTheMost) {
  type(std::string(256, 'x'));
  EXPECT_EQ(act("inline", {{"query", std::string(257, 'x')}}).error().code, "inline.too_long");
}

}  // namespace
}  // namespace aisha::sandbox::telegram
