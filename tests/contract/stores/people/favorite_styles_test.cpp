// SPDX-License-Identifier: Apache-2.0
#include "stores/people/favorite_styles.hpp"

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace favorite_styles = stores::favorite_styles;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FavoriteStyles : public StoreTest {
 protected:
  void set(const char* style, bool on) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { favorite_styles::set(u, user_.id, style, on); }));
    clock_.advance(Millis(1));
  }
  std::vector<std::string> list() {
    return ask([&](UnitOfWork& u) { return favorite_styles::list(u, user_.id); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, FavoriteStyles, ::testing::ValuesIn(engines()), case_name);

TEST_P(FavoriteStyles, AreSetHoweverOftenAndListedLastFirst) {
  set("noir", true);
  set("business", true);
  set("noir", true);
  EXPECT_THAT(list(), ElementsAre("business", "noir"));
  set("business", false);
  set("business", false);
  EXPECT_THAT(list(), ElementsAre("noir"));
  const domain::User other = make_user(2002, 10);
  EXPECT_THAT(ask([&](UnitOfWork& u) { return favorite_styles::list(u, other.id); }), IsEmpty());
}

TEST_P(FavoriteStyles, ThatOfAPictureIsKeptByThePicturesOwnerAlone) {
  const Uuid picture = succeeded("t1").id;  // "business"
  const domain::User other = make_user(2002, 10);
  const auto set_of = [&](const domain::User& who, const Uuid& id, bool on) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { favorite_styles::set_of(u, who.id, id, on); }));
  };
  set_of(other, picture, true);
  set_of(user_, queued().id, true);
  set_of(user_, Uuid::v7(db().now(), rng_), true);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM user_favorite_templates")), 0);
  set_of(user_, picture, true);
  set_of(user_, picture, true);
  EXPECT_THAT(list(), ElementsAre("business"));
  set_of(other, picture, false);
  EXPECT_THAT(list(), ElementsAre("business"));
  set_of(user_, picture, false);
  EXPECT_THAT(list(), IsEmpty());
}

}  // namespace
}  // namespace aisha
