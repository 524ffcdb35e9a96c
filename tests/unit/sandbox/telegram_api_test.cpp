// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram_api.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <memory>
#include <optional>

#include "sandbox/sim_routes.hpp"
#include "sandbox/webhooks.hpp"
#include "tests/fakes/loop.hpp"
#include "tests/fakes/scripted_http.hpp"

namespace aisha::sandbox {
namespace {

/// Time that passes only when somebody sleeps.
class JumpingClock final : public Clock {
 public:
  TimePoint now() const override { return from_epoch_ms(ms); }
  Task<void> sleep(Millis delay) override {
    ms += delay.count();
    slept.push_back(delay.count());
    co_return;
  }
  std::int64_t ms = 1'790'000'000'000;
  std::vector<std::int64_t> slept;
};

class TelegramApiTest : public ::testing::Test {
 protected:
  TelegramApiTest()
      : clock_(base_),
        files_({}),
        world_(telegram::WorldOptions{}, [this] { return epoch_ms(clock_.now()); }),
        hub_(loop_.executor(), world_, clock_, faults_, files_),
        api_(hub_) {
    anna_ = world_.state().users.begin()->first;
    add_people_routes(router_, hub_);
    add_world_routes(router_, hub_, [] {}, [] {});
    add_telegram_routes(router_, api_);
  }

  http::ServerRequest request(std::string method, std::string path, std::string body = {}) {
    http::ServerRequest out;
    out.method = std::move(method);
    out.path = std::move(path);
    out.body = std::move(body);
    out.headers.push_back({"Content-Type", "application/json"});
    return out;
  }

  http::ServerResponse ask(std::string method, std::string path, std::string body = {}) {
    return loop_.run(router_.route(request(std::move(method), std::move(path), std::move(body))));
  }

  http::ServerResponse bot(const std::string& method, std::string body = "{}") {
    return ask("POST", "/bot" + token_ + "/" + method, std::move(body));
  }

  std::string to_anna(const std::string& fields) const {
    return R"({"chat_id":)" + std::to_string(anna_) + "," + fields + "}";
  }

  void start() { ask("POST", "/sim/chats/" + std::to_string(anna_) + "/send", R"({"start":""})"); }

  /// Begins a request whose answer lands in the result.
  std::shared_ptr<std::optional<http::ServerResponse>> begin(http::ServerRequest asked) {
    auto result = std::make_shared<std::optional<http::ServerResponse>>();
    boost::asio::co_spawn(loop_.io(), router_.route(std::move(asked)),
                          [result](std::exception_ptr, http::ServerResponse answer) { *result = std::move(answer); });
    loop_.poll();
    return result;
  }

