// SPDX-License-Identifier: Apache-2.0
#include "stores/people/favorite_styles.hpp"

#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace favorite_styles = stores::favorite_styles;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FavoriteStyles : public PlanTest {
 protected:
  void set(const char* style, bool on) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { favorite_styles::set(u, user_.id, style, on); }));
    clock_.advance(Millis(1));
  }
  std::vector<std::string> list() {
    return ask([&](UnitOfWork& u) { return favorite_styles::list(u, user_.id); });
  }
  std::vector<std::string> last_made(std::int64_t limit) {
    return ask([&](UnitOfWork& u) { return favorite_styles::last_made(u, user_.id, limit); });
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

TEST_P(FavoriteStyles, AreTakenFirstOfWhichALivePictureWasMadeLast) {
  const Job picture = succeeded("t1");  // "business"
  set("business", true);
  set("royal", true);
  set("noir", true);
  EXPECT_THAT(last_made(2), ElementsAre("business", "noir"));
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::requests::soft_delete(u, picture.id, user_.id); }));
  EXPECT_THAT(last_made(2), ElementsAre("noir", "royal"));
}

TEST_P(FavoriteStyles, TheLastPictureOfAStyleIsFoundByIndex) {
  fill(with_ids("INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id, local_day,"
                " is_imported, status, created_at, finished_at)"
                " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                " SELECT randomblob(16), $1, 's' || (i % 40), 'p', 'm', 0, 1, '2026-01-15', true, 'ready', $2, $2"
                " FROM n"),
       user_.id, db().now());
  analyze();
  EXPECT_THAT(plan_of([&](UnitOfWork& u) { run(favorite_styles::last_made(u, user_.id, 2)); }),
              HasSubstr("generation_by_style"));
}

}  // namespace
}  // namespace aisha
