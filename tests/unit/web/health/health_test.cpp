// SPDX-License-Identifier: Apache-2.0
#include "web/health/health.hpp"

#include "base/json.hpp"
#include "tests/unit/web/web_test.hpp"

namespace aisha::web {
namespace {

class SaidReadiness final : public Readiness {
 public:
  Task<std::vector<Dependency>> look() override { co_return said; }
  std::vector<Dependency> said{{"database", true, "answers", true}, {"telegram", true, "answers", false}};
};

class HealthTest : public WebTest {
 protected:
  void SetUp() override {
    Handlers handlers;
    handlers.health = &health_;
    handlers.metrics = &page_;
    serve(handlers);
  }

  SaidReadiness readiness_;
  Health health_{readiness_};
  MetricsPage page_{metrics_};
};

TEST_F(HealthTest, AliveIs200WhateverIsAway) {
  readiness_.said[0].well = false;
  EXPECT_EQ(send("GET", "/healthz").status, 200);
}

TEST_F(HealthTest, ReadyNamesEachDependencyAndItsReason) {
  readiness_.said[1] = {"telegram", false, "net.unknown", false};
  const auto answer = send("GET", "/readyz");
  EXPECT_EQ(answer.status, 200) << "updates are still taken in";
  const auto body = json::parse(answer.body).value();
  EXPECT_TRUE(body.at("ready").as_bool());
  EXPECT_EQ(body.at("dependencies").as_array().size(), 2U);
  EXPECT_EQ(body.at("dependencies").as_array()[1].at("detail").as_string(), "net.unknown");
}

TEST_F(HealthTest, WithoutWhatIsNeededItIsNotReady) {
  readiness_.said[0] = {"database", false, "service.unavailable", true};
  const auto answer = send("GET", "/readyz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_FALSE(json::parse(answer.body).value().at("ready").as_bool());
}

TEST_F(HealthTest, AStoppingProcessIsNotReady) {
  health_.close();
  EXPECT_EQ(send("GET", "/readyz").status, 503);
  EXPECT_EQ(send("GET", "/healthz").status, 200);
}

TEST_F(HealthTest, MetricsAreTheFiguresOfTheProcess) {
  refusals_.note(Errc::webhook_bad_secret);
  const auto answer = send("GET", "/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), metrics::kContentType);
  EXPECT_NE(answer.body.find("aisha_http_refused_total{code=\"webhook.bad_secret\"} 1"), std::string::npos)
      << answer.body;
}

}  // namespace
}  // namespace aisha::web
