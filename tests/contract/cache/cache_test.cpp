// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>

#include "cache/keys.hpp"
#include "cache/memory/memory_cache.hpp"
#include "cache/versioned.hpp"

/// What every Cache engine must do; a further engine joins by one more Engine below.
namespace aisha::cache {
namespace {

class HandClock final : public Clock {
 public:
  TimePoint now() const override { return now_; }
  Task<void> sleep(Millis delay) override {
    now_ += delay;
    co_return;
  }
  void advance(Millis by) { now_ += by; }

 private:
  TimePoint now_ = from_epoch_ms(1'700'000'000'000);
};

struct Engine {
  std::string name;
  std::function<std::unique_ptr<Cache>(HandClock&)> make;
};

class CacheContract : public testing::TestWithParam<Engine> {
 protected:
  CacheContract() : cache_(GetParam().make(clock_)) {}

  std::optional<std::string> get(const std::string& key) {
    std::optional<std::string> out;
    boost::asio::co_spawn(loop_, cache_->get(key),
                          [&](const std::exception_ptr& thrown, std::optional<std::string> got) {
                            EXPECT_FALSE(thrown);
                            out = std::move(got);
                          });
    run();
    return out;
  }
  void put(const std::string& key, const std::string& value, Millis ttl) {
    boost::asio::co_spawn(loop_, cache_->put(key, value, ttl), [](const std::exception_ptr& t) { EXPECT_FALSE(t); });
    run();
  }
  void erase(const std::string& key) {
    boost::asio::co_spawn(loop_, cache_->erase(key), [](const std::exception_ptr& t) { EXPECT_FALSE(t); });
    run();
  }
  void run() {
    loop_.restart();
    loop_.run();
  }

  boost::asio::io_context loop_;
  HandClock clock_;
  std::unique_ptr<Cache> cache_;
};

TEST_P(CacheContract, KeepsAValueUntilItsTimeIsOver) {
  put("k", "v", Millis(1000));
  clock_.advance(Millis(999));
  EXPECT_EQ(get("k"), "v");
  clock_.advance(Millis(1));
  EXPECT_EQ(get("k"), std::nullopt);
}

TEST_P(CacheContract, AnAbsentKeyIsAMiss) {
  EXPECT_EQ(get("nothing"), std::nullopt);
}

TEST_P(CacheContract, ALaterPutReplacesValueAndTime) {
  put("k", "old", Millis(1000));
  put("k", "new", Millis(5000));
  clock_.advance(Millis(3000));
  EXPECT_EQ(get("k"), "new");
}

TEST_P(CacheContract, EraseForgetsAndMayBeRepeated) {
  put("k", "v", Millis(1000));
  erase("k");
  erase("k");
  EXPECT_EQ(get("k"), std::nullopt);
}

TEST_P(CacheContract, ValuesAreBytes) {
  const std::string bytes("\0\xff\r\n binary", 11);
  put("k", bytes, Millis(1000));
  EXPECT_EQ(get("k"), bytes);
  put("k", "", Millis(1000));
  EXPECT_EQ(get("k"), "");
}

TEST_P(CacheContract, AnEntryOfAnotherVersionOrDamagedIsAMiss) {
  put("k", seal(2, "value"), Millis(1000));
  const auto stored = get("k");
  ASSERT_TRUE(stored);
  EXPECT_EQ(unseal(2, *stored), "value");
  EXPECT_EQ(unseal(3, *stored), std::nullopt);
  std::string damaged = *stored;
  damaged.back() = 'x';
  EXPECT_EQ(unseal(2, damaged), std::nullopt);
  EXPECT_EQ(unseal(2, "short"), std::nullopt);
  EXPECT_EQ(unseal(2, ""), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Engines, CacheContract,
                         testing::Values(Engine{"memory", [](HandClock& clock) { return make_memory_cache(clock); }}),
                         [](const auto& info) { return info.param.name; });

class MemoryCacheLimits : public testing::Test {
 protected:
  void use(MemoryLimits limits) { cache_ = make_memory_cache(clock_, limits); }
  void put(std::string key, std::string value) {
    boost::asio::co_spawn(loop_, cache_->put(std::move(key), std::move(value), Millis(1000)), [](auto) {});
    loop_.restart();
    loop_.run();
  }
  bool has(std::string key) {
    bool out = false;
    boost::asio::co_spawn(loop_, cache_->get(std::move(key)), [&](auto, auto got) { out = got.has_value(); });
    loop_.restart();
    loop_.run();
    return out;
  }

  boost::asio::io_context loop_;
  HandClock clock_;
  std::unique_ptr<Cache> cache_;
};

TEST_F(MemoryCacheLimits, TheLeastRecentlyUsedGoesFirst) {
  use({.entries = 2, .bytes = 1000});
  put("a", "1");
  put("b", "2");
  EXPECT_TRUE(has("a"));
  put("c", "3");
  EXPECT_TRUE(has("a"));
  EXPECT_FALSE(has("b"));
  EXPECT_TRUE(has("c"));
}

TEST_F(MemoryCacheLimits, BytesCountWithTheirKeysAndAGiantIsNotKept) {
  use({.entries = 100, .bytes = 10});
  put("a", "1234");
  put("b", "1234");
  EXPECT_TRUE(has("a"));
  put("c", "1");
  EXPECT_FALSE(has("b"));
  put("giant", "123456");
  EXPECT_FALSE(has("giant"));
  EXPECT_TRUE(has("a")) << "a giant pushes nothing out";
}

TEST(CacheKeys, AreTheRegisteredNamesAndTimes) {
  const Uuid id = *Uuid::parse("018f0000-0000-7000-8000-000000000001");
  const auto is = [](const keys::Entry& entry, std::string_view key, std::int64_t seconds) {
    EXPECT_EQ(entry.key, key);
    EXPECT_EQ(entry.ttl.count(), seconds * 1000) << key;
  };
  is(keys::templates(), "generation:templates:v1", 3600);
  is(keys::categories("style"), "generation:categories:style", 3600);
  is(keys::popular(), "generation:popular:30d", 1800);
  is(keys::favorites(id), "generation:favorites:" + id.to_string(), 86'400);
  is(keys::history(id), "generation:history:" + id.to_string(), 3600);
  is(keys::stats(id), "generation:stats:" + id.to_string(), 3600);
  is(keys::progress(id), "generation:progress:" + id.to_string(), 300);
  EXPECT_EQ(keys::analytics_daily().key, "generation:analytics:daily");
}

}  // namespace
}  // namespace aisha::cache
