// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/user_days.hpp"

#include <algorithm>

#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

using namespace testing;
using stores::user_days::Figures;

class OwnFiguresRead : public PlanTest {
 protected:
  void day(const domain::User& user, const char* day, const char* style, std::int64_t made) {
    fill(
        "INSERT INTO user_days (user_id, local_day, style, pictures, made, spent, timed, took_ms)"
        " VALUES ($1, $2, $3, $4, $4, $5, $4, $6)",
        user.id, day, style, made, 5 * made, 8000 * made);
  }
  Figures read(const char* from = "2026-01-01") {
    return ask([&](UnitOfWork& u) { return stores::user_days::figures(u, user_.id, from); });
  }
  static std::int64_t made(const Figures& figures, const char* span, const char* style) {
    std::int64_t out = 0;
    for (const auto& row : figures.rows) {
      out += row.span == span && row.style == style ? row.made : 0;
    }
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, OwnFiguresRead, ::testing::ValuesIn(engines()), case_name);

TEST_P(OwnFiguresRead, ComeByDayFromADayOnAndByMonthBefore) {
  day(user_, "2025-11-30", "noir", 1);
  day(user_, "2025-12-01", "noir", 2);
  day(user_, "2025-12-31", "noir", 4);
  day(user_, "2025-12-31", "", 8);
  day(user_, "2026-01-01", "noir", 16);
  day(user_, "2026-01-02", "noir", 32);
  day(make_user(2002, 0), "2026-01-02", "noir", 64);
  const Figures figures = read();
  EXPECT_EQ(figures.rows.size(), 5U);
  EXPECT_EQ(made(figures, "2025-11", "noir"), 1);
  EXPECT_EQ(made(figures, "2025-12", "noir"), 6);
  EXPECT_EQ(made(figures, "2025-12", ""), 8);
  EXPECT_EQ(made(figures, "2026-01-01", "noir"), 16);
  EXPECT_EQ(made(figures, "2026-01-02", "noir"), 32);
  const auto one = std::ranges::find(figures.rows, "2026-01-02", &stores::user_days::FigureRow::span);
  EXPECT_EQ(one->spent, 160);
  EXPECT_EQ(one->took_ms, 256'000);
  EXPECT_EQ(one->timed, 32);
  EXPECT_EQ(one->pictures, 32);
  EXPECT_EQ(figures.binned, 0);
}

TEST_P(OwnFiguresRead, FavouritesAreThoseThatCanBeLookedAtAndTheTrashIsCounted) {
  const Uuid liked = succeeded("t1").id;
  const Uuid thrown = succeeded("t2").id;
  for (const Uuid& id : {liked, thrown}) {
    fill(
        "INSERT INTO user_saved_images (id, user_id, generation_request_id, is_favorite, saved_at, favorite_at)"
        " VALUES ($1, $2, $3, $4, $5, $5)",
        Uuid::v7(db().now(), rng_), user_.id, id, true, db().now());
  }
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::requests::soft_delete(u, thrown, user_.id); }));
  fill("UPDATE user_saved_images SET in_trash = $1 WHERE generation_request_id = $2", true, thrown);
  const Figures figures = read();
  std::int64_t favourites = 0;
  for (const auto& row : figures.rows) {
    favourites += row.favourites;
    EXPECT_TRUE(row.favourites == 0 || row.span == "2026-01-15");
  }
  EXPECT_EQ(favourites, 1);
  EXPECT_EQ(figures.binned, 1);
}

TEST_P(OwnFiguresRead, AreFoundByIndexes) {
  if (is_postgres()) {
    GTEST_SKIP() << "plans_test asks for a table that has grown";
  }
  const std::string plan =
      plan_of([&](UnitOfWork& u) { return run(stores::user_days::figures(u, user_.id, "2026-01-01")); });
  for (const char* step : {"SEARCH d USING", "SEARCH g USING", "generation_bin (user_id=?"}) {
    EXPECT_THAT(plan, ::testing::HasSubstr(step));
  }
  EXPECT_THAT(plan, ::testing::HasSubstr("saved_favorites (user_id=?"));
}

}  // namespace
}  // namespace aisha
