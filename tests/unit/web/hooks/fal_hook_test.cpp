// SPDX-License-Identifier: Apache-2.0
#include "web/hooks/fal_hook.hpp"

#include <fmt/format.h>

#include "providers/fal/fal_webhook.hpp"
#include "sandbox/fal/signer.hpp"
#include "tests/fakes/scripted_http.hpp"
#include "tests/unit/web/web_test.hpp"

namespace aisha::web {
namespace {

using domain::JobState;
using sandbox::fal::Signer;

class FalHookTest : public WebTest {
 protected:
  void SetUp() override {
    world_.policy.webhook_base = "https://bot.example.org/fal/";
    world_.policy.unconfirmed_wait = Millis(120'000);
    Handlers handlers;
    handlers.fal = &hook_;
    serve(handlers);
    job_ = world_.tap().id;
  }

  /// Submits the generation; the token of its attempt.
  std::string submit() {
    world_.step(world_.submit_worker);
    return world_.provider.submitted.back().webhook.substr(world_.policy.webhook_base.size());
  }
  JobState state() { return world_.job(job_).state; }

  static std::string success(const std::string& id) {
    return fmt::format(
        R"({{"request_id":"{}","status":"OK","payload":{{"images":[{{"url":"https://v3.fal.media/a.jpg"}}]}}}})", id);
  }
  http::Response bring(const std::string& token, std::string body, const Signer& signer) {
    std::vector<http::Header> headers{{"Content-Type", "application/json"}};
    for (auto& [name, value] : signer.headers("r-1", "user-1", epoch_ms(world_.clock.now()) / 1000, body)) {
      headers.push_back({name, value});
    }
    return send("POST", "/fal/" + token, std::move(body), std::move(headers));
  }
  http::Response bring(const std::string& token, std::string body) {
    if (keys_net_.requests.empty()) {
      keys_net_.answer(200, fal_.jwks());
    }
    return bring(token, std::move(body), fal_);
  }

  Uuid job_;
  Signer fal_{"fal's key"};
  Signer stranger_{"another key"};
  fakes::ScriptedHttp keys_net_;
  providers::fal::KeyRing keys_{world_.loop.executor(), keys_net_, world_.clock, "https://rest.fal.ai/jwks"};
  providers::fal::FalWebhook webhook_{keys_, world_.clock};
  services::WebhookIntake intake_{world_.context, services::JobKinds(world_.kinds), world_.link, webhook_};
  FalHook hook_{intake_, refusals_};
};

TEST_F(FalHookTest, APictureIsKeptBeforeThe200AndGoesOnToBeFetched) {
  const std::string token = submit();
  const auto answer = bring(token, success("r-1"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(state(), JobState::storing);
  world_.settle();
  EXPECT_EQ(state(), JobState::succeeded);
  EXPECT_EQ(world_.free_coins(), 20);
}

TEST_F(FalHookTest, TheSameCallTwiceHasOneEffect) {
  const std::string token = submit();
  EXPECT_EQ(bring(token, success("r-1")).status, 200);
  world_.settle();
  EXPECT_EQ(bring(token, success("r-1")).status, 200);
  world_.settle();
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_event"), 1);
  EXPECT_EQ(world_.free_coins(), 20);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(FalHookTest, ALostSubmitAnswerIsAdoptedInsteadOfPaidAgain) {
  world_.provider.submits.push_back(fail(Errc::net_unknown, "cut"));
  const std::string token = submit();
  EXPECT_EQ(state(), JobState::unconfirmed);
  EXPECT_EQ(bring(token, success("r-77")).status, 200);
  world_.settle();
  EXPECT_EQ(state(), JobState::succeeded);
  EXPECT_EQ(world_.provider.submitted.size(), 1U);
}

TEST_F(FalHookTest, AnErrorReturnsTheCoins) {
  const std::string token = submit();
  EXPECT_EQ(
      bring(token, R"({"request_id":"r-1","status":"ERROR","error":"Invalid status code: 422",)"
                   R"("payload":{"detail":[{"loc":["body","prompt"],"msg":"no","type":"content_policy_violation"}]}})")
          .status,
      200);
  EXPECT_EQ(state(), JobState::failed);
  EXPECT_EQ(world_.job(job_).error_code, "provider.rejected");
  EXPECT_EQ(world_.free_coins(), 25);
}

TEST_F(FalHookTest, Row34_ASignatureOfSomebodyElseIs401AndChangesNothing) {
  const std::string token = submit();
  keys_net_.answer(200, fal_.jwks());
  const auto answer = bring(token, success("r-1"), stranger_);
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("X-Aisha-Code"), "fal.bad_signature");
  EXPECT_EQ(refusals_.of(Errc::fal_bad_signature), 1U);
  EXPECT_EQ(state(), JobState::running);
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_event"), 0);
}

TEST_F(FalHookTest, Row35_AReplayAfterFiveMinutesIs401) {
  const std::string token = submit();
  std::vector<http::Header> headers;
  for (auto& [name, value] : fal_.headers("r-1", "u", epoch_ms(world_.clock.now()) / 1000 - 301, success("r-1"))) {
    headers.push_back({name, value});
  }
  const auto answer = send("POST", "/fal/" + token, success("r-1"), headers);
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.header("X-Aisha-Code"), "fal.stale");
}

TEST_F(FalHookTest, Row36_WithoutKeysFalIsAskedToComeAgain) {
  const std::string token = submit();
  keys_net_.break_with(Errc::net_not_sent);
  const auto answer = bring(token, success("r-1"), fal_);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "5");
  world_.clock.advance(Millis(2'000));
  keys_net_.answer(200, fal_.jwks());
  EXPECT_EQ(bring(token, success("r-1"), fal_).status, 200);
}

TEST_F(FalHookTest, Row37_AnUnknownTokenOrRequestIs200AndLeavesNoRow) {
  const std::string token = submit();
  EXPECT_EQ(bring("0123456789abcdef0123456789abcdef", success("r-1")).status, 200) << "our request under another token";
  EXPECT_EQ(bring(token, success("r-of-somebody-else")).status, 200);
  EXPECT_EQ(refusals_.of(Errc::fal_foreign), 2U);
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_event"), 0);
  EXPECT_EQ(state(), JobState::running);
}

TEST_F(FalHookTest, Row39_ASuccessThatShowsNothingIsAskedFor) {
  world_.provider.submits.push_back(fail(Errc::net_unknown, "cut"));
  const std::string token = submit();
  EXPECT_EQ(bring(token, R"({"request_id":"r-9","status":"OK","payload":null})").status, 200);
  EXPECT_EQ(state(), JobState::running) << "adopted: polling finds the picture";
  world_.settle();
  EXPECT_EQ(state(), JobState::succeeded);
}

TEST_F(FalHookTest, AnUnreadableCallOfFalsOwnIsNotRepeated) {
  const std::string token = submit();
  EXPECT_EQ(bring(token, "not JSON").status, 200);
  EXPECT_EQ(refusals_.of(Errc::provider_protocol), 1U);
  world_.settle();
  EXPECT_EQ(state(), JobState::succeeded) << "polling is the safety net";
}

TEST_F(FalHookTest, AClosedHookAsksToComeAgain) {
  const std::string token = submit();
  hook_.close();
  EXPECT_EQ(send("POST", "/fal/" + token, "{}").status, 503);
}

}  // namespace
}  // namespace aisha::web
