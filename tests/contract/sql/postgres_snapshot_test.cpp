// SPDX-License-Identifier: Apache-2.0
#include "sql/snapshot.hpp"
#include "tests/contract/support/engine.hpp"

namespace aisha::sql::postgres {
namespace {

constexpr Text kPut =
    "INSERT INTO file_ids (bot_id, photo_key, file_id, updated_at) VALUES ($1, 'k', 'f', $2) ON CONFLICT DO NOTHING";
constexpr Text kCount = "SELECT count(*) FROM file_ids";

class PostgresSnapshot : public aisha::testing::DatabaseTest {
 protected:
  std::unique_ptr<Snapshot> snapshot() {
    Options options;
    options.url = engine_->url();
    options.migrate = false;
    options.snapshot = true;
    auto opened = open(std::move(options), loop_.get_executor());
    return make_snapshot(std::move(opened.value().database));
  }
  Result<Rows> put(Database& to, int bot) {
    Batch batch;
    batch.push_back({Statement(kPut, bot, db().now()), 1});
    return run(to.write(std::move(batch)));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, PostgresSnapshot, ::testing::ValuesIn(aisha::testing::engines()),
                         aisha::testing::case_name);

TEST_P(PostgresSnapshot, SeesOneMomentHoldsNobodyUpAndCannotWrite) {
  if (!is_postgres()) {
    GTEST_SKIP() << "of PostgreSQL";
  }
  ASSERT_TRUE(put(db(), 1));
  const auto seen = snapshot();
  EXPECT_EQ(run(seen->read(Statement(kCount)))[0].i64(0), 1);
  ASSERT_TRUE(put(db(), 2)) << "a writer meanwhile";
  const auto other = run(db().begin());
  ASSERT_TRUE(run(other->commit())) << "an interactive transaction meanwhile";
  EXPECT_EQ(run(seen->read(Statement(kCount)))[0].i64(0), 1);
  run(seen->renew());
  EXPECT_EQ(run(seen->read(Statement(kCount)))[0].i64(0), 2) << "a later moment";
  ASSERT_TRUE(put(db(), 4));
  EXPECT_EQ(run(seen->read(Statement(kCount)))[0].i64(0), 2);
  EXPECT_ANY_THROW(put(*seen, 3));
  EXPECT_ANY_THROW(run(seen->read(Statement("DELETE FROM file_ids"))));
}

TEST_P(PostgresSnapshot, AQuestionMayTakeLongerThanASilentServerIsWaitedFor) {
  if (!is_postgres()) {
    GTEST_SKIP() << "of PostgreSQL";
  }
  const auto seen = snapshot();
  EXPECT_EQ(run(seen->read(Statement("SELECT 1 FROM pg_sleep(7.5)")))[0].i64(0), 1);
}

}  // namespace
}  // namespace aisha::sql::postgres
