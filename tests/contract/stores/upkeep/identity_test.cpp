// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/identity.hpp"

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace identity = stores::identity;
using namespace testing;

class Identity : public StoreTest {
 protected:
  Uuid id() {
    return ask([](UnitOfWork& u) { return identity::load(u); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Identity, ::testing::ValuesIn(engines()), case_name);

TEST_P(Identity, EveryDatabaseIsMadeWithAnIdThatStays) {
  EXPECT_FALSE(id().is_nil());
  EXPECT_EQ(id(), id());
  // The test before this one had a database of its own.
  static std::vector<Uuid> seen;
  EXPECT_THAT(seen, ::testing::Not(::testing::Contains(id())));
  seen.push_back(id());
}

TEST_P(Identity, ACopyIsMadeAnother) {
  const Uuid another = Uuid::v7(db().now(), rng_);
  EXPECT_TRUE(write([&](UnitOfWork& u) { u.write(identity::renewal(another)); }));
  EXPECT_EQ(id(), another);
}

}  // namespace
}  // namespace aisha
