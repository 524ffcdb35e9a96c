// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/outcomes.hpp"
#include "sandbox/fal/queue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace aisha::sandbox::fal {
namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;

/// A queue with round figures: a second of waiting, two of running.
struct World {
  SeededRng rng{7};
  Queue queue{{.queue_ms = 1000, .run_ms = 2000, .concurrency = 1, .result_expires_s = 60}, rng};

  std::string submit(std::string prompt, std::int64_t at = kStart, std::string webhook = "",
                     std::map<std::string, std::string> headers = {}) {
    Submission submission;
    submission.endpoint = "fal-ai/flux-pro/v1.1-ultra";
    submission.input = json::Object{{"prompt", std::move(prompt)}};
    submission.origin = "http://127.0.0.1:8081";
    submission.webhook_url = std::move(webhook);
    submission.headers = std::move(headers);
    const Reply reply = queue.submit(std::move(submission), at);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return std::string(body(reply).at("request_id").as_string());
  }
  static json::Object body(const Reply& reply) { return json::parse(reply.body).value().as_object(); }
  std::string state(const std::string& id, std::int64_t at) {
    return std::string(body(queue.status(id, false, at)).at("status").as_string());
  }
  /// Answers every painting that was handed out.
  int paint(std::int64_t at) {
    int count = 0;
    for (const Work& work : queue.take_work()) {
      queue.painted(work.id, {{"http://127.0.0.1:8081/fal-files/a.jpeg", work.seeds.at(0), work.size, false}}, at);
      ++count;
    }
    return count;
  }
};

std::string header(const Reply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers) {
    if (key == name) {
      return value;
    }
  }
  return "(none)";
}

TEST(FalQueue, SubmitAnswersWithAddressesThatDropTheSubpath) {
  World world;
  Submission submission;
  submission.endpoint = "fal-ai/flux-pro/v1.1-ultra";
  submission.input = json::Object{{"prompt", "a"}};
  submission.origin = "http://h:1";
  const Reply reply = world.queue.submit(std::move(submission), kStart);
  const json::Object body = World::body(reply);
  const std::string id(body.at("request_id").as_string());
  EXPECT_EQ(body.at("status").as_string(), "IN_QUEUE");
  EXPECT_EQ(body.at("queue_position").as_int64(), 0);
  EXPECT_EQ(body.at("status_url").as_string(), "http://h:1/fal-ai/flux-pro/requests/" + id + "/status");
  EXPECT_EQ(body.at("cancel_url").as_string(), "http://h:1/fal-ai/flux-pro/requests/" + id + "/cancel");
  EXPECT_TRUE(body.at("logs").is_null());
  EXPECT_EQ(header(reply, "x-fal-request-id"), id);
}

TEST(FalQueue, ARequestWaitsRunsAndCompletesWhenItsPictureIsPainted) {
  World world;
  const std::string id = world.submit("a cat");
  EXPECT_EQ(world.state(id, kStart + 999), "IN_QUEUE");
  EXPECT_EQ(world.state(id, kStart + 1000), "IN_PROGRESS");
  EXPECT_EQ(world.state(id, kStart + 9000), "IN_PROGRESS") << "it must not finish without a picture";
  EXPECT_EQ(world.queue.result(id, kStart + 9000).status, 400);
  EXPECT_EQ(world.paint(kStart + 9000), 1);
  EXPECT_EQ(world.queue.status(id, false, kStart + 9000).status, 200);
  const Reply result = world.queue.result(id, kStart + 9001);
  EXPECT_EQ(result.status, 200);
  EXPECT_EQ(header(result, "X-Fal-Billable-Units"), "1");
  const json::Object body = World::body(result);
  EXPECT_EQ(body.at("images").as_array().at(0).at("width").to_number<int>(), 2752);
  EXPECT_EQ(body.at("has_nsfw_concepts").as_array().at(0).as_bool(), false);
  EXPECT_EQ(body.at("prompt").as_string(), "a cat");
}

TEST(FalQueue, AQuickPainterStillWaitsForTheRunTime) {
  World world;
  const std::string id = world.submit("a");
  world.queue.advance(kStart + 1000);
  world.paint(kStart + 1001);
  EXPECT_EQ(world.state(id, kStart + 2999), "IN_PROGRESS");
  EXPECT_EQ(world.state(id, kStart + 3000), "COMPLETED");
}

