// SPDX-License-Identifier: Apache-2.0
#include "sql/snapshot.hpp"

#include <stdexcept>

#include "sql/sqlite/sqlite_database.hpp"
#include "tests/contract/support/engine.hpp"

namespace aisha::sql {
namespace {

using namespace aisha::testing;

class SqliteSnapshot : public ::testing::Test {
 protected:
  SqliteSnapshot() {
    sqlite::Options options;
    options.path = (folder_.path() / "a.db").string();
    options.inline_mode = true;
    database_ = std::move(sqlite::open(std::move(options), loop_.get_executor()).value().database);
  }
  template <class T>
  T run(Task<T> task) {
    std::optional<T> out;
    std::exception_ptr failure;
    boost::asio::co_spawn(loop_, std::move(task), [&](std::exception_ptr e, T value) {
      failure = e;
      out = std::move(value);
    });
    loop_.restart();
    loop_.run();
    if (failure) {
      std::rethrow_exception(failure);
    }
    return std::move(*out);
  }
  void run_void(Task<void> task) {
    boost::asio::co_spawn(loop_, std::move(task), boost::asio::detached);
    loop_.restart();
    loop_.run();
  }
  std::int64_t files(Database& database) {
    return run(database.read(Statement("SELECT count(*) FROM file_ids")))[0].i64(0);
  }
  void add(const char* key) {
    Batch batch;
    batch.push_back({Statement("INSERT INTO file_ids (bot_id, photo_key, file_id, updated_at) VALUES (1, $1, 'f', 0)",
                               std::string(key)),
                     1});
    ASSERT_TRUE(run(database_->write(std::move(batch))));
  }

  TempFolder folder_;
  boost::asio::io_context loop_;
  std::unique_ptr<Database> database_;
};

TEST_F(SqliteSnapshot, SeesOneMomentWhileOthersWrite) {
  add("a");
  const auto snapshot = sqlite::open_snapshot((folder_.path() / "a.db").string()).value();
  add("b");
  EXPECT_EQ(files(*snapshot), 1);
  EXPECT_EQ(files(*database_), 2);
}

TEST_F(SqliteSnapshot, RenewedSeesALaterMoment) {
  const auto snapshot = sqlite::open_snapshot((folder_.path() / "a.db").string()).value();
  add("a");
  run_void(snapshot->renew());
  add("b");
  EXPECT_EQ(files(*snapshot), 1);
}

TEST_F(SqliteSnapshot, WritesNothing) {
  const auto snapshot = sqlite::open_snapshot((folder_.path() / "a.db").string()).value();
  Batch batch;
  batch.push_back({Statement("DELETE FROM file_ids"), std::nullopt});
  EXPECT_ANY_THROW(run(snapshot->write(std::move(batch))));
}

TEST_F(SqliteSnapshot, IsRefusedWhereThereIsNoDatabase) {
  const auto none = sqlite::open_snapshot((folder_.path() / "none.db").string());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::start_failed);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "none.db"));
}

TEST_F(SqliteSnapshot, OfATransactionReadsInItAndWritesNothing) {
  add("a");
  const auto snapshot = make_snapshot(std::move(database_));
  EXPECT_EQ(files(*snapshot), 1);
  EXPECT_EQ(files(*snapshot), 1);
  EXPECT_THROW(run(snapshot->write({})), std::logic_error);
}

}  // namespace
}  // namespace aisha::sql
