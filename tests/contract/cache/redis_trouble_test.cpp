// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/log.hpp"
#include "cache/versioned.hpp"
#include "tests/contract/cache/engines.hpp"
#include "tests/contract/cache/scripted_server.hpp"

/// Whatever the server does costs time at most: no exception, no value that nobody put, never more than the budget.
namespace aisha::cache {
namespace {

using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::Not;

constexpr Millis kBudget{50};
const std::string kPing = "+PONG\r\n";

/// An engine whose server is a script.
class ScriptedRedis : public testing::Test {
 public:
  static void SetUpTestSuite() { log::start(log::Level::info, false); }

 protected:
  void start(ScriptedServer::Answer answer, const std::string& userinfo = "") {
    server_ = std::make_unique<ScriptedServer>(loop_.io(), std::move(answer));
    RedisOptions options;
    options.address = redis::parse_address(fmt::format("redis://{}127.0.0.1:{}", userinfo, server_->port())).value();
    options.pace.budget = kBudget;
    options.pace.connect_budget = Millis(100);
    options.pace.first_pause = Millis(20);
    options.pace.last_pause = Millis(40);
    engine_ = make_redis_engine(loop_.executor(), clock_, rng_, std::move(options));
  }
  std::optional<std::string> get(std::string key = "k") { return loop_.run(engine_.cache->get(std::move(key))); }
  void put(std::string value) { loop_.run(engine_.cache->put("k", std::move(value), Millis(60'000))); }
  template <class Condition>
  void run_until(Condition condition) {
    while (!condition()) {
      loop_.io().restart();
      loop_.io().run_one_for(Millis(5));
    }
  }
  bool heard(const std::string& word) const { return server_->heard().find(word) != std::string::npos; }
  /// The engine talks to the server: its GET arrives there.
  void connect() {
    run_until([&] {
      get("first");
      return heard("first");
    });
  }

  fakes::Loop loop_;
  fakes::ManualClock clock_;
  SeededRng rng_{1};
  std::unique_ptr<ScriptedServer> server_;
  RedisEngine engine_;
};

/// Answers what opens a connection, then `rest`.
ScriptedServer::Answer after_ping(ScriptedServer::Answer rest) {
  return [rest = std::move(rest)](const std::string& said) -> std::optional<std::string> {
    return said.find("PING") != std::string::npos ? kPing : rest(said);
  };
}

TEST_F(ScriptedRedis, AServerThatFallsSilentCostsFiveBudgetsAndThenNothing) {
  start(after_ping([](const std::string&) { return std::string(); }));
  connect();
  const auto began = steady_clock::now();
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(get(), std::nullopt);
  }
  EXPECT_GE(steady_clock::now() - began, 4 * kBudget) << "each waited for its budget";
  // The breaker is open: the local memory serves, without waiting for anything.
  put("mine");
  EXPECT_EQ(get(), "mine");
  EXPECT_EQ(server_->heard().find("mine"), std::string::npos) << "the server is left alone";
}

TEST_F(ScriptedRedis, AServerThatNeverAnswersAtAllIsNotWaitedFor) {
  start([](const std::string&) { return std::string(); });
  run_until([&] { return server_->connections() > 0; });
  put("mine");
  EXPECT_EQ(get(), "mine");
  EXPECT_EQ(loop_.run(engine_.rates->take("limit", "a", {1, Millis(1'000)})), Millis(0));
  EXPECT_EQ(loop_.run(engine_.rates->take("limit", "b", {1, Millis(1'000)})), Millis(1'000));
  run_until([&] { return server_->connections() > 2; });
}

TEST_F(ScriptedRedis, GarbageIsAMissAndEndsTheConnection) {
  start(after_ping([](const std::string&) { return std::string("\x16\x03\x01 nonsense\r\n"); }));
  connect();
  EXPECT_EQ(get(), std::nullopt);
  run_until([&] { return server_->connections() > 1; });
}

TEST_F(ScriptedRedis, AnswersThatNobodyAskedForEndTheConnectionOnly) {
  start(after_ping([](const std::string&) { return std::string("$1\r\nx\r\n+OK\r\n+OK\r\n"); }));
  connect();
  get();
  run_until([&] { return server_->connections() > 1; });
}

TEST_F(ScriptedRedis, AnAnswerOfAnotherKindIsAMiss) {
  for (const char* answer : {":7\r\n", "*2\r\n$1\r\na\r\n$1\r\nb\r\n", "-ERR no\r\n", "$-1\r\n", "*-1\r\n"}) {
    start(after_ping([answer](const std::string&) { return std::string(answer); }));
    connect();
    EXPECT_EQ(get(), std::nullopt) << answer;
    EXPECT_FALSE(loop_.run(engine_.cache->add("k", "v", Millis(1'000)))) << answer;
    engine_ = {};
  }
}

TEST_F(ScriptedRedis, AValueThatNobodySealedIsAMissOfTheReader) {
  start(after_ping([](const std::string&) { return std::string("$12\r\nabcdefghijkl\r\n"); }));
  connect();
  const auto value = get();
  EXPECT_EQ(value ? unseal(1, *value) : std::nullopt, std::nullopt);
}

TEST_F(ScriptedRedis, ALimiterThatLiesCostsNoMoreThanAWindow) {
  start(after_ping([](const std::string&) { return std::string(":999999999\r\n"); }));
  connect();
  EXPECT_EQ(loop_.run(engine_.rates->take("limit", "a", {5, Millis(1'000)})), Millis(1'000));
}

TEST_F(ScriptedRedis, AHangUpWakesWhoeverWaits) {
  start(after_ping([](const std::string&) { return std::nullopt; }));
  connect();
  const auto began = steady_clock::now();
  EXPECT_EQ(get(), std::nullopt);
  EXPECT_LT(steady_clock::now() - began, kBudget);
}

TEST_F(ScriptedRedis, ARefusedPasswordIsToldWithoutThePassword) {
  testing::internal::CaptureStderr();
  start([](const std::string&) { return std::string("-ERR unknown command `AUTH`, args: `hunter2`\r\n"); },
        ":hunter2@");
  run_until([&] { return server_->connections() > 1; });
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_THAT(said, HasSubstr("is away (AUTH: ERR)"));
  EXPECT_THAT(said, Not(HasSubstr("hunter2")));
  put("mine");
  EXPECT_EQ(get(), "mine");
}

TEST_F(ScriptedRedis, ManyTriesAreOneLineInTheLogAndFarBetween) {
  testing::internal::CaptureStderr();
  start([](const std::string&) { return std::nullopt; });
  run_until([&] { return server_->connections() > 5; });
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_EQ(said.find("is away"), said.rfind("is away")) << said;
}

/// A real server that goes away and comes back.
class RealRedis : public testing::Test {
 protected:
  void SetUp() override {
    const auto at = test_redis();
    if (!at) {
      GTEST_SKIP() << kNoRedis;
    }
    bench_ = std::make_unique<RedisBench>(*at);
  }
  /// The engine as a user of its own, so that its connection alone can be cut.
  void open_as(const std::string& user) {
    bench_->admin.ask({"ACL", "SETUSER", user, "on", ">s3cret@/", "~test:*", "+@all"});
    bench_->options.address.user = user;
    bench_->options.address.password = Secret("s3cret@/");
    bench_->open();
  }
  std::string raw(const std::string& key) { return bench_->admin.ask({"GET", bench_->prefix + key}).at(0); }
  std::string key(const std::string& name) { return bench_->prefix + name; }

  std::unique_ptr<RedisBench> bench_;
};

TEST_F(RealRedis, KeysStandUnderThePrefixWithTheirTimes) {
  bench_->put("k", "v", Millis(5'000));
  const auto left = bench_->admin.number({"PTTL", key("k")});
  EXPECT_GT(left, 0);
  EXPECT_LE(left, 5'000);
  bench_->take("a", {3, Millis(7'000)});
  EXPECT_LE(bench_->admin.number({"PTTL", key("limit")}), 7'000);
  EXPECT_GT(bench_->admin.number({"PTTL", key("limit")}), 0);
}

TEST_F(RealRedis, AKeyOfAnotherTypeIsAMissAndCanBeWrittenOver) {
  bench_->admin.ask({"RPUSH", key("k"), "a"});
  EXPECT_EQ(bench_->get("k"), std::nullopt);
  bench_->put("k", "v");
  EXPECT_EQ(bench_->get("k"), "v");
  bench_->put("limit", "no log");
  EXPECT_EQ(bench_->take("a", {1, Millis(1'000)}), Millis(0)) << "this process counts alone";
  EXPECT_GT(bench_->take("b", {1, Millis(1'000)}), Millis(0));
}

TEST_F(RealRedis, AMissingRightIsToldOnceAndCostsNoConnection) {
  const std::string user = "poor-" + bench_->rng.hex(4);
  open_as(user);
  bench_->admin.ask({"ACL", "SETUSER", user, "-eval"});
  bench_->put("k", "v");
  testing::internal::CaptureStderr();
  const Rate rate{7, Millis(60'000)};
  for (int i = 0; i < 7; ++i) {
    EXPECT_EQ(bench_->take(std::to_string(i), rate), Millis(0));
  }
  EXPECT_GT(bench_->take("8", rate), Millis(0)) << "this process counts alone";
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_THAT(said, HasSubstr("forbids a command"));
  EXPECT_EQ(said.find("forbids"), said.rfind("forbids"));
  EXPECT_EQ(bench_->get("k"), "v");
  bench_->admin.ask({"ACL", "DELUSER", user});
}

TEST_F(RealRedis, EverythingGoneIsAMiss) {
  bench_->put("k", "v");
  bench_->admin.ask({"DEL", key("k")});
  bench_->admin.ask({"SCRIPT", "FLUSH"});
  EXPECT_EQ(bench_->get("k"), std::nullopt);
  EXPECT_EQ(bench_->take("a", {1, Millis(1'000)}), Millis(0));
}

TEST_F(RealRedis, WhatChangedMeanwhileIsErasedBeforeTheServerIsTrustedAgain) {
  const std::string user = "cut-" + bench_->rng.hex(4);
  open_as(user);
  for (const char* name : {"erased", "replaced", "kept"}) {
    bench_->put(name, "old");
  }
  bench_->admin.ask({"CLIENT", "KILL", "USER", user});
  // The loop has not run: the engine learns of the cut with the first answer it does not get.
  bench_->erase("erased");
  bench_->put("replaced", "new");
  bench_->settle();
  EXPECT_EQ(bench_->get("erased"), std::nullopt);
  EXPECT_EQ(bench_->get("replaced"), std::nullopt) << "a miss: the old value must not come back";
  EXPECT_EQ(bench_->get("kept"), "old");
  bench_->admin.ask({"ACL", "DELUSER", user});
}

TEST_F(RealRedis, TwoProcessesShareALimitAndValues) {
  auto other = make_redis_engine(bench_->loop.executor(), bench_->clock, bench_->rng, bench_->options);
  const auto theirs = [&] { return bench_->loop.run(other.cache->get("k")); };
  bench_->put("k", "v");
  while (theirs() != "v") {
    bench_->loop.io().restart();
    bench_->loop.io().run_one_for(Millis(5));
  }
  const Rate rate{2, Millis(60'000)};
  EXPECT_EQ(bench_->take("a", rate), Millis(0));
  EXPECT_EQ(bench_->loop.run(other.rates->take("limit", "b", rate)), Millis(0));
  EXPECT_GT(bench_->take("c", rate), Millis(0));
}

TEST_F(RealRedis, AnotherDatabaseOfTheServerIsAnotherPlace) {
  bench_->put("k", "in 0");
  bench_->options.address.database = 5;
  bench_->engine = make_redis_engine(bench_->loop.executor(), bench_->clock, bench_->rng, bench_->options);
  bench_->admin.ask({"SELECT", "5"});
  bench_->settle();
  EXPECT_EQ(bench_->get("k"), std::nullopt);
}

TEST_F(RealRedis, AUserAndPasswordOpenIt) {
  const std::string user = "named-" + bench_->rng.hex(4);
  open_as(user);
  bench_->put("k", "v");
  EXPECT_EQ(raw("k"), "v");
  bench_->admin.ask({"ACL", "DELUSER", user});
}

}  // namespace
}  // namespace aisha::cache
