// SPDX-License-Identifier: Apache-2.0
// How the engines find what people like in tables that have grown.
#include "stores/tastes/own_styles.hpp"
#include "stores/tastes/style_days.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

using stores::UnitOfWork;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PlanTest;
namespace own_styles = stores::own_styles;
namespace style_days = stores::style_days;

constexpr const char* kNumbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) ";
constexpr const char* kPeople =
    "INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot, is_blocked, created_at,"
    " updated_at) SELECT randomblob(16), 'p' || i, 'Ann', 'en', false, false, false, $1, $1 FROM n WHERE i <= 2000";
constexpr const char* kDays =
    "INSERT INTO user_days (user_id, local_day, style, made) SELECT id, '2026-01-0' || d.n, 'noir', 1 FROM users,"
    " (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) d";
constexpr const char* kPictures =
    "INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id, local_day, status,"
    " bucket, object_key, width, height, bytes, sha256, content_type, created_at, finished_at)"
    " SELECT randomblob(16), $1, 'noir', 'p', 'm', 0, i, '2026-01-15', 'ready', 'b', 'k' || i, 1, 1, 1, $2,"
    " 'image/jpeg', $3, CASE WHEN i <= 19000 THEN $3 ELSE $4 END FROM n";

class TastePlans : public PlanTest {
 protected:
  TastePlans() {
    fill(with_ids(std::string(kNumbers) + kPeople), clock_.now());
    fill(with_ids(kDays));
    fill(with_ids(std::string(kNumbers) + kPictures), user_.id, std::string(64, 'a'), clock_.now(),
         clock_.now() + std::chrono::hours(240));
    analyze();
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, TastePlans, ::testing::ValuesIn(testing::engines()), testing::case_name);

TEST_P(TastePlans, APersonsStylesAreOneStretchOfTheKey) {
  const std::string plan = plan_of([&](UnitOfWork& u) { run(own_styles::of(u, user_.id, "2026-01-03")); });
  EXPECT_THAT(plan, HasSubstr(is_postgres() ? "user_days_pkey" : "PRIMARY KEY (user_id=? AND local_day>?)"));
  EXPECT_THAT(plan, Not(AnyOf(HasSubstr("Seq Scan"), HasSubstr("SCAN user_days"))));
}

TEST_P(TastePlans, APageOfEverybodysDaysIsOneStretchOfTheKey) {
  const std::string plan = plan_of([&](UnitOfWork& u) { run(own_styles::behind(u, {user_.id, "", ""}, 50)); });
  EXPECT_THAT(plan, HasSubstr(is_postgres() ? "user_days_pkey" : "PRIMARY KEY ((user_id,local_day,style)>(?,?,?))"));
  EXPECT_THAT(plan, Not(AnyOf(HasSubstr("Sort"), HasSubstr("TEMP B-TREE"))));
}

TEST_P(TastePlans, ADayIsCountedFromWhatWasFinishedOnIt) {
  const auto day = std::chrono::floor<std::chrono::days>(clock_.now() + std::chrono::hours(240));
  const std::string plan = plan_of(
      [&](UnitOfWork& u) {
        style_days::count(u, day);
        run(u.commit()).value();
      },
      1);
  EXPECT_THAT(plan, HasSubstr("generation_done"));
  EXPECT_THAT(plan, Not(HasSubstr("Seq Scan")));
}

TEST_P(TastePlans, PeopleAreCountedAmongTheNewestPicturesOnly) {
  const std::string plan = plan_of([&](UnitOfWork& u) { run(style_days::people_since(u, clock_.now(), 5'000)); });
  EXPECT_THAT(plan, HasSubstr("generation_done"));
  EXPECT_THAT(plan, Not(HasSubstr("Seq Scan")));
}

}  // namespace
}  // namespace aisha
