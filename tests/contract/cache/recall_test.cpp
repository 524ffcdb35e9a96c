// SPDX-License-Identifier: Apache-2.0
#include "cache/recall.hpp"

#include "tests/contract/cache/engines.hpp"

namespace aisha::cache {
namespace {

/// Copies of the truth, on each engine.
class RecallContract : public EngineTest {
 protected:
  std::optional<std::string> recalled(std::uint32_t version = 1) {
    return bench_->loop.run(recall(bench_->cache(), entry_, version));
  }
  void kept(std::string value) { bench_->loop.run(keep(bench_->cache(), entry_, 1, std::move(value))); }
  void forgotten() { bench_->loop.run(forget(bench_->cache(), entry_)); }

  keys::Entry entry_{"copy", keys::kHour};
};

TEST_P(RecallContract, WhatWasKeptIsRecalledInItsFormatOnly) {
  EXPECT_EQ(recalled(), std::nullopt);
  kept("five");
  EXPECT_EQ(recalled(), "five");
  EXPECT_EQ(recalled(2), std::nullopt);
  bench_->pass(keys::kHour);
  EXPECT_EQ(recalled(), std::nullopt);
}

TEST_P(RecallContract, AReaderSlowerThanAWriterKeepsNothingOld) {
  kept("five");
  forgotten();
  EXPECT_EQ(recalled(), std::nullopt);
  kept("five");
  EXPECT_EQ(recalled(), std::nullopt) << "read before the commit, kept after it";
  bench_->pass(Millis(10'000));
  kept("six");
  EXPECT_EQ(recalled(), "six");
}

TEST_P(RecallContract, RubbishIsAMissAndMakesRoomForAWriter) {
  bench_->put(entry_.key, "rubbish of some length");
  EXPECT_EQ(recalled(), std::nullopt);
  forgotten();
  bench_->pass(Millis(10'000));
  kept("six");
  EXPECT_EQ(recalled(), "six");
}

constexpr auto kName = [](const auto& info) { return info.param.name; };
INSTANTIATE_TEST_SUITE_P(Engines, RecallContract, testing::ValuesIn(kEngines), kName);

}  // namespace
}  // namespace aisha::cache
