// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_webhook.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/encoding.hpp"
#include "sandbox/fal/signer.hpp"
#include "tests/fakes/loop.hpp"
#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/scripted_http.hpp"

namespace aisha::providers::fal {
namespace {

using sandbox::fal::Signer;

constexpr std::int64_t kNow = 1'700'000'000;
constexpr const char* kOk =
    R"({"request_id":"r-1","gateway_request_id":"g-1","status":"OK","payload":{"images":[{"url":"https://v3.fal.media/a.jpg"}],"seed":7}})";

std::string lower(std::string name) {
  for (char& c : name) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return name;
}

WebhookCall signed_by(const Signer& signer, std::string body, std::int64_t seconds = kNow) {
  WebhookCall call;
  for (auto& [name, value] : signer.headers("r-1", "user-1", seconds, body)) {
    call.headers[lower(name)] = value;
  }
  call.body = std::move(body);
  return call;
}

class FalWebhookTest : public testing::Test {
 protected:
  Errc refusal(const WebhookCall& call) {
    const auto proven = loop_.run(webhook_.prove(call));
    return proven ? Errc::conflict : proven.error().code;
  }
  bool proves(const WebhookCall& call) { return loop_.run(webhook_.prove(call)).has_value(); }
  WebhookNews read(std::string body) {
    WebhookCall call;
    call.body = std::move(body);
    return webhook_.read(call, OutputShape{}).value();
  }

  fakes::Loop loop_;
  fakes::ScriptedHttp http_;
  fakes::ManualClock clock_{from_epoch_ms(kNow * 1000)};
  KeyRing keys_{loop_.executor(), http_, clock_, "https://rest.fal.ai/.well-known/jwks.json"};
  FalWebhook webhook_{keys_, clock_};
  Signer fal_{"fal's key"};
  Signer stranger_{"another key"};
};

// The vector was computed with another implementation (node's crypto) from the key of RFC 8032, section 7.1, test 1.
TEST(FalSignature, IsTheOneThatOthersCompute) {
  WebhookCall call;
  call.body =
      R"({"request_id":"764cabcf-b745-4b3e-ae38-1200304cf45b","gateway_request_id":"764cabcf-b745-4b3e-ae38-1200304cf45b","status":"OK","payload":{"seed":1}})";
  call.headers = {
      {"x-fal-webhook-request-id", "764cabcf-b745-4b3e-ae38-1200304cf45b"},
      {"x-fal-webhook-user-id", "user-1"},
      {"x-fal-webhook-timestamp", "1700000000"},
      {"x-fal-webhook-signature",
       "35a6f7a87b243b26164b9f60e94d1dd6b6ceeb9e0143b1ebb7c62aed2b11484696013f5d5d96b75a59f8ca522888ac3d13fd9bf45569a5"
       "e0440a2a97e7a99007"}};
  const auto keys =
      read_jwks(R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
  ASSERT_EQ(keys.size(), 1U);
  const auto read = read_signed(call, from_epoch_ms(kNow * 1000));
  ASSERT_TRUE(read);
  EXPECT_TRUE(is_signed_by(*read, keys[0]));
  call.body += " ";
  EXPECT_FALSE(is_signed_by(*read_signed(call, from_epoch_ms(kNow * 1000)), keys[0]));
}

TEST(FalSignature, Row36_OnlyEd25519KeysAreTakenPaddedOrNot) {
  const std::string x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  const std::string entry = R"({"kty":"OKP","crv":"Ed25519","x":")" + x;
  EXPECT_EQ(read_jwks(R"({"keys":[)" + entry + R"("}]})"), read_jwks(R"({"keys":[)" + entry + R"(="}]})"));
  EXPECT_TRUE(
      read_jwks(R"({"keys":[{"kty":"RSA","n":"abc","e":"AQAB"},{"kty":"OKP","crv":"X25519","x":")" + x + "\"}]}")
          .empty());
  for (const char* bad :
       {"", "[]", "{}", R"({"keys":7})", R"({"keys":[7,{"kty":"OKP","crv":"Ed25519","x":"short"}]})"}) {
    EXPECT_TRUE(read_jwks(bad).empty()) << bad;
  }
}

TEST_F(FalWebhookTest, WhatTheSandboxSignsIsProvenWithItsKeysAskedForOnce) {
  http_.answer(200, fal_.jwks());
  EXPECT_TRUE(proves(signed_by(fal_, kOk)));
  EXPECT_TRUE(proves(signed_by(fal_, "{}")));
  EXPECT_EQ(http_.requests.size(), 1U);
}

