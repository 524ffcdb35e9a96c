// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/provider_states.hpp"

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace states = stores::provider_states;
using namespace testing;

class ProviderStates : public StoreTest {
 protected:
  void close() {
    const states::Closed row{Errc::provider_balance, clock_.now() + kLease};
    stores::UnitOfWork unit(db(), rng_);
    run(states::close(unit, "fal", row));
  }
  bool open() {
    return ask([](UnitOfWork& u) { return states::open(u, "fal"); });
  }
  bool take_probe() {
    return ask([](UnitOfWork& u) { return states::take_probe(u, "fal", kLease); });
  }
  std::optional<states::Closed> found() {
    return ask([](UnitOfWork& u) { return states::find(u, "fal"); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, ProviderStates, ::testing::ValuesIn(engines()), case_name);

TEST_P(ProviderStates, k01a_OneProbesAfterTheTimeAndASuccessOpens) {
  EXPECT_FALSE(found());
  EXPECT_FALSE(open());
  close();
  ASSERT_TRUE(found());
  EXPECT_EQ(found()->why, Errc::provider_balance);
  EXPECT_FALSE(take_probe()) << "its time is not over";
  clock_.advance(kLease);
  EXPECT_TRUE(take_probe());
  EXPECT_FALSE(take_probe()) << "one at a time";
  EXPECT_TRUE(open());
  EXPECT_FALSE(found());
  EXPECT_FALSE(take_probe());
}

TEST_P(ProviderStates, k01a_AProbeThatIsNotHeardOfEndsByItself) {
  close();
  clock_.advance(kLease);
  EXPECT_TRUE(take_probe());
  clock_.advance(kLease);
  EXPECT_TRUE(take_probe());
  close();
  clock_.advance(kLease);
  EXPECT_TRUE(take_probe()) << "closing again ends the probe";
}

}  // namespace
}  // namespace aisha
