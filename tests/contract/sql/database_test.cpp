// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/contract/support/engine.hpp"

namespace aisha {
namespace {

using sql::Batch;
using sql::Rows;
using sql::Statement;
using testing::DatabaseTest;
using ::testing::StartsWith;

constexpr sql::Text kPut =
    "INSERT INTO file_ids (bot_id, photo_key, file_id, updated_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
constexpr sql::Text kCount = "SELECT count(*) FROM file_ids";
constexpr sql::Text kFaceOfNobody = "INSERT INTO avatar_faces (avatar_id, photo) VALUES ($1, 'x')";

class Sql : public DatabaseTest {
 protected:
  Statement put(int bot, std::string key) { return Statement(kPut, bot, std::move(key), "f", db().now()); }
  std::int64_t count() { return run(db().read(Statement(kCount)))[0].i64(0); }
  Result<Rows> write(Batch batch) { return run(db().write(std::move(batch))); }
};

INSTANTIATE_TEST_SUITE_P(Engines, Sql, ::testing::ValuesIn(testing::engines()), testing::case_name);

TEST_P(Sql, EveryKindOfValueComesBackAsItWent) {
  const Uuid id = Uuid::v7(db().now(), rng_);
  const std::string bytes("\0\1\2", 3);
  const Rows rows = run(db().read(Statement("SELECT $1, $2, $3, $4, $5, $6, $7, $8", std::int64_t{-5}, 2.5, "Привет",
                                            sql::Bytes{bytes}, true, id, db().now(), nullptr)));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].i64(0), -5);
  EXPECT_EQ(rows[0].real(1), 2.5);
  EXPECT_EQ(rows[0].text(2), "Привет");
  EXPECT_EQ(rows[0].bytes(3), bytes);
  EXPECT_TRUE(rows[0].boolean(4));
  EXPECT_EQ(rows[0].uuid(5), id);
  EXPECT_EQ(rows[0].time(6), db().now());
  EXPECT_TRUE(rows[0].is_null(7));
  EXPECT_EQ(rows[0].text(7), "");
  EXPECT_EQ(rows[0].opt_time(7), std::nullopt);
}

TEST_P(Sql, ParametersMayRepeatAndStandInAnyOrder) {
  const Rows rows = run(db().read(Statement("SELECT $2, $1, $2", "a", "b")));
  EXPECT_EQ(rows[0].text(0) + rows[0].text(1) + rows[0].text(2), "bab");
}

TEST_P(Sql, AColumnOfAnotherKindIsRefused) {
  const Rows rows = run(db().read(Statement("SELECT 'text'")));
  EXPECT_THROW(rows[0].i64(0), std::logic_error);
  EXPECT_THROW(rows[0].text(1), std::logic_error);
}

TEST_P(Sql, AWrongNumberOfParametersIsABug) {
  EXPECT_THROW(run(db().read(Statement("SELECT $1, $2", 1))), std::logic_error);
}

TEST_P(Sql, SqlThatTheEngineRefusesIsABug) {
  EXPECT_THROW(run(db().read(Statement("SELEKT 1"))), std::logic_error);
}

TEST_P(Sql, ABatchIsKeptWhole) {
  Batch batch;
  batch.push_back({put(1, "a"), 1});
  batch.push_back({put(1, "b"), 1});
  ASSERT_TRUE(write(std::move(batch)));
  EXPECT_EQ(count(), 2);
}

TEST_P(Sql, AWrongRowCountUndoesTheBatchAndNamesTheStatement) {
  Batch batch;
  batch.push_back({put(1, "a"), 1});
  batch.push_back({put(1, "a"), 1});
  batch.push_back({put(1, "c"), 1});
  const auto written = write(std::move(batch));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::conflict);
  EXPECT_EQ(std::get<about::RowAt>(written.error().about).index, 1U);
  EXPECT_EQ(count(), 0);
}

TEST_P(Sql, ADuplicateIsARowCountAndNotAnError) {
  Batch batch;
  batch.push_back({put(1, "a"), 1});
  batch.push_back({put(1, "a"), 0});
  batch.push_back({put(1, "a"), std::nullopt});
  const auto written = write(std::move(batch));
  ASSERT_TRUE(written);
  EXPECT_EQ(written->affected(), 1);
}

TEST_P(Sql, RowsOfReturningClausesAreJoinedInOrder) {
  Batch batch;
  for (const char* key : {"a", "b", "a"}) {
    Statement insert(
        "INSERT INTO file_ids (bot_id, photo_key, file_id, updated_at) VALUES (1, $1, 'f', $2)"
        " ON CONFLICT DO NOTHING RETURNING photo_key",
        key, db().now());
    batch.push_back({std::move(insert), std::nullopt});
  }
  const auto written = write(std::move(batch));
  ASSERT_TRUE(written);
  ASSERT_EQ(written->size(), 2U);
  EXPECT_EQ((*written)[0].text(0) + (*written)[1].text(0), "ab");
}

