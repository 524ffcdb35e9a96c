// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/units.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fmt/format.h>
#include <filesystem>

namespace aisha::sql::sqlite {
namespace {

class Units : public ::testing::Test {
 protected:
  Units() {
    std::filesystem::create_directories(folder_);
    connection_ = open();
    connection_->step("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)");
  }
  ~Units() override {
    connection_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::unique_ptr<Connection> open() {
    return std::make_unique<Connection>((folder_ / "t.db").string(), Connection::Access::write, Millis(0));
  }

  static Unit insert(int id, std::size_t bytes = 1) {
    Unit unit;
    unit.batch.push_back({Statement("INSERT INTO t (id, body) VALUES ($1, $2)", id, std::string(bytes, 'x')), 1});
    return unit;
  }

  void commit(std::vector<Unit>& units) {
    std::vector<Unit*> pointers;
    for (Unit& unit : units) {
      pointers.push_back(&unit);
    }
    commit_together(*connection_, pointers);
  }

  static Errc outage_of(const Unit& unit) {
    try {
      if (unit.error) {
        std::rethrow_exception(unit.error);
      }
    } catch (const Outage& outage) {
      return outage.code();
    }
    return Errc::start_failed;
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() / fmt::format("aisha-units-{}", ::getpid());
  std::unique_ptr<Connection> connection_;
};

TEST_F(Units, AFullDiskIsToldToTheUnitThatMetItAndNothingOfItStays) {
  connection_->number("PRAGMA max_page_count = 8");
  std::vector<Unit> units;
  units.push_back(insert(1));
  units.push_back(insert(2, 200'000));
  units.push_back(insert(3));
  commit(units);
  EXPECT_EQ(outage_of(units[1]), Errc::disk_full);
  std::int64_t kept = 0;
  for (const Unit& unit : units) {
    // Whoever was told of success is in the table, and nobody else.
    kept += unit.error ? 0 : 1;
  }
  EXPECT_EQ(connection_->number("SELECT count(*) FROM t"), kept);
  EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(Units, AFileLockedByAnotherProcessIsUnavailableForAllAndWorksAgainAfterwards) {
  auto other = open();
  other->step("BEGIN IMMEDIATE");
  std::vector<Unit> units;
  units.push_back(insert(1));
  units.push_back(insert(2));
  commit(units);
  EXPECT_EQ(outage_of(units[0]), Errc::unavailable);
  EXPECT_EQ(outage_of(units[1]), Errc::unavailable);
  other->step("ROLLBACK");
  std::vector<Unit> again;
  again.push_back(insert(1));
  commit(again);
  EXPECT_FALSE(again[0].error);
  EXPECT_EQ(connection_->number("SELECT count(*) FROM t"), 1);
}

TEST_F(Units, AnErrorThatUndoesTheWholeTransactionIsToldToEveryUnitOfIt) {
  connection_->step(
      "CREATE TRIGGER undo BEFORE INSERT ON t WHEN new.id = 13 BEGIN SELECT RAISE(ROLLBACK, 'all of it'); END");
  std::vector<Unit> units;
  for (const int id : {11, 12, 13, 14}) {
    units.push_back(insert(id));
  }
  commit(units);
  EXPECT_TRUE(units[0].error);
  EXPECT_TRUE(units[1].error);
  EXPECT_TRUE(units[2].error);
  EXPECT_FALSE(units[3].error) << "runs in a transaction of its own";
  EXPECT_EQ(connection_->number("SELECT min(id) FROM t"), 14);
}

}  // namespace
}  // namespace aisha::sql::sqlite