TEST(FalQueue, PositionsCountDownAsRunnersBecomeFree) {
  World world;
  const std::string first = world.submit("1"), second = world.submit("2"), third = world.submit("3");
  const auto position = [&](const std::string& id, std::int64_t at) {
    return World::body(world.queue.status(id, false, at)).at("queue_position").to_number<int>();
  };
  EXPECT_EQ(position(third, kStart), 2);
  EXPECT_EQ(position(third, kStart + 1000), 1) << "one runs, one waits before it";
  world.paint(kStart + 1500);
  EXPECT_EQ(world.state(first, kStart + 3000), "COMPLETED");
  EXPECT_EQ(world.state(second, kStart + 3000), "IN_PROGRESS");
  EXPECT_EQ(position(third, kStart + 3000), 0);
}

TEST(FalQueue, LowPriorityStandsBehindNormal) {
  World world;
  const std::string low = world.submit("low", kStart, "", {{"x-fal-queue-priority", "low"}});
  const std::string normal = world.submit("normal", kStart + 1);
  world.queue.advance(kStart + 1000);
  EXPECT_EQ(world.state(normal, kStart + 1001), "IN_QUEUE") << "the only runner was taken a moment earlier";
  EXPECT_EQ(world.state(low, kStart + 1001), "IN_PROGRESS");
  const std::string late_low = world.submit("low", kStart + 1002, "", {{"x-fal-queue-priority", "low"}});
  const std::string late_normal = world.submit("normal", kStart + 1003);
  world.paint(kStart + 1500);
  EXPECT_EQ(world.state(normal, kStart + 3000), "IN_PROGRESS");
  world.paint(kStart + 3001);
  EXPECT_EQ(world.state(late_normal, kStart + 5000), "IN_PROGRESS");
  EXPECT_EQ(world.state(late_low, kStart + 5000), "IN_QUEUE");
}

TEST(FalQueue, CancelAnswersByState) {
  World world;
  const std::string running = world.submit("1"), queued = world.submit("2");
  world.queue.advance(kStart + 1000);
  EXPECT_EQ(world.queue.cancel("no-such-id", kStart + 1000).status, 404);
  const Reply from_queue = world.queue.cancel(queued, kStart + 1000);
  EXPECT_EQ(from_queue.status, 200);
  EXPECT_EQ(from_queue.body, R"({"status":"OK"})");
  const Reply from_run = world.queue.cancel(running, kStart + 1000);
  EXPECT_EQ(from_run.status, 202);
  EXPECT_EQ(from_run.body, R"({"status":"CANCELLATION_REQUESTED"})");
  EXPECT_EQ(world.state(running, kStart + 1001), "COMPLETED");
  EXPECT_EQ(world.queue.result(running, kStart + 1002).status, 499);
  EXPECT_EQ(header(world.queue.result(running, kStart + 1002), "X-Fal-Error-Type"), "client_cancelled");
  const Reply again = world.queue.cancel(running, kStart + 1003);
  EXPECT_EQ(again.status, 400);
  EXPECT_EQ(again.body, R"({"status":"ALREADY_COMPLETED"})");
  EXPECT_FALSE(world.queue.find(running, kStart + 1003)->billed);
}

TEST(FalQueue, WhatIsKeptOfACompletedRequestIsRemovedAndItsRecordStays) {
  World world;
  const std::string id = world.submit("sandbox:empty");
  EXPECT_EQ(world.queue.remove_payloads("no-such-id", kStart).status, 404);
  EXPECT_EQ(world.queue.remove_payloads(id, kStart).status, 400) << "it is not done";
  world.queue.advance(kStart + 1000);
  world.queue.advance(kStart + 3000);
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(world.queue.remove_payloads(id, kStart + 4000).status, 200);
  }
  const QueuedRequest* kept = world.queue.all().at(0);
  EXPECT_TRUE(kept->payloads_removed);
  EXPECT_EQ(json::serialize(kept->input), "{}");
  EXPECT_EQ(world.queue.result(id, kStart + 5000).body, "{}");
}

