// SPDX-License-Identifier: Apache-2.0
// How the engines find the pages of a gallery in tables that have grown.
#include "stores/pictures/own_pages.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace own_pages = stores::own_pages;
using domain::OwnOrder;
using stores::UnitOfWork;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PlanTest;

/// 30,000 pictures of a hundred people over 300 days in three styles, a tenth of them kept.
constexpr const char* kNumbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) ";
constexpr const char* kPeople =
    "INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot, is_blocked, created_at,"
    " updated_at) SELECT randomblob(16), 'p' || i, 'Ann', 'en', false, false, false, $1, $1 FROM n WHERE i <= 100";
constexpr const char* kPictures =
    "INSERT INTO generation_requests (id, user_id, prompt, model, price, chat_id, local_day, status, bucket,"
    " object_key, width, height, bytes, sha256, content_type, created_at, finished_at, template_id)"
    " SELECT randomblob(16), u.id, 'p', 'm', 0, i, (2000 + i / 100) || '-01-15', 'ready', 'b', 'k' || i,"
    " 1, 1, 1, $1, 'image/jpeg', $2, $2, 's' || (i % 3) FROM n JOIN users u ON u.telegram_id = 'p' || (i % 100 + 1)";
constexpr const char* kSaved =
    "INSERT INTO user_saved_images (id, user_id, generation_request_id, is_favorite, is_saved, saved_at, favorite_at)"
    " SELECT randomblob(16), user_id, id, true, true, created_at, created_at FROM generation_requests"
    " WHERE chat_id % 10 = 0";
constexpr const char* kDays =
    "INSERT INTO user_days (user_id, local_day, style, pictures, made) SELECT user_id, local_day, template_id,"
    " count(*), count(*) FROM generation_requests GROUP BY user_id, local_day, template_id";

class OwnPagesPlans : public PlanTest {
 protected:
  OwnPagesPlans() {
    fill(with_ids(std::string(kNumbers) + kPeople), clock_.now());
    fill(with_ids(std::string(kNumbers) + kPictures), std::string(64, 'a'), clock_.now());
    fill(with_ids(kSaved));
    fill(with_ids(kDays));
    analyze();
  }

  /// What has grown is looked up by an index.
  void expect_indexed(const std::string& plan) {
    EXPECT_THAT(plan, Not(ContainsRegex(is_postgres() ? "Seq Scan on (generation_requests|user_days|user_saved_images)"
                                                      : "SCAN (r|n|s|generation_requests|user_)")));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, OwnPagesPlans, ::testing::ValuesIn(testing::engines()), testing::case_name);

TEST_P(OwnPagesPlans, ADayIsReadFromItsCountersAndItsIndex) {
  for (const auto side : {domain::PageStart::Side::older, domain::PageStart::Side::newer}) {
    const std::string plan =
        plan_of([&](UnitOfWork& u) { run(own_pages::page(u, user_.id, "2100-01-15", {side, user_.id}, 9)); });
    expect_indexed(plan);
    EXPECT_THAT(plan, HasSubstr("generation_days")) << plan;
    EXPECT_THAT(plan, HasSubstr(is_postgres() ? "user_days_pkey" : "user_days USING PRIMARY KEY")) << plan;
  }
}

TEST_P(OwnPagesPlans, AMonthIsReadFromItsCounters) {
  const std::string plan = plan_of([&](UnitOfWork& u) { run(own_pages::month(u, user_.id, "2100-01")); });
  expect_indexed(plan);
  EXPECT_THAT(plan, Not(HasSubstr("generation_requests")));
}

TEST_P(OwnPagesPlans, APictureAndItsNeighboursAreReadFromTheIndexOfItsOrder) {
  const auto plan = [&](OwnOrder order) {
    return plan_of([&](UnitOfWork& u) { run(own_pages::picture(u, user_.id, user_.id, order)); });
  };
  expect_indexed(plan(OwnOrder::days));
  EXPECT_THAT(plan(OwnOrder::days), HasSubstr("generation_days"));
  expect_indexed(plan(OwnOrder::favorites));
  EXPECT_THAT(plan(OwnOrder::favorites), HasSubstr("saved_favorites"));
  expect_indexed(plan(OwnOrder::saved));
  EXPECT_THAT(plan(OwnOrder::saved), HasSubstr("saved_kept"));
}

TEST_P(OwnPagesPlans, WhatIsDrawnIsReadByItsKeys) {
  const std::string cells =
      plan_of([&](UnitOfWork& u) { run(own_pages::cells(u, user_.id, {user_.id, user_.id}, false)); });
  expect_indexed(cells);
  const std::string removed = plan_of([&](UnitOfWork& u) { run(own_pages::count_removed(u, user_.id)); });
  EXPECT_THAT(removed, HasSubstr("generation_bin"));
}

}  // namespace
}  // namespace aisha
