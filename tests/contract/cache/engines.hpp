// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "base/rng.hpp"
#include "cache/memory/memory_cache.hpp"
#include "cache/memory/memory_rate_limiter.hpp"
#include "cache/redis/redis_cache.hpp"
#include "tests/contract/cache/admin.hpp"
#include "tests/fakes/loop.hpp"
#include "tests/fakes/manual_clock.hpp"

namespace aisha::cache {

inline constexpr const char* kNoRedis = "AISHA_TEST_REDIS is not set: nothing is tried on a real Redis";

/// A place where an engine is tried.
class Bench {
 public:
  virtual ~Bench() = default;
  virtual Cache& cache() = 0;
  virtual RateLimiter& rates() = 0;
  virtual void pass(Millis by) = 0;

  std::optional<std::string> get(std::string key) { return loop.run(cache().get(std::move(key))); }
  void put(std::string key, std::string value, Millis ttl = Millis(60'000)) {
    loop.run(cache().put(std::move(key), std::move(value), ttl));
  }
  bool add(std::string key, std::string value, Millis ttl = Millis(60'000)) {
    return loop.run(cache().add(std::move(key), std::move(value), ttl));
  }
  void erase(std::string key) { loop.run(cache().erase(std::move(key))); }
  Millis take(std::string event, Rate rate, std::string key = "limit") {
    return loop.run(rates().take(std::move(key), std::move(event), rate));
  }

  fakes::Loop loop;
  fakes::ManualClock clock;
};

class MemoryBench final : public Bench {
 public:
  Cache& cache() override { return *cache_; }
  RateLimiter& rates() override { return *rates_; }
  void pass(Millis by) override { clock.advance(by); }

 private:
  std::unique_ptr<Cache> cache_ = make_memory_cache(clock);
  std::unique_ptr<RateLimiter> rates_ = make_memory_rate_limiter(clock);
};

inline std::optional<redis::Address> test_redis() {
  const char* url = std::getenv("AISHA_TEST_REDIS");
  return url == nullptr ? std::nullopt : std::optional(redis::parse_address(url).value());
}

/// An engine on a real server, under a prefix of its own that is empty before and after.
class RedisBench final : public Bench {
 public:
  explicit RedisBench(const redis::Address& at) : admin(at) {
    options.address = at;
    options.prefix = prefix;
    // Nothing here is about being quick, and the machine may be busy.
    options.pace.budget = Millis(5'000);
    open();
  }
  ~RedisBench() override {
    for (const std::string& key : admin.keys(prefix)) {
      admin.ask({"DEL", key});
    }
  }

  /// The engine anew, connected.
  void open() {
    engine = {};
    engine = make_redis_engine(loop.executor(), clock, rng, options);
    settle();
  }
  /// Until the engine works on the server.
  void settle() {
    while (admin.number({"EXISTS", prefix + "there"}) == 0) {
      put("there", "1");
      loop.io().restart();
      loop.io().run_one_for(Millis(5));
    }
    admin.ask({"DEL", prefix + "there"});
  }

  Cache& cache() override { return *engine.cache; }
  RateLimiter& rates() override { return *engine.rates; }
  void pass(Millis by) override { admin.age(prefix, by); }

  Admin admin;
  SystemRng rng;
  std::string prefix = fmt::format("test:{}:{}:", ::getpid(), SystemRng().hex(4));
  RedisOptions options;
  RedisEngine engine;
};

using MakeBench = std::unique_ptr<Bench> (*)();

struct Engine {
  const char* name;
  MakeBench make;  ///< nothing when there is no server
};

/// What every engine must do is tried on each of these.
inline const Engine kEngines[] = {
    {"memory", []() -> std::unique_ptr<Bench> { return std::make_unique<MemoryBench>(); }},
    {"redis",
     []() -> std::unique_ptr<Bench> {
       const auto at = test_redis();
       return at ? std::make_unique<RedisBench>(*at) : nullptr;
     }},
};

class EngineTest : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    bench_ = GetParam().make();
    if (!bench_) {
      GTEST_SKIP() << kNoRedis;
    }
  }
  std::unique_ptr<Bench> bench_;
};

}  // namespace aisha::cache
