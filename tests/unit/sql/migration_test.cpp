// SPDX-License-Identifier: Apache-2.0
#include "sql/migration.hpp"

#include <gtest/gtest.h>

namespace aisha::sql {
namespace {

constexpr embedded::File kFiles[] = {{"migrations/x/0002_second.sql", "two"}, {"migrations/x/0001_first.sql", "one"}};

TEST(Migrations, AreSortedAndNamedByTheirFiles) {
  const auto all = migrations_from(kFiles);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].number, 1);
  EXPECT_EQ(all[0].name, "first");
  EXPECT_EQ(all[1].text, "two");
  EXPECT_NE(all[0].checksum, all[1].checksum);
}

TEST(Migrations, AGapOrAnotherShapeOfNameIsABug) {
  constexpr embedded::File gap[] = {{"m/0002_second.sql", ""}};
  EXPECT_THROW(migrations_from(gap), std::logic_error);
  for (const char* name : {"m/1_x.sql", "m/0001-x.sql", "m/0001_x.txt", "m/0001_.sql"}) {
    const embedded::File shaped[] = {{name, ""}};
    EXPECT_THROW(migrations_from(shaped), std::logic_error) << name;
  }
}

TEST(Migrations, OnlyWhatIsNotYetAppliedIsPending) {
  const auto known = migrations_from(kFiles);
  const AppliedMigration first[] = {{1, "first", known[0].checksum, true}};
  const auto pending = pending_migrations(known, first);
  ASSERT_TRUE(pending);
  ASSERT_EQ(pending->size(), 1U);
  EXPECT_EQ(pending->front().number, 2);
}

}  // namespace
}  // namespace aisha::sql