TEST(FalQueue, LetsGoOfWhatHungWhenTheFaultIsLifted) {
  World world;
  Settings settings = world.queue.settings();
  settings.steer = "sandbox:hang";
  world.queue.set_settings(settings);
  const std::string hung = world.submit("a");
  world.queue.advance(kStart + 1000);
  ASSERT_EQ(world.paint(kStart + 1000), 1);
  EXPECT_EQ(world.state(hung, kStart + 60'000), "IN_PROGRESS") << "it holds the only place";
  settings.steer.clear();
  world.queue.set_settings(settings);
  const std::string next = world.submit("b", kStart + 60'000);
  world.queue.advance(kStart + 60'000);
  EXPECT_EQ(world.state(hung, kStart + 60'000), "COMPLETED");
  world.queue.advance(kStart + 61'000);
  EXPECT_EQ(world.state(next, kStart + 61'000), "IN_PROGRESS") << "the place is free for others";
}

TEST(FalQueue, APictureThatArrivesAfterACancelChangesNothing) {
  World world;
  const std::string id = world.submit("a");
  world.queue.advance(kStart + 1000);
  const std::vector<Work> work = world.queue.take_work();
  world.queue.cancel(id, kStart + 1001);
  world.queue.advance(kStart + 1002);
  world.queue.painted(work.at(0).id, {{"u", 1, {64, 64}, false}}, kStart + 1003);
  EXPECT_EQ(world.queue.result(id, kStart + 9000).status, 499);
}

TEST(FalQueue, ResultsExpireAndAreThenUnknown) {
  World world;
  const std::string id = world.submit("sandbox:empty");
  world.queue.advance(kStart + 1000);
  world.queue.advance(kStart + 3000);
  EXPECT_EQ(world.queue.result(id, kStart + 63'000).status, 200);
  EXPECT_EQ(world.queue.result(id, kStart + 63'001).status, 404);
  EXPECT_EQ(world.queue.status(id, false, kStart + 63'001).body, R"({"status":"NOT_FOUND"})");
  EXPECT_EQ(world.queue.all().size(), 1U) << "the record stays for whoever judges a run";
}

TEST(FalQueue, AStartTimeoutEndsAWaitingRequest) {
  World world;
  world.submit("runs");
  const std::string waits = world.submit("waits", kStart, "", {{"x-fal-request-timeout", "1.5"}});
  EXPECT_EQ(world.state(waits, kStart + 1499), "IN_QUEUE");
  EXPECT_EQ(world.state(waits, kStart + 1500), "COMPLETED");
  const Reply result = world.queue.result(waits, kStart + 1500);
  EXPECT_EQ(result.status, 504);
  EXPECT_EQ(header(result, "X-Fal-Request-Timeout-Type"), "user");
}

TEST(FalQueue, BadInputIsAcceptedAndShowsAtTheResult) {
  World world;
  Submission submission;
  submission.endpoint = "fal-ai/flux-lora";
  submission.input = json::Object{{"num_images", 9}};
  const Reply reply = world.queue.submit(std::move(submission), kStart);
  ASSERT_EQ(reply.status, 200);
  const std::string id(World::body(reply).at("request_id").as_string());
  world.queue.advance(kStart + 1000);
  const json::Object status = World::body(world.queue.status(id, false, kStart + 3000));
  EXPECT_EQ(status.at("status").as_string(), "COMPLETED");
  EXPECT_EQ(status.at("error_type").as_string(), "missing");
  const Reply result = world.queue.result(id, kStart + 3000);
  EXPECT_EQ(result.status, 422);
  EXPECT_EQ(header(result, "X-Fal-Retryable"), "false");
  EXPECT_EQ(World::body(result).at("detail").as_array().size(), 2U);
}

TEST(FalQueue, WordsOfThePromptChooseTheFailure) {
  const std::pair<const char*, int> cases[] = {
      {"sandbox:422", 422},    {"sandbox:no-media", 422}, {"sandbox:500", 500},      {"sandbox:504", 504},
      {"sandbox:runner", 503}, {"sandbox:empty", 200},    {"sandbox:malformed", 200}};
  for (const auto& [word, status] : cases) {
    World world;
    const std::string id = world.submit(std::string("a portrait ") + word);
    world.queue.advance(kStart + 1000);
    EXPECT_TRUE(world.queue.take_work().empty()) << word;
    EXPECT_EQ(world.queue.result(id, kStart + 3000).status, status) << word;
    EXPECT_FALSE(world.queue.find(id, kStart + 3000)->billed) << word;
  }
}

TEST(FalQueue, SomeWordsRefuseTheSubmitItself) {
  World world;
  const auto submit = [&](const char* prompt, const char* endpoint) {
    Submission submission;
    submission.endpoint = endpoint;
    submission.input = json::Object{{"prompt", prompt}};
    return world.queue.submit(std::move(submission), kStart);
  };
  EXPECT_EQ(submit("sandbox:locked", "fal-ai/flux-lora").status, 403);
  const Reply busy = submit("sandbox:busy", "fal-ai/flux-lora");
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(header(busy, "X-Fal-Error-Type"), "runner_scheduling_failure");
  EXPECT_EQ(submit("a", "fal-ai/no-such-model").status, 404);
  EXPECT_TRUE(world.queue.all().empty());
}

TEST(FalQueue, TheSteerSettingStandsForAWordInEveryPrompt) {
  World world;
  Settings settings = world.queue.settings();
  settings.steer = "sandbox:500";
  world.queue.set_settings(settings);
  const std::string failing = world.submit("a portrait");
  world.queue.advance(kStart + 1000);
  EXPECT_TRUE(world.queue.take_work().empty());
  EXPECT_EQ(world.queue.result(failing, kStart + 3000).status, 500);
  settings.steer.clear();
  world.queue.set_settings(settings);
  const std::string fine = world.submit("a portrait", kStart + 3000);
  world.queue.advance(kStart + 4000);
  EXPECT_EQ(world.queue.take_work().size(), 1U) << fine;
}

TEST(FalQueue, AFlaggedPictureIsBlankAndSaysSo) {
  World world;
  const std::string id = world.submit("sandbox:nsfw");
  world.queue.advance(kStart + 1000);
  const std::vector<Work> work = world.queue.take_work();
  ASSERT_EQ(work.size(), 1U);
  EXPECT_TRUE(work[0].blank);
  world.queue.painted(id, {{"u", 1, work[0].size, false}}, kStart + 1001);
  const json::Object body = World::body(world.queue.result(id, kStart + 3000));
  EXPECT_TRUE(body.at("has_nsfw_concepts").as_array().at(0).as_bool());
}

TEST(FalQueue, AWordSpoilsEveryOtherPictureOfTheSamePromptAndTwiceEachOfThem) {
  World world;
  const auto flaw_of = [&](const std::string& prompt) { return world.queue.find(world.submit(prompt), kStart)->flaw; };
  for (const std::string_view flaw : flaws()) {
    const std::string prompt = "a portrait sandbox:" + std::string(flaw);
    EXPECT_EQ(flaw_of(prompt), flaw);
    EXPECT_EQ(flaw_of(prompt), "") << "the second try comes out well";
    EXPECT_EQ(flaw_of(prompt + " by the sea"), flaw) << "other words";
    EXPECT_EQ(flaw_of(prompt), flaw);
    EXPECT_EQ(flaw_of(prompt + "-twice"), flaw);
    EXPECT_EQ(flaw_of(prompt + "-twice"), flaw);
  }
  EXPECT_EQ(flaw_of("a portrait"), "");
}

TEST(FalQueue, SpoiltSidesAreThoseOfTheFile) {
  World world;
  const auto sides_of = [&](const std::string& prompt) {
    world.submit(prompt);
    world.queue.advance(kStart + 1000);
    const Work work = world.queue.take_work().at(0);
    world.queue.painted(work.id, {{"u", 1, work.size, false}}, kStart + 1000);
    world.queue.advance(kStart + 9000);
    return std::pair(work.size.width, work.size.height);
  };
  const auto [width, height] = sides_of("a portrait");
  EXPECT_EQ(sides_of("sandbox:swapped"), std::pair(height, width));
  EXPECT_EQ(sides_of("sandbox:tiny"), std::pair(width / 2, height / 2));
  Settings settings = world.queue.settings();
  settings.max_side = 256;
  world.queue.set_settings(settings);
  EXPECT_EQ(sides_of("a portrait"), std::pair(width, height)) << "only what is painted is smaller";
}

TEST(FalQueue, EqualSeedsGiveEqualAnswers) {
  World one, two;
  EXPECT_EQ(one.submit("a"), two.submit("a"));
  EXPECT_EQ(one.queue.find(one.submit("b"), kStart)->seed, two.queue.find(two.submit("b"), kStart)->seed);
}

TEST(FalQueue, ARestoredQueueGoesOnWhereItWas) {
  World before;
  const std::string done = before.submit("sandbox:empty");
  before.queue.advance(kStart + 1000);
  before.queue.advance(kStart + 3000);
  const std::string running = before.submit("a", kStart + 3000);
  before.queue.advance(kStart + 4000);
  World after;
  for (const QueuedRequest* request : before.queue.take_changed()) {
    after.queue.restore(json::decode<QueuedRequest>(json::encode(*request)).value());
  }
  EXPECT_EQ(after.queue.result(done, kStart + 4001).body, before.queue.result(done, kStart + 4001).body);
  EXPECT_EQ(after.state(running, kStart + 4001), "IN_PROGRESS");
  EXPECT_EQ(after.paint(kStart + 5000), 1) << "painting that was cut short begins again";
  EXPECT_EQ(after.state(running, kStart + 6000), "COMPLETED");
}

TEST(FalQueue, LogsAreNullUnlessAskedFor) {
  World world;
  const std::string id = world.submit("a");
  world.queue.advance(kStart + 1000);
  EXPECT_TRUE(World::body(world.queue.status(id, false, kStart + 2000)).at("logs").is_null());
  const auto early = World::body(world.queue.status(id, true, kStart + 1000)).at("logs").as_array().size();
  const auto late = World::body(world.queue.status(id, true, kStart + 2500)).at("logs").as_array().size();
  EXPECT_GE(early, 1U);
  EXPECT_GT(late, early);
}

}  // namespace
}  // namespace aisha::sandbox::fal
