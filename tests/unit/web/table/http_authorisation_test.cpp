// SPDX-License-Identifier: Apache-2.0
// Who may call what over HTTP: every route, called by nobody known, by whoever guesses and by whoever it is for, about
// what is there and what is not.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "providers/fal/fal_webhook.hpp"
#include "sandbox/fal/signer.hpp"
#include "tests/fakes/paths.hpp"
#include "tests/fakes/scripted_http.hpp"
#include "tests/unit/web/web_test.hpp"

namespace aisha::web {
namespace {

using sandbox::fal::Signer;

class SaidReadiness final : public Readiness {
 public:
  Task<std::vector<Dependency>> look() override { co_return std::vector<Dependency>{}; }
};

/// What a caller may prove: that it is Telegram, fal, the sandbox, or nothing, which suffices for what tells no
/// secrets.
enum class Proof { telegram, fal, sandbox, none };

/// THE table: one line a route, as src/web/table/http_routes.cpp writes it.
const std::map<std::string, Proof> kRoutes{
    {"POST /telegram", Proof::telegram}, {"POST /fal/:token", Proof::fal}, {"POST /sandbox/top_up", Proof::sandbox},
    {"GET /healthz", Proof::none},       {"GET /readyz", Proof::none},     {"GET /metrics", Proof::none},
};

std::set<std::string> written_routes() {
  std::ifstream file(aisha::fakes::source_dir() + "/src/web/table/http_routes.cpp");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::regex line(R"re(open\(router, "([A-Z]+)", "([^"]+)")re");
  std::set<std::string> out;
  for (auto found = std::sregex_iterator(text.begin(), text.end(), line); found != std::sregex_iterator(); ++found) {
    out.insert((*found)[1].str() + " " + (*found)[2].str());
  }
  return out;
}

class HttpAuthorisation : public WebTest {
 protected:
  void SetUp() override {
    world_.policy.webhook_base = "https://bot.example.org/fal/";
    serve({&telegram_, &fal_hook_, &top_up_, &health_, &page_});
    world_.meet();
  }

  /// Status and body of a call with these headers; the same caller about the same thing is the same text.
  std::string call(const std::string& route, const std::string& token, std::string body,
                   std::vector<http::Header> headers) {
    const auto space = route.find(' ');
    std::string path = route.substr(space + 1);
    if (const auto at = path.find(":token"); at != std::string::npos) {
      path.replace(at, 6, token);
    }
    headers.push_back({"Content-Type", "application/json"});
    const bool carries = route.starts_with("POST");
    const auto answer =
        send(route.substr(0, space), path, carries ? std::move(body) : std::string(), std::move(headers));
    return std::to_string(answer.status) + " " + answer.body;
  }

  std::vector<http::Header> signed_by(const Signer& signer, const std::string& body) {
    std::vector<http::Header> headers;
    for (auto& [name, value] : signer.headers("r-1", "user-1", epoch_ms(world_.clock.now()) / 1000, body)) {
      headers.push_back({name, value});
    }
    return headers;
  }

  fakes::ScriptedHttp keys_net_;
  Signer fal_{"fal's key"};
  Signer stranger_{"another key"};
  providers::fal::KeyRing keys_{world_.loop.executor(), keys_net_, world_.clock, "https://rest.fal.ai/jwks"};
  providers::fal::FalWebhook webhook_{keys_, world_.clock};
  services::WebhookIntake intake_{world_.context, services::JobKinds(world_.kinds), world_.link, webhook_};
  SaidReadiness readiness_;
  int taken_ = 0;
  TelegramHook telegram_{[this](std::vector<telegram::RawUpdate> updates) -> Task<void> {
                           taken_ += static_cast<int>(updates.size());
                           co_return;
                         },
                         Secret("right"), refusals_};
  FalHook fal_hook_{intake_, refusals_};
  TopUpHook top_up_{world_.context, Secret("1:bot"), 100, refusals_};
  Health health_{readiness_};
  MetricsPage page_{metrics_};
};

TEST_F(HttpAuthorisation, EveryRouteStandsInTheTable) {
  std::set<std::string> named;
  for (const auto& [route, proof] : kRoutes) {
    named.insert(route);
  }
  EXPECT_EQ(written_routes(), named);
}

TEST_F(HttpAuthorisation, WhoProvesNothingOrGuessesHasNoEffect) {
  const std::string order = R"({"telegram_id":1001,"key":"a"})";
  int cases = 0;
  for (const auto& [route, proof] : kRoutes) {
    for (const char* guess : {"", "wrong"}) {
      ++cases;
      const std::vector<http::Header> headers{{"X-Telegram-Bot-Api-Secret-Token", guess},
                                              {"Authorization", std::string("Bearer ") + guess},
                                              {"X-Fal-Webhook-Signature", guess}};
      const std::string answer = call(route, "guessed", order, headers);
      EXPECT_TRUE(answer.starts_with(proof == Proof::none ? "200" : "401")) << route << " answered " << answer;
    }
  }
  EXPECT_EQ(taken_, 0);
  EXPECT_EQ(world_.free_coins(), 25);
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_event"), 0);
  std::printf("authorisation: %zu routes of HTTP x 2 guesses = %d cases\n", kRoutes.size(), cases);
}

TEST_F(HttpAuthorisation, FalHearsTheSameOfATokenThatIsNotOursAndOfOneThatNeverWas) {
  world_.tap();
  world_.step(world_.submit_worker);
  const std::string ours = world_.provider.submitted.back().webhook.substr(world_.policy.webhook_base.size());
  const std::string body = R"({"request_id":"r-9","status":"ERROR","error":"no"})";
  keys_net_.answer(200, fal_.jwks());
  std::string others = ours;
  others.front() = others.front() == '0' ? '1' : '0';
  const std::string of_another = call("POST /fal/:token", others, body, signed_by(fal_, body));
  const std::string of_nobody = call("POST /fal/:token", "never", body, signed_by(fal_, body));
  EXPECT_EQ(of_another, of_nobody);
  keys_net_.answer(200, fal_.jwks());
  EXPECT_EQ(call("POST /fal/:token", ours, body, signed_by(stranger_, body)),
            call("POST /fal/:token", "never", body, signed_by(stranger_, body)))
      << "a stranger learns of no token";
}

}  // namespace
}  // namespace aisha::web