  std::string token_ = telegram::WorldOptions{}.demo_token;
  JumpingClock base_;
  SandboxClock clock_;
  fakes::Loop loop_;
  Faults faults_;
  fal::FileStore files_;
  telegram::World world_;
  Hub hub_;
  TelegramApi api_;
  http::Router router_;
  std::int64_t anna_ = 0;
};

TEST_F(TelegramApiTest, FindsTheMethodBehindTestSlashesAndArguments) {
  EXPECT_EQ(ask("GET", "/bot" + token_ + "/test/getMe").status, 200);
  EXPECT_EQ(ask("GET", "/bot" + token_ + "//getMe").status, 200);
  EXPECT_EQ(bot("", R"({"method":"getMe"})").status, 200);
  EXPECT_EQ(ask("PUT", "/bot" + token_ + "/getMe").status, 501);
  EXPECT_EQ(ask("GET", "/somewhere/else").status, 404);
  EXPECT_EQ(ask("GET", "/file/bot" + token_ + "/photos/none.jpg").status, 404);
}

TEST_F(TelegramApiTest, ALongPollWaitsForAnUpdateAndAnsweringPollsLeaveNobodyBehind) {
  const auto waiting = begin(request("POST", "/bot" + token_ + "/getUpdates", R"({"timeout":50})"));
  EXPECT_FALSE(*waiting);
  start();
  loop_.poll();
  ASSERT_TRUE(*waiting);
  EXPECT_NE((*waiting)->body.find("/start"), std::string::npos);
}

TEST_F(TelegramApiTest, TheOlderOfTwoWaitingPollsIsTerminated) {
  const auto older = begin(request("POST", "/bot" + token_ + "/getUpdates", R"({"timeout":50})"));
  const auto newer = begin(request("POST", "/bot" + token_ + "/getUpdates", R"({"timeout":50})"));
  loop_.poll();
  ASSERT_TRUE(*older);
  EXPECT_FALSE(*newer);
  EXPECT_EQ((*older)->status, 409);
  EXPECT_NE(
      (*older)->body.find("Conflict: terminated by other getUpdates request; make sure that only one bot instance "
                          "is running"),
      std::string::npos);
  hub_.feed.close();
  loop_.poll();
  EXPECT_EQ((*newer)->status, 200);
}

TEST_F(TelegramApiTest, SettingAWebhookTerminatesTheWaitingPoll) {
  const auto waiting = begin(request("POST", "/bot" + token_ + "/getUpdates", R"({"timeout":50})"));
  bot("setWebhook", R"({"url":"http://127.0.0.1:9/h"})");
  loop_.poll();
  ASSERT_TRUE(*waiting);
  EXPECT_NE((*waiting)->body.find("Conflict: terminated by setWebhook request"), std::string::npos);
}

TEST_F(TelegramApiTest, AFaultBeforeDoesNothingAndAFaultAfterDoesAllButAnswer) {
  start();
  const auto count = [this] { return world_.find_chat(world_.state().demo_bot, anna_)->messages.size(); };
  ASSERT_TRUE(faults_.add(*json::parse(R"({"where":"telegram","then":{"drop":"before"}})")));
  EXPECT_TRUE(bot("sendMessage", to_anna(R"("text":"a")")).drop);
  EXPECT_EQ(count(), 1U);
  ASSERT_TRUE(faults_.add(*json::parse(R"({"where":"telegram","then":{"drop":"after"}})")));
  EXPECT_TRUE(bot("sendMessage", to_anna(R"("text":"a")")).drop);
  EXPECT_EQ(count(), 2U);
  ASSERT_TRUE(faults_.add(*json::parse(R"({"where":"telegram","match":{"chat":)" + std::to_string(anna_) +
                                       R"(},"then":{"retry_after":7}})")));
  const auto flooded = bot("sendMessage", to_anna(R"("text":"a")"));
  EXPECT_EQ(flooded.status, 429);
  EXPECT_EQ(flooded.headers.at(0).value, "7");
  EXPECT_EQ(count(), 2U);
  EXPECT_EQ(bot("sendMessage", to_anna(R"("text":"a")")).status, 200);
}

TEST_F(TelegramApiTest, RecordsEveryCallWithItsAnswer) {
  start();
  bot("sendMessage", to_anna(R"("text":"a")"));
  bot("getMe");
  const auto listed = json::parse(ask("GET", "/sim/calls").body)->at("calls").as_array();
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].at("method").as_string(), "sendMessage");
  EXPECT_EQ(listed[0].at("parameters").at("chat_id").as_int64(), anna_);
  EXPECT_EQ(listed[0].at("chat").as_int64(), anna_);
  EXPECT_TRUE(listed[0].at("answer").at("ok").as_bool());
  EXPECT_EQ(hub_.calls.list(1, "", 0).at("calls").as_array().size(), 1U);
  EXPECT_EQ(hub_.calls.list(0, "GETME", 0).at("calls").as_array().size(), 1U);
  EXPECT_EQ(hub_.calls.list(0, "", anna_).at("calls").as_array().size(), 1U);
}

TEST_F(TelegramApiTest, APressAnswersWithTheBotsToast) {
  start();
  bot("sendMessage", to_anna(R"("text":"a","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]})"));
  const auto pressed =
      begin(request("POST", "/sim/chats/" + std::to_string(anna_) + "/press", R"({"message_id":2,"button":"A"})"));
  EXPECT_FALSE(*pressed);
  const std::string id = world_.state().callbacks.begin()->first;
  bot("answerCallbackQuery", R"({"callback_query_id":")" + id + R"(","text":"done"})");
  loop_.poll();
  ASSERT_TRUE(*pressed);
  const auto body = *json::parse((*pressed)->body);
  EXPECT_TRUE(body.at("answered").as_bool());
  EXPECT_EQ(body.at("toast").as_string(), "done");
  EXPECT_EQ(body.at("message").at("text").as_string(), "a");
}

TEST_F(TelegramApiTest, WebhooksCarryTheSecretRetryOnScheduleAndRunTheReply) {
  start();
  bot("setWebhook", R"({"url":"http://127.0.0.1:9/h","secret_token":"s3cret"})");
  fakes::ScriptedHttp http;
  http.answer(500);
  http.break_with(Errc::net_not_sent);
  http.answer(503, "", {{"Retry-After", "9"}});
  http.answer(500);
  http.answer(200, to_anna(R"("method":"sendMessage","text":"from the reply")"));
  Webhooks webhooks(hub_, api_, http);
  boost::asio::co_spawn(loop_.io(), webhooks.run(), [](std::exception_ptr) {});
  loop_.poll();
  ASSERT_EQ(http.requests.size(), 5U);
  EXPECT_EQ(http.header(0, "X-Telegram-Bot-Api-Secret-Token"), "s3cret");
  EXPECT_EQ(http.requests[0].body, http.requests[4].body);
  EXPECT_EQ(base_.slept, (std::vector<std::int64_t>{2'000, 9'000, 8'000}))
      << "the first retry is immediate, a longer Retry-After wins";
  EXPECT_TRUE(world_.state().bots.begin()->second.pending.empty());
  EXPECT_EQ(world_.transcript(world_.state().demo_bot, anna_), "user #1 /start\nbot  #2 from the reply\n");
  hub_.feed.close();
  loop_.poll();
}

TEST_F(TelegramApiTest, TheClockMovesWhatLifetimesAreJudgedOn) {
  start();
  bot("sendMessage", to_anna(R"("text":"a")"));
  EXPECT_EQ(ask("POST", "/sim/clock", R"({"advance_ms":172800000})").status, 200);
  EXPECT_EQ(bot("deleteMessage", to_anna(R"("message_id":2)")).status, 400);
  EXPECT_EQ(ask("POST", "/sim/clock", R"({"advance_ms":-5})").status, 400);
  EXPECT_EQ(ask("POST", "/sim/reset").status, 200);
  EXPECT_EQ(epoch_ms(clock_.now()), base_.ms);
}

}  // namespace
}  // namespace aisha::sandbox
