// SPDX-License-Identifier: Apache-2.0
#include "web/hooks/telegram_hook.hpp"

#include <stdexcept>

#include "tests/unit/web/web_test.hpp"

namespace aisha::web {
namespace {

constexpr const char* kSecret = "0123456789abcdefghijklmnop";

class TelegramHookTest : public WebTest {
 protected:
  void SetUp() override {
    Handlers handlers;
    handlers.telegram = &hook_;
    serve(handlers);
  }

  http::Response bring(std::string body, std::string secret = kSecret, std::string type = "application/json") {
    return send("POST", "/telegram", std::move(body),
                {{"Content-Type", std::move(type)}, {"X-Telegram-Bot-Api-Secret-Token", std::move(secret)}});
  }

  Task<void> keep(std::vector<telegram::RawUpdate> updates) {
    if (away_) {
      throw std::runtime_error("the database is away");
    }
    for (telegram::RawUpdate& update : updates) {
      kept_.push_back(std::move(update));
    }
    co_return;
  }

  bool away_ = false;
  std::vector<telegram::RawUpdate> kept_;
  TelegramHook hook_{[this](std::vector<telegram::RawUpdate> updates) { return keep(std::move(updates)); },
                     Secret(kSecret), refusals_};
};

TEST_F(TelegramHookTest, AnUpdateIsAnsweredWithAnEmpty200OnceItIsKept) {
  const std::string body = R"({"update_id":7,"message":{"message_id":1}})";
  const auto answer = bring(body);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "") << "Telegram would carry out a method named there";
  ASSERT_EQ(kept_.size(), 1U);
  EXPECT_EQ(kept_[0].head.update_id, 7);
  EXPECT_EQ(kept_[0].head.kind, telegram::UpdateKind::message);
  EXPECT_EQ(kept_[0].json, body);
}

TEST_F(TelegramHookTest, Row1_AWrongOrAbsentSecretIsAnEmpty401AndCounted) {
  EXPECT_EQ(bring("{}", "").status, 401);
  EXPECT_EQ(bring("{}", std::string(kSecret) + "x").status, 401);
  EXPECT_EQ(bring("{}", std::string(kSecret).substr(1)).status, 401);
  const auto answer = send("POST", "/telegram", "{}", {{"Content-Type", "application/json"}});
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("X-Aisha-Code"), "webhook.bad_secret");
  EXPECT_TRUE(kept_.empty());
  EXPECT_EQ(refusals_.of(Errc::webhook_bad_secret), 4U);
}

TEST_F(TelegramHookTest, Row2_ABodyOverAMegabyteIs413) {
  EXPECT_EQ(bring(std::string((1U << 20U) + 1, ' ')).status, 413);
  EXPECT_TRUE(kept_.empty());
}

TEST_F(TelegramHookTest, Row3_WhatIsNoUpdateIsAcceptedWithoutAnIdForTheSinkToKeepAsPoison) {
  const std::vector<std::string> bad{"{", "", "\xEF\xBB\xBF{}", R"({"update_id":NaN})", std::string(10'000, '[')};
  for (const std::string& body : bad) {
    EXPECT_EQ(bring(body).status, 200) << body.substr(0, 20);
    EXPECT_FALSE(kept_.back().head.update_id) << body.substr(0, 20);
  }
  EXPECT_EQ(kept_.size(), bad.size());
}

TEST_F(TelegramHookTest, Row4_AnImpossibleUpdateIdIsAccepted) {
  for (const char* id : {"\"7\"", "-1", "9223372036854775808", "1e20"}) {
    EXPECT_EQ(bring(std::string(R"({"update_id":)") + id + "}").status, 200) << id;
    EXPECT_FALSE(kept_.back().head.update_id) << id;
  }
}

TEST_F(TelegramHookTest, Row5_AnUpdateOfAnUnknownKindIsAccepted) {
  EXPECT_EQ(bring(R"({"update_id":9,"moon_phase":{"full":true}})").status, 200);
  EXPECT_EQ(kept_.back().head.update_id, 9);
}

TEST_F(TelegramHookTest, Row59_OtherMethodsAre405AndOtherContentIs415) {
  const auto answer = send("GET", "/telegram");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("Allow"), "POST");
  EXPECT_EQ(bring("update_id=7", kSecret, "application/x-www-form-urlencoded").status, 415);
  EXPECT_EQ(send("POST", "/telegram/x", "{}").status, 404);
  EXPECT_TRUE(kept_.empty());
}

TEST_F(TelegramHookTest, WithoutADatabaseTelegramIsAskedToComeAgain) {
  away_ = true;
  const auto answer = bring(R"({"update_id":7})");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "5");
  away_ = false;
  EXPECT_EQ(bring(R"({"update_id":7})").status, 200);
}

TEST_F(TelegramHookTest, AClosedHookKeepsNothingAndAsksToComeAgain) {
  hook_.close();
  const auto answer = bring(R"({"update_id":7})");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "5");
  EXPECT_EQ(bring("{}", "wrong").status, 401);
  EXPECT_TRUE(kept_.empty());
}

}  // namespace
}  // namespace aisha::web
