// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include <boost/asio/use_future.hpp>
#include <csignal>
#include <fstream>

#include "base/encoding.hpp"
#include "tests/contract/support/engine.hpp"

namespace aisha {
namespace {

using ::testing::HasSubstr;

class SqliteStart : public ::testing::Test {
 protected:
  SqliteStart() : path_((folder_.path() / "aisha.db").string()) {}

  Result<sql::sqlite::Opened> open(bool migrate = true, std::function<void()> hook = {}) {
    sql::sqlite::Options options;
    options.path = path_;
    options.inline_mode = true;
    options.migrate = migrate;
    options.before_migration_statement = std::move(hook);
    return sql::sqlite::open(std::move(options), loop_.get_executor());
  }

  sql::Rows read(sql::Database& database, sql::Statement statement) {
    auto future = boost::asio::co_spawn(loop_, database.read(std::move(statement)), boost::asio::use_future);
    loop_.restart();
    loop_.run();
    return future.get();
  }

  std::string schema_hash() {
    auto opened = open();
    if (!opened) {
      return opened.error().detail;
    }
    const sql::Rows rows =
        read(*opened->database, sql::Statement("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"));
    std::string all;
    for (const sql::Row row : rows) {
      all += row.text(0) + row.text(1) + row.text(2) + "\n";
    }
    return encoding::sha256_hex(all);
  }

  /// From outside the product, as another program would.
  int execute(const char* script) {
    sqlite3* handle = nullptr;
    sqlite3_open(path_.c_str(), &handle);
    const int code = sqlite3_exec(handle, script, nullptr, nullptr, nullptr);
    sqlite3_close(handle);
    return code;
  }

  /// Opens in a child that is killed before the given statement of the migrations; false when it ran to the end.
  bool killed_at(int statement) {
    const pid_t child = ::fork();
    if (child == 0) {
      int left = statement;
      auto opened = open(true, [&left] {
        if (left-- == 0) {
          ::kill(::getpid(), SIGKILL);
        }
      });
      ::_exit(opened ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
  }

  boost::asio::io_context loop_;
  testing::TempFolder folder_;
  std::string path_;
};

TEST_F(SqliteStart, MigratesAnEmptyFileAndDoesNothingTheSecondTime) {
  auto first = open();
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_FALSE(first->migrations.applied.empty());
  first->database.reset();
  auto second = open();
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->migrations.applied.empty());
  EXPECT_GE(second->migrations.version, 1);
}

TEST_F(SqliteStart, AMigrationKilledAtAnyStatementEndsInTheSameSchema) {
  const std::string whole = schema_hash();
  int statement = 0;
  for (bool killed = true; killed; ++statement) {
    folder_.empty();
    killed = killed_at(statement);
    EXPECT_EQ(schema_hash(), whole) << "killed before statement " << statement;
  }
  EXPECT_GT(statement, 40);
}

TEST_F(SqliteStart, ASecondInstanceIsRefusedAndToldWhoHoldsTheFile) {
  auto first = open();
  ASSERT_TRUE(first);
  const auto second = open();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::start_failed);
  EXPECT_THAT(second.error().detail, HasSubstr("process " + std::to_string(::getpid())));
}

TEST_F(SqliteStart, AFolderThatIsNotThereIsNamed) {
  path_ = (folder_.path() / "absent" / "aisha.db").string();
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::start_failed);
  EXPECT_THAT(opened.error().detail, HasSubstr("absent"));
}

TEST_F(SqliteStart, ADatabaseOfANewerReleaseIsRefused) {
  ASSERT_TRUE(open());
  execute("INSERT INTO aisha_schema VALUES (9000, 'from_tomorrow', 'x', 'done', 0)");
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::db_schema_newer);
  EXPECT_THAT(opened.error().detail, HasSubstr("9000_from_tomorrow"));
}

TEST_F(SqliteStart, AMigrationThatStoppedHalfWayIsRefused) {
  ASSERT_TRUE(open());
  execute("UPDATE aisha_schema SET state = 'running' WHERE number = 1");
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::db_dirty);
}

TEST_F(SqliteStart, AMigrationOfAnotherTextIsRefused) {
  ASSERT_TRUE(open());
  execute("UPDATE aisha_schema SET checksum = 'edited' WHERE number = 1");
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::db_dirty);
}

TEST_F(SqliteStart, ADatabaseOfAnotherProgramIsRefusedAndLeftAlone) {
  execute("CREATE TABLE theirs (a)");
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::db_foreign);
  EXPECT_EQ(execute("INSERT INTO theirs VALUES (1)"), SQLITE_OK);
  EXPECT_NE(execute("SELECT * FROM users"), SQLITE_OK);
}

TEST_F(SqliteStart, AFileThatIsNoDatabaseIsRefusedAndLeftAlone) {
  const std::string letter(4096, 'x');
  std::ofstream(path_) << letter;
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::db_foreign);
  EXPECT_EQ(std::filesystem::file_size(path_), letter.size());
}

TEST_F(SqliteStart, ADamagedSchemaIsCorruption) {
  ASSERT_TRUE(open());
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file << std::string(3000, '\x5a');
  }
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::db_corrupt);
}

TEST_F(SqliteStart, OnlyLookingRefusesAnEmptyDatabase) {
  const auto opened = open(false);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::start_failed);
  EXPECT_THAT(opened.error().detail, HasSubstr("aisha migrate"));
}

TEST_F(SqliteStart, MemoryIsRefusedForThreads) {
  sql::sqlite::Options options;
  options.path = ":memory:";
  EXPECT_THROW(static_cast<void>(sql::sqlite::open(std::move(options), loop_.get_executor())), std::logic_error);
}

}  // namespace
}  // namespace aisha
