// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/support/engine.hpp"

namespace aisha {
namespace {

using sql::Rows;
using sql::Statement;

constexpr sql::Text kPut = "INSERT INTO file_ids (bot_id, photo_key, file_id, updated_at) VALUES ($1, $2, 'f', $3)";
constexpr sql::Text kCount = "SELECT count(*) FROM file_ids";
constexpr sql::Text kFaceOfNobody = "INSERT INTO avatar_faces (avatar_id, photo) VALUES ($1, 'x')";

class Interactive : public testing::DatabaseTest {
 protected:
  std::int64_t count() { return run(db().read(Statement(kCount)))[0].i64(0); }
};

INSTANTIATE_TEST_SUITE_P(Engines, Interactive, ::testing::ValuesIn(testing::engines()), testing::case_name);

Task<std::int64_t> put_two(sql::Database& database, bool commit) {
  auto transaction = co_await database.begin();
  co_await transaction->run(Statement(kPut, 1, "a", database.now()));
  const Rows seen = co_await transaction->run(Statement(kCount));
  co_await transaction->run(Statement(kPut, 1, "b", database.now()));
  if (commit) {
    const auto done = co_await transaction->commit();
    EXPECT_TRUE(done);
  }
  co_return seen[0].i64(0);
}

TEST_P(Interactive, ReadsItsOwnWritesAndCommits) {
  EXPECT_EQ(run(put_two(db(), true)), 1);
  EXPECT_EQ(count(), 2);
}

Task<bool> write_one(sql::Database& database, std::string key) {
  sql::Batch batch;
  batch.push_back({Statement(kPut, 2, std::move(key), database.now()), 1});
  const auto written = co_await database.write(std::move(batch));
  co_return written.has_value();
}

TEST_P(Interactive, DroppedItLeavesNothingAndLetsOthersWrite) {
  run(put_two(db(), false));
  EXPECT_TRUE(run(write_one(db(), "c")));
  EXPECT_EQ(count(), 1);
}

Task<bool> throws_constraint(sql::Transaction& transaction) {
  try {
    Statement face(kFaceOfNobody, Uuid{});
    co_await transaction.run(std::move(face));
  } catch (const sql::ConstraintViolation&) {
    co_return true;
  }
  co_return false;
}

Task<bool> is_poisoned(sql::Transaction& transaction) {
  try {
    co_await transaction.run(Statement(kCount));
  } catch (const sql::Poisoned&) {
    co_return true;
  }
  co_return false;
}

Task<Errc> commit_after_an_error(sql::Database& database) {
  auto transaction = co_await database.begin();
  co_await transaction->run(Statement(kPut, 1, "a", database.now()));
  const bool refused = co_await throws_constraint(*transaction);
  EXPECT_TRUE(refused);
  const bool poisoned = co_await is_poisoned(*transaction);
  EXPECT_TRUE(poisoned);
  const auto done = co_await transaction->commit();
  co_return done ? Errc::start_failed : done.error().code;
}

TEST_P(Interactive, AnErrorPoisonsItEvenWhereTheEngineWouldGoOn) {
  EXPECT_EQ(run(commit_after_an_error(db())), Errc::conflict);
  EXPECT_EQ(count(), 0);
}

Task<std::int64_t> count_up(sql::Database& database, std::int64_t rounds) {
  for (std::int64_t i = 0; i < rounds; ++i) {
    auto transaction = co_await database.begin();
    const Rows rows = co_await transaction->run(Statement(kCount));
    // Two that had read the same count would write the same key.
    co_await transaction->run(Statement(kPut, rows[0].i64(0), "k", database.now()));
    co_await transaction->commit();
  }
  co_return rounds;
}

TEST_P(Interactive, TransactionsExcludeEachOther) {
  std::vector<Task<std::int64_t>> tasks;
  for (int i = 0; i < 8; ++i) {
    tasks.push_back(count_up(db(), 5));
  }
  run_all(std::move(tasks));
  EXPECT_EQ(count(), 40);
}

TEST_P(Interactive, BatchesSentMeanwhileWaitTheirTurn) {
  if (is_inline()) {
    GTEST_SKIP() << "nothing runs meanwhile on one connection";
  }
  std::vector<Task<std::int64_t>> transactions;
  std::vector<Task<bool>> batches;
  for (int i = 0; i < 10; ++i) {
    batches.push_back(write_one(db(), std::to_string(i)));
  }
  transactions.push_back(count_up(db(), 5));
  boost::asio::co_spawn(loop_, std::move(transactions[0]), boost::asio::detached);
  for (const bool written : run_all(std::move(batches))) {
    EXPECT_TRUE(written);
  }
  EXPECT_EQ(count(), 15);
}

}  // namespace
}  // namespace aisha