TEST_P(Sql, AWallOfTheSchemaThrowsAndUndoesTheBatch) {
  Batch batch;
  batch.push_back({put(1, "a"), 1});
  batch.push_back({Statement(kFaceOfNobody, Uuid{}), 1});
  EXPECT_THROW(write(std::move(batch)), sql::ConstraintViolation);
  EXPECT_EQ(count(), 0);
}

TEST_P(Sql, OneFailingUnitDoesNotDisturbThoseWrittenBesideIt) {
  std::vector<Task<Result<Rows>>> tasks;
  for (int i = 0; i < 40; ++i) {
    Batch batch;
    batch.push_back({put(i, "mine"), 1});
    // Every fourth one trips over the row it has just written itself.
    batch.push_back({put(i, i % 4 == 0 ? "mine" : "more"), 1});
    tasks.push_back(db().write(std::move(batch)));
  }
  const auto results = run_all(std::move(tasks));
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(results[i].has_value(), i % 4 != 0) << i;
  }
  EXPECT_EQ(count(), 60);
}

Task<bool> breaks_a_wall(sql::Database& database, Batch batch) {
  try {
    co_await database.write(std::move(batch));
  } catch (const sql::ConstraintViolation&) {
    co_return true;
  }
  co_return false;
}

TEST_P(Sql, OneUnitThatBreaksAWallDoesNotDisturbThoseWrittenBesideIt) {
  std::vector<Task<bool>> tasks;
  for (int i = 0; i < 20; ++i) {
    Batch batch;
    batch.push_back({put(i, "mine"), 1});
    if (i % 5 == 0) {
      batch.push_back({Statement(kFaceOfNobody, Uuid{}), 1});
    }
    tasks.push_back(breaks_a_wall(db(), std::move(batch)));
  }
  const auto broke = run_all(std::move(tasks));
  for (std::size_t i = 0; i < broke.size(); ++i) {
    EXPECT_EQ(broke[i], i % 5 == 0) << i;
  }
  EXPECT_EQ(count(), 16);
}

TEST_P(Sql, UnitsWrittenBesideEachOtherAreAppliedInTheirOrder) {
  if (is_postgres()) {
    GTEST_SKIP() << "several connections commit side by side";
  }
  std::vector<Task<Result<Rows>>> tasks;
  for (int i = 0; i < 30; ++i) {
    Statement insert(
        "INSERT INTO file_ids (bot_id, photo_key, file_id, updated_at)"
        " SELECT $1, count(*), 'f', $2 FROM file_ids",
        i, db().now());
    Batch batch;
    batch.push_back({std::move(insert), 1});
    tasks.push_back(db().write(std::move(batch)));
  }
  run_all(std::move(tasks));
  const Rows rows = run(db().read(Statement("SELECT count(*) FROM file_ids WHERE CAST(bot_id AS TEXT) = photo_key")));
  EXPECT_EQ(rows[0].i64(0), 30);
}

Task<std::int64_t> write_then_read(sql::Database& database, Statement statement) {
  Batch batch;
  batch.push_back({std::move(statement), 1});
  co_await database.write(std::move(batch));
  const Rows rows = co_await database.read(Statement(kCount));
  const Rows scanned = co_await database.read(Statement(kCount).scan());
  co_return rows[0].i64(0) * 100 + scanned[0].i64(0);
}

TEST_P(Sql, AReadSeesWhatWasWrittenBefore) {
  for (int i = 1; i <= 20; ++i) {
    EXPECT_EQ(run(write_then_read(db(), put(i, "k"))), i * 101);
  }
}

Task<bool> reads_between_writes(sql::Database& database, std::int64_t bot) {
  bool seen = true;
  for (std::int64_t i = 1; i <= 10; ++i) {
    Batch batch;
    batch.push_back({Statement(kPut, bot, std::to_string(i), "f", database.now()), 1});
    co_await database.write(std::move(batch));
    Statement mine("SELECT count(*) FROM file_ids WHERE bot_id = $1", bot);
    const Rows rows = co_await database.read(std::move(mine));
    seen = seen && rows[0].i64(0) == i;
  }
  co_return seen;
}

TEST_P(Sql, EachReadSeesTheAnsweredWritesWhileOthersReadAndWriteBesideIt) {
  std::vector<Task<bool>> tasks;
  for (std::int64_t bot = 0; bot < 20; ++bot) {
    tasks.push_back(reads_between_writes(db(), bot));
  }
  const auto seen = run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count(seen, true), 20);
}

TEST_P(Sql, AReadCannotWrite) {
  if (is_inline()) {
    GTEST_SKIP() << "one connection serves both";
  }
  EXPECT_ANY_THROW(run(db().read(Statement("DELETE FROM file_ids"))));
}

TEST_P(Sql, TheClockIsTheOneOfTheDatabase) {
  const TimePoint before = db().now();
  clock_.advance(Millis(1500));
  EXPECT_EQ(db().now() - before, Millis(1500));
}

}  // namespace
}  // namespace aisha
