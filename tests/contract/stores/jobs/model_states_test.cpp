// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/model_states.hpp"

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

using namespace testing;
using stores::UnitOfWork;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace states = stores::model_states;

class ModelStates : public StoreTest {
 protected:
  std::vector<states::State> all() {
    return ask([](UnitOfWork& u) { return states::all(u); });
  }
  bool off(const char* why) {
    return ask([&](UnitOfWork& u) { return states::switch_off(u, kModel, why); });
  }
  bool on() {
    return ask([](UnitOfWork& u) { return states::switch_on(u, kModel); });
  }
  void miss() {
    UnitOfWork unit(db(), rng_);
    run(states::missed(unit, kModel));
  }
  void see(const char* price) {
    UnitOfWork unit(db(), rng_);
    run(states::saw(unit, kModel, price));
  }
  static constexpr const char* kModel = "fal-ai/flux-lora";
};

INSTANTIATE_TEST_SUITE_P(Engines, ModelStates, ::testing::ValuesIn(engines()), case_name);

TEST_P(ModelStates, OneIsSwitchedOnceAndItsFirstReasonStays) {
  EXPECT_THAT(all(), IsEmpty());
  EXPECT_FALSE(on()) << "without a row it is on";
  const TimePoint first = clock_.now();
  EXPECT_TRUE(off("provider.gone"));
  clock_.advance(Millis(1'000));
  EXPECT_FALSE(off("operator"));
  ASSERT_THAT(all(), SizeIs(1));
  EXPECT_TRUE(all()[0].is_off);
  EXPECT_EQ(all()[0].reason, "provider.gone");
  EXPECT_EQ(all()[0].changed_at, first);
  EXPECT_TRUE(on());
  EXPECT_FALSE(all()[0].is_off);
  EXPECT_EQ(all()[0].reason, "");
  EXPECT_EQ(all()[0].changed_at, clock_.now());
}

TEST_P(ModelStates, WhatThePriceListSaysSwitchesNothing) {
  const TimePoint first = clock_.now();
  miss();
  clock_.advance(std::chrono::hours(24));
  miss();
  ASSERT_THAT(all(), SizeIs(1));
  EXPECT_FALSE(all()[0].is_off);
  EXPECT_EQ(all()[0].missing_since, first) << "the first of the looks that missed it";
  EXPECT_FALSE(all()[0].seen_at);
  EXPECT_TRUE(off("provider.gone"));
  see("35000/megapixels");
  EXPECT_TRUE(all()[0].is_off);
  EXPECT_EQ(all()[0].price_seen, "35000/megapixels");
  EXPECT_EQ(all()[0].seen_at, clock_.now());
  EXPECT_FALSE(all()[0].missing_since);
  miss();
  EXPECT_TRUE(on());
  EXPECT_FALSE(all()[0].missing_since) << "whoever switches it on begins anew";
}

}  // namespace
}  // namespace aisha
