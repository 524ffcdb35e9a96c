// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>

#include "sql/postgres/inspect.hpp"
#include "tests/contract/support/postgres_test.hpp"

namespace aisha {
namespace {

/// A role that may do nothing yet, for as long as the test runs.
class PostgresInspect : public testing::MigratedPostgresTest {
 protected:
  void SetUp() override {
    MigratedPostgresTest::SetUp();
    if (!IsSkipped()) {
      session().run("CREATE ROLE " + role_ + " LOGIN");
    }
  }
  void TearDown() override {
    if (!database_.empty()) {
      session().run("DROP OWNED BY " + role_ + "; DROP ROLE " + role_);
    }
    MigratedPostgresTest::TearDown();
  }

  Result<sql::postgres::Sight> as_role() {
    auto how = options();
    const auto host = how.url.find('@');
    how.url = "postgres://" + role_ + how.url.substr(host);
    return sql::postgres::inspect(how);
  }

  std::string missing_right() {
    const auto sight = as_role();
    return sight ? sight->missing_right : sight.error().detail;
  }

  std::string role_ = "looker_" + std::to_string(::getpid());
};

TEST_F(PostgresInspect, TheServerTellsItsReleaseAndItsClock) {
  const auto sight = sql::postgres::inspect(options());
  ASSERT_TRUE(sight) << sight.error().detail;
  EXPECT_EQ(std::to_string(sight->major), sight->version.substr(0, sight->version.find('.')));
  EXPECT_LT(std::chrono::abs(sight->now - std::chrono::system_clock::now()), std::chrono::minutes(1));
  EXPECT_EQ(sight->missing_right, "");
}

TEST_F(PostgresInspect, TheFirstRightThatARoleLacksIsNamed) {
  EXPECT_EQ(missing_right(), "use the schema aisha");
  session().run("GRANT USAGE ON SCHEMA aisha TO " + role_);
  EXPECT_EQ(missing_right(), "change rows of chats");
  session().run("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA aisha TO " + role_);
  EXPECT_EQ(missing_right(), "change rows of chats");
  session().run("GRANT UPDATE ON ALL TABLES IN SCHEMA aisha TO " + role_);
  EXPECT_EQ(missing_right(), "");
}

TEST_F(PostgresInspect, BeforeTheFirstMigrationOnlyTheSchemaHasToBeMade) {
  session().run("DROP SCHEMA aisha CASCADE");
  EXPECT_EQ(missing_right(), "make the schema aisha");
  session().run("GRANT CREATE ON DATABASE " + database_ + " TO " + role_);
  EXPECT_EQ(missing_right(), "");
}

TEST_F(PostgresInspect, SettingsThatMayLoseWhatWasConfirmedAreNamed) {
  // tools/servers turns the first two off, for speed.
  EXPECT_EQ(as_role()->unsafe, "fsync, full_page_writes");
  session().run("ALTER ROLE " + role_ + " SET synchronous_commit = off");
  EXPECT_EQ(as_role()->unsafe, "fsync, full_page_writes, synchronous_commit");
}

TEST_F(PostgresInspect, AServerThatIsNotThereIsAnError) {
  auto how = options();
  how.url = "postgres://nobody@127.0.0.1:1/aisha";
  const auto sight = sql::postgres::inspect(how);
  ASSERT_FALSE(sight);
  EXPECT_EQ(sight.error().code, Errc::unavailable);
}

}  // namespace
}  // namespace aisha