TEST_F(FalWebhookTest, Row34_MissingShortNonHexAndWrongSignaturesAreRefused) {
  http_.answer(200, fal_.jwks());
  EXPECT_TRUE(proves(signed_by(fal_, kOk)));
  for (const char* header :
       {"x-fal-webhook-request-id", "x-fal-webhook-user-id", "x-fal-webhook-timestamp", "x-fal-webhook-signature"}) {
    WebhookCall call = signed_by(fal_, kOk);
    call.headers.erase(header);
    EXPECT_EQ(refusal(call), Errc::fal_bad_signature) << header;
  }
  const std::string signature = signed_by(fal_, kOk).headers["x-fal-webhook-signature"];
  for (const std::string& bad :
       {signature.substr(2), signature + "00", "zz" + signature.substr(2), std::string("00")}) {
    WebhookCall call = signed_by(fal_, kOk);
    call.headers["x-fal-webhook-signature"] = bad;
    EXPECT_EQ(refusal(call), Errc::fal_bad_signature) << bad;
  }
  EXPECT_EQ(refusal(signed_by(stranger_, kOk)), Errc::fal_bad_signature);
  WebhookCall changed = signed_by(fal_, kOk);
  changed.headers["x-fal-webhook-user-id"] = "user-2";
  EXPECT_EQ(refusal(changed), Errc::fal_bad_signature);
  EXPECT_EQ(http_.requests.size(), 1U) << "a wrong signature asks for keys at most once a minute";
}

TEST_F(FalWebhookTest, Row35_StaleAndSenselessTimestampsAreRefusedBeforeAnythingElse) {
  for (const std::int64_t seconds : {kNow - 301, kNow + 301}) {
    EXPECT_EQ(refusal(signed_by(fal_, kOk, seconds)), Errc::fal_stale);
  }
  for (const char* text : {"abc", "-1700000000", "1700000000x", "99999999999999999999"}) {
    WebhookCall call = signed_by(fal_, kOk);
    call.headers["x-fal-webhook-timestamp"] = text;
    EXPECT_EQ(refusal(call), Errc::fal_stale) << text;
  }
  EXPECT_TRUE(http_.requests.empty());
  http_.answer(200, fal_.jwks());
  EXPECT_TRUE(proves(signed_by(fal_, kOk, kNow - 300)));
  EXPECT_TRUE(proves(signed_by(fal_, kOk, kNow + 300)));
}

