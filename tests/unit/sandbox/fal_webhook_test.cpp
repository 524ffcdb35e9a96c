// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "base/encoding.hpp"
#include "sandbox/fal/queue.hpp"
#include "sandbox/fal/signer.hpp"

namespace aisha::sandbox::fal {
namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;

struct World {
  SeededRng rng{3};
  Queue queue{{.queue_ms = 0, .run_ms = 0, .concurrency = 2}, rng};

  explicit World(WebhookMode mode) {
    Settings settings = queue.settings();
    settings.webhook = mode;
    queue.set_settings(settings);
  }
  std::string completed(std::string prompt = "sandbox:empty") {
    Submission submission;
    submission.endpoint = "fal-ai/flux-pro/v1.1-ultra";
    submission.input = json::Object{{"prompt", std::move(prompt)}};
    submission.webhook_url = "http://127.0.0.1:1/hook";
    const Reply reply = queue.submit(std::move(submission), kStart);
    queue.advance(kStart);
    queue.advance(kStart);
    return std::string(json::parse(reply.body).value().as_object().at("request_id").as_string());
  }
};

TEST(FalWebhook, IsSentOnceAndDoneWhenAccepted) {
  World world(WebhookMode::on);
  const std::string id = world.completed();
  const auto due = world.queue.take_webhooks(kStart);
  ASSERT_EQ(due.size(), 1U);
  const json::Object body = json::parse(due[0].body).value().as_object();
  EXPECT_EQ(body.at("request_id").as_string(), id);
  EXPECT_EQ(body.at("status").as_string(), "OK");
  EXPECT_TRUE(body.at("payload").is_object());
  EXPECT_TRUE(world.queue.take_webhooks(kStart + 99'000).empty()) << "it is still on its way";
  world.queue.webhook_answered(id, 200, kStart + 10);
  EXPECT_TRUE(world.queue.take_webhooks(kStart + 99'000).empty());
}

TEST(FalWebhook, ARefusedOneComesAgainAfterGrowingPauses) {
  World world(WebhookMode::on);
  const std::string id = world.completed();
  std::int64_t at = kStart;
  int tries = 0;
  for (; tries < 50 && !world.queue.take_webhooks(at).empty(); ++tries) {
    world.queue.webhook_answered(id, 503, at);
    EXPECT_TRUE(world.queue.take_webhooks(at).empty());
    at += 20'000;
  }
  EXPECT_EQ(tries, 11);
  EXPECT_EQ(world.queue.find(id, kStart)->deliveries.size(), 11U);
}

TEST(FalWebhook, FailuresCarryTheDetailAndTheStatus) {
  World world(WebhookMode::on);
  world.completed("sandbox:422");
  const json::Object body = json::parse(world.queue.take_webhooks(kStart).at(0).body).value().as_object();
  EXPECT_EQ(body.at("status").as_string(), "ERROR");
  EXPECT_EQ(body.at("error").as_string(), "Invalid status code: 422");
  EXPECT_EQ(body.at("payload").at("detail").as_array().at(0).at("type").as_string(), "content_policy_violation");
}

TEST(FalWebhook, LostNeverComesLateComesAfterFiveSecondsTwiceComesTwice) {
  World lost(WebhookMode::lost);
  lost.completed();
  EXPECT_TRUE(lost.queue.take_webhooks(kStart + 3'600'000).empty());

  World late(WebhookMode::late);
  late.completed();
  EXPECT_TRUE(late.queue.take_webhooks(kStart + 4'999).empty());
  EXPECT_EQ(late.queue.take_webhooks(kStart + 5'000).size(), 1U);

  World twice(WebhookMode::twice);
  const std::string id = twice.completed();
  EXPECT_EQ(twice.queue.take_webhooks(kStart).size(), 1U);
  twice.queue.webhook_answered(id, 200, kStart + 1);
  EXPECT_EQ(twice.queue.take_webhooks(kStart + 1).size(), 1U);
  twice.queue.webhook_answered(id, 200, kStart + 2);
  EXPECT_TRUE(twice.queue.take_webhooks(kStart + 3).empty());
}

TEST(FalWebhook, AForgedOneIsMarkedAndNotRepeated) {
  World world(WebhookMode::forged);
  const std::string id = world.completed();
  const auto due = world.queue.take_webhooks(kStart);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_TRUE(due[0].forged);
  world.queue.webhook_answered(id, 401, kStart);
  EXPECT_TRUE(world.queue.take_webhooks(kStart + 99'000).empty());
}

// The vector was computed with another implementation (node's crypto) from the key of RFC 8032, section 7.1, test 1.
TEST(FalWebhook, TheSignatureIsTheOneThatOthersCompute) {
  const auto seed = encoding::from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  const Signer signer = Signer::from_seed(*seed);
  const std::string id = "764cabcf-b745-4b3e-ae38-1200304cf45b";
  const std::string body =
      R"({"request_id":"764cabcf-b745-4b3e-ae38-1200304cf45b","gateway_request_id":"764cabcf-b745-4b3e-ae38-1200304cf45b","status":"OK","payload":{"seed":1}})";
  const auto headers = signer.headers(id, "user-1", 1'700'000'000, body);
  EXPECT_EQ(headers.at(3).first, "X-Fal-Webhook-Signature");
  EXPECT_EQ(
      headers.at(3).second,
      "35a6f7a87b243b26164b9f60e94d1dd6b6ceeb9e0143b1ebb7c62aed2b11484696013f5d5d96b75a59f8ca522888ac3d13fd9bf45569a5"
      "e0440a2a97e7a99007");
  EXPECT_NE(signer.jwks().find("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"), std::string::npos);
}

}  // namespace
}  // namespace aisha::sandbox::fal
