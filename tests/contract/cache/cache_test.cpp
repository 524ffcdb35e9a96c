// SPDX-License-Identifier: Apache-2.0
#include "cache/cache.hpp"

#include "cache/keys.hpp"
#include "cache/versioned.hpp"
#include "tests/contract/cache/engines.hpp"

namespace aisha::cache {
namespace {

class CacheContract : public EngineTest {};

TEST_P(CacheContract, KeepsAValueUntilItsTimeIsOver) {
  bench_->put("k", "v", Millis(100'000));
  bench_->pass(Millis(50'000));
  EXPECT_EQ(bench_->get("k"), "v");
  bench_->pass(Millis(50'000));
  EXPECT_EQ(bench_->get("k"), std::nullopt);
}

TEST_P(CacheContract, AnAbsentKeyIsAMiss) {
  EXPECT_EQ(bench_->get("nothing"), std::nullopt);
}

TEST_P(CacheContract, ALaterPutReplacesValueAndTime) {
  bench_->put("k", "old", Millis(100'000));
  bench_->put("k", "new", Millis(500'000));
  bench_->pass(Millis(300'000));
  EXPECT_EQ(bench_->get("k"), "new");
}

TEST_P(CacheContract, AddPutsOnlyWhereNoValueIs) {
  EXPECT_TRUE(bench_->add("k", "first", Millis(100'000)));
  EXPECT_FALSE(bench_->add("k", "second", Millis(900'000)));
  EXPECT_EQ(bench_->get("k"), "first");
  bench_->pass(Millis(100'000));
  EXPECT_TRUE(bench_->add("k", "third", Millis(100'000))) << "the time of the first is over";
  EXPECT_EQ(bench_->get("k"), "third");
}

TEST_P(CacheContract, EraseForgetsAndMayBeRepeated) {
  bench_->put("k", "v");
  bench_->erase("k");
  bench_->erase("k");
  EXPECT_EQ(bench_->get("k"), std::nullopt);
}

TEST_P(CacheContract, NoTimeAtAllIsNotKept) {
  bench_->put("k", "old");
  bench_->put("k", "v", Millis(0));
  EXPECT_EQ(bench_->get("k"), std::nullopt);
}

TEST_P(CacheContract, ValuesAreBytes) {
  const std::string bytes("\0\xff\r\n binary", 11);
  bench_->put("k", bytes);
  EXPECT_EQ(bench_->get("k"), bytes);
  bench_->put("k", "");
  EXPECT_EQ(bench_->get("k"), "");
}

TEST_P(CacheContract, AMegabyteComesBackWhole) {
  std::string large(1 << 20, 'x');
  large.back() = 'y';
  bench_->put("k", large);
  EXPECT_EQ(bench_->get("k"), large);
}

TEST_P(CacheContract, AnEntryOfAnotherVersionOrDamagedIsAMiss) {
  bench_->put("k", seal(2, "value"));
  const auto stored = bench_->get("k");
  ASSERT_TRUE(stored);
  EXPECT_EQ(unseal(2, *stored), "value");
  EXPECT_EQ(unseal(3, *stored), std::nullopt);
  std::string damaged = *stored;
  damaged.back() = 'x';
  EXPECT_EQ(unseal(2, damaged), std::nullopt);
  EXPECT_EQ(unseal(2, "short"), std::nullopt);
  EXPECT_EQ(unseal(2, ""), std::nullopt);
}

class RateContract : public EngineTest {};

constexpr Rate kTwoAMinute{2, Millis(60'000)};

TEST_P(RateContract, AllowsSoManyEventsInAnyWindowAndNamesTheWait) {
  EXPECT_EQ(bench_->take("a", kTwoAMinute), Millis(0));
  bench_->pass(Millis(20'000));
  EXPECT_EQ(bench_->take("b", kTwoAMinute), Millis(0));
  const Millis wait = bench_->take("c", kTwoAMinute);
  EXPECT_LE(wait, Millis(40'000));
  EXPECT_GT(wait, Millis(30'000)) << "until the oldest leaves the window";
  bench_->pass(Millis(40'000));
  EXPECT_EQ(bench_->take("c", kTwoAMinute), Millis(0));
  EXPECT_GT(bench_->take("d", kTwoAMinute), Millis(0)) << "b is still in the window";
}

TEST_P(RateContract, ARefusedEventDoesNotCount) {
  bench_->take("a", kTwoAMinute);
  bench_->take("b", kTwoAMinute);
  for (int i = 0; i < 20; ++i) {
    EXPECT_GT(bench_->take("more" + std::to_string(i), kTwoAMinute), Millis(0));
  }
  bench_->pass(Millis(60'000));
  EXPECT_EQ(bench_->take("c", kTwoAMinute), Millis(0));
}

TEST_P(RateContract, ARepeatedEventCountsOnceAndIsAllowed) {
  EXPECT_EQ(bench_->take("a", kTwoAMinute), Millis(0));
  EXPECT_EQ(bench_->take("a", kTwoAMinute), Millis(0));
  EXPECT_EQ(bench_->take("b", kTwoAMinute), Millis(0));
  EXPECT_EQ(bench_->take("a", kTwoAMinute), Millis(0)) << "it was allowed when it came first";
  EXPECT_GT(bench_->take("c", kTwoAMinute), Millis(0));
}

TEST_P(RateContract, KeysHaveLimitsOfTheirOwn) {
  const Rate one{1, Millis(60'000)};
  EXPECT_EQ(bench_->take("a", one, "limit:x"), Millis(0));
  EXPECT_GT(bench_->take("b", one, "limit:x"), Millis(0));
  EXPECT_EQ(bench_->take("b", one, "limit:y"), Millis(0));
}

TEST_P(RateContract, ARateOfNothingAllowsNothing) {
  EXPECT_EQ(bench_->take("a", {0, Millis(60'000)}), Millis(60'000));
}

constexpr auto kName = [](const auto& info) { return info.param.name; };
INSTANTIATE_TEST_SUITE_P(Engines, CacheContract, testing::ValuesIn(kEngines), kName);
INSTANTIATE_TEST_SUITE_P(Engines, RateContract, testing::ValuesIn(kEngines), kName);

class MemoryCacheLimits : public testing::Test {
 protected:
  void use(MemoryLimits limits) { cache_ = make_memory_cache(clock_, limits); }
  void put(std::string key, std::string value, Millis ttl = Millis(1000)) {
    loop_.run(cache_->put(std::move(key), std::move(value), ttl));
  }
  bool has(std::string key) { return loop_.run(cache_->get(std::move(key))).has_value(); }

  fakes::Loop loop_;
  fakes::ManualClock clock_;
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

TEST_F(MemoryCacheLimits, NoValueLivesLongerThanTheCacheAllows) {
  use({.longest = Millis(500)});
  put("a", "1", Millis(10'000));
  clock_.advance(Millis(499));
  EXPECT_TRUE(has("a"));
  clock_.advance(Millis(1));
  EXPECT_FALSE(has("a"));
}

TEST(MemoryRateLimits, TheKeyQuietForLongestIsForgotten) {
  fakes::Loop loop;
  fakes::ManualClock clock;
  const auto rates = make_memory_rate_limiter(clock, 2);
  const auto take = [&](std::string key, std::string event) {
    return loop.run(rates->take(std::move(key), std::move(event), Rate{1, Millis(60'000)}));
  };
  take("a", "1");
  take("b", "1");
  EXPECT_GT(take("a", "2"), Millis(0));
  take("c", "1");
  EXPECT_GT(take("a", "2"), Millis(0));
  EXPECT_EQ(take("b", "2"), Millis(0));
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
  EXPECT_EQ(keys::request_rate(id), "limit:requests:" + id.to_string());
  EXPECT_EQ(keys::update_rate(42), "limit:updates:42");
  EXPECT_EQ(keys::analytics_daily().key, "generation:analytics:daily");
}

}  // namespace
}  // namespace aisha::cache