TEST_F(FalWebhookTest, Row36_WithoutAnyKeyItCannotBeToldAndFalIsAskedOnceASecond) {
  http_.break_with(Errc::net_not_sent);
  EXPECT_EQ(refusal(signed_by(fal_, kOk)), Errc::unavailable);
  EXPECT_EQ(refusal(signed_by(fal_, kOk)), Errc::unavailable);
  EXPECT_EQ(http_.requests.size(), 1U);
  for (const char* useless : {R"({"keys":[]})", R"({"keys":[{"kty":"RSA"}]})", "<html>"}) {
    clock_.advance(Millis(1'000));
    http_.answer(200, useless);
    EXPECT_EQ(refusal(signed_by(fal_, kOk)), Errc::unavailable) << useless;
  }
  clock_.advance(Millis(1'000));
  http_.break_with(Errc::net_too_large);
  EXPECT_EQ(refusal(signed_by(fal_, kOk)), Errc::unavailable);
  EXPECT_LE(http_.requests.back().max_body, 64U << 10U) << "a megabyte of keys is not read";
}

TEST_F(FalWebhookTest, Row36_KnownKeysServeWhileFalIsAwayAndForADay) {
  http_.answer(200, fal_.jwks());
  EXPECT_TRUE(proves(signed_by(fal_, kOk)));
  clock_.advance(Millis(24LL * 3'600'000));
  const std::int64_t tomorrow = kNow + 24 * 3600;
  http_.break_with(Errc::net_unknown);
  EXPECT_TRUE(proves(signed_by(fal_, kOk, tomorrow)));
  EXPECT_EQ(http_.requests.size(), 2U);
  EXPECT_TRUE(proves(signed_by(fal_, kOk, tomorrow)));
  EXPECT_EQ(http_.requests.size(), 2U) << "and then not for a minute";
}

TEST_F(FalWebhookTest, ANewKeyOfFalsIsFetchedAtItsFirstUse) {
  http_.answer(200, fal_.jwks());
  EXPECT_TRUE(proves(signed_by(fal_, kOk)));
  clock_.advance(Millis(61'000));
  http_.answer(200, stranger_.jwks());
  EXPECT_TRUE(proves(signed_by(stranger_, kOk, kNow + 61)));
  clock_.advance(Millis(61'000));
  http_.break_with(Errc::net_not_sent);
  EXPECT_EQ(refusal(signed_by(fal_, kOk, kNow + 122)), Errc::unavailable) << "it may be a newer key: fal comes again";
}

/// A network whose answer comes when the test says so.
class SlowHttp final : public http::Client {
 public:
  explicit SlowHttp(Executor executor) : gate(std::move(executor), boost::asio::steady_timer::time_point::max()) {}
  Task<Result<http::Response>> send(http::Request) override {
    ++asked;
    boost::system::error_code woken;
    co_await gate.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
    http::Response response;
    response.status = 200;
    response.body = answer;
    co_return response;
  }
  int asked = 0;
  std::string answer;
  boost::asio::steady_timer gate;
};

Task<void> note_proof(FalWebhook& webhook, WebhookCall call, int& proven) {
  const auto result = co_await webhook.prove(call);
  proven += result ? 1 : 0;
}

TEST_F(FalWebhookTest, ManyCallsAtOnceShareOneFetchOfTheKeys) {
  SlowHttp slow(loop_.executor());
  slow.answer = fal_.jwks();
  KeyRing keys(loop_.executor(), slow, clock_, "https://rest.fal.ai/.well-known/jwks.json");
  FalWebhook webhook(keys, clock_);
  int proven = 0;
  for (int i = 0; i < 5; ++i) {
    boost::asio::co_spawn(loop_.io(), note_proof(webhook, signed_by(fal_, kOk), proven), boost::asio::detached);
  }
  loop_.poll();
  EXPECT_EQ(slow.asked, 1);
  slow.gate.cancel();
  loop_.poll();
  EXPECT_EQ(proven, 5);
}

TEST_F(FalWebhookTest, APictureIsReadAsIfItHadBeenAskedFor) {
  const WebhookNews news = read(kOk);
  EXPECT_EQ(news.request_id, "r-1");
  ASSERT_TRUE(news.result && *news.result);
  EXPECT_EQ((*news.result)->pictures.at(0).url, "https://v3.fal.media/a.jpg");
  EXPECT_EQ((*news.result)->seed, 7);
}

TEST_F(FalWebhookTest, Row38_AnErrorMeansWhatTheResultWouldMean) {
  const auto code = [this](const std::string& error, const std::string& payload) {
    const WebhookNews news =
        read(fmt::format(R"({{"request_id":"r-1","status":"ERROR","error":"{}","payload":{}}})", error, payload));
    return news.result ? news.result->error().code : Errc::conflict;
  };
  EXPECT_EQ(
      code("Invalid status code: 422", R"({"detail":[{"loc":["body"],"msg":"no","type":"content_policy_violation"}]})"),
      Errc::provider_rejected);
  EXPECT_EQ(code("Invalid status code: 500", R"({"detail":"Internal Server Error"})"), Errc::provider_failed);
  EXPECT_EQ(code("Invalid status code: 504", R"({"detail":"Generation timeout"})"), Errc::provider_timeout);
  EXPECT_EQ(code("Invalid status code: 502", "null"), Errc::conflict)
      << "a proxy's answer says nothing: it is asked for";
  EXPECT_EQ(code("Something else", R"({"detail":"x"})"), Errc::conflict);
}

TEST_F(FalWebhookTest, Row39_ASuccessWithoutPicturesIsAskedFor) {
  EXPECT_FALSE(read(R"({"request_id":"r-1","status":"OK","payload":{"images":[]}})").result);
  EXPECT_FALSE(read(R"({"request_id":"r-1","status":"OK","payload":null,"payload_error":"not JSON"})").result);
}

TEST_F(FalWebhookTest, WhatNamesNoRequestIsNotFals) {
  for (const char* bad : {"", "[]", "{}", R"({"request_id":7})", R"({"request_id":""})"}) {
    WebhookCall call;
    call.body = bad;
    const auto news = webhook_.read(call, OutputShape{});
    ASSERT_FALSE(news) << bad;
    EXPECT_EQ(news.error().code, Errc::provider_protocol);
  }
}

}  // namespace
}  // namespace aisha::providers::fal
