// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/schema.hpp"

#include <fmt/format.h>

#include <chrono>

namespace aisha::embedded {
Files sqlite_migrations();
}

namespace aisha::sql::sqlite {
namespace {

constexpr std::int64_t kApplicationId = 0x41495348;  // "AISH", in the header of every database file of ours

Result<void> check_ours(Connection& connection) {
  const std::int64_t id = connection.number("PRAGMA application_id");
  const std::int64_t objects = connection.number("SELECT count(*) FROM sqlite_schema");
  if (id != kApplicationId && (id != 0 || objects != 0)) {
    return fail(Errc::db_foreign, "the database file belongs to another program");
  }
  return {};
}

void make_version_table(Connection& connection, const std::function<void()>& before_statement) {
  if (connection.number("PRAGMA application_id") == kApplicationId) {
    return;
  }
  const auto step = [&](Text text) {
    if (before_statement) {
      before_statement();
    }
    connection.step(text);
  };
  step("BEGIN IMMEDIATE");
  step(
      "CREATE TABLE aisha_schema (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,"
      " state TEXT NOT NULL CHECK (state IN ('running', 'done')), applied_at INTEGER NOT NULL)");
  step("PRAGMA application_id = 1095324488");
  step("COMMIT");
}

std::vector<AppliedMigration> applied_migrations(Connection& connection) {
  std::vector<AppliedMigration> applied;
  const Rows rows = connection.run(Statement("SELECT number, name, checksum, state FROM aisha_schema ORDER BY number"));
  for (const Row row : rows) {
    applied.push_back({static_cast<int>(row.i64(0)), row.text(1), row.text(2), row.text(3) == "done"});
  }
  return applied;
}

void apply_one(Connection& connection, const Migration& migration, const std::function<void()>& before_statement) {
  const auto now = std::chrono::floor<Millis>(std::chrono::system_clock::now());
  connection.step("BEGIN IMMEDIATE");
  try {
    std::string_view rest = migration.text;
    while (!rest.empty()) {
      if (before_statement) {
        before_statement();
      }
      rest = connection.run_next(rest);
    }
    connection.run(
        Statement("INSERT INTO aisha_schema (number, name, checksum, state, applied_at)"
                  " VALUES ($1, $2, $3, 'done', $4)",
                  migration.number, migration.name, migration.checksum, now));
    if (before_statement) {
      before_statement();
    }
    connection.step("COMMIT");
  } catch (...) {
    if (connection.in_transaction()) {
      connection.step("ROLLBACK");
    }
    throw;
  }
}

}  // namespace

Result<MigrationReport> bring_up_schema(Connection& connection, bool apply,
                                        const std::function<void()>& before_statement) {
  if (auto ours = check_ours(connection); !ours) {
    return std::unexpected(ours.error());
  }
  const std::vector<Migration> known = migrations_from(embedded::sqlite_migrations());
  if (apply) {
    make_version_table(connection, before_statement);
  } else if (connection.number("PRAGMA application_id") != kApplicationId) {
    return fail(Errc::start_failed, "the database is empty: run aisha migrate");
  }
  auto pending = pending_migrations(known, applied_migrations(connection));
  if (!pending) {
    return std::unexpected(pending.error());
  }
  if (!apply && !pending->empty()) {
    return fail(Errc::start_failed,
                fmt::format("the database lacks migration {:04}: run aisha migrate", pending->front().number));
  }
  MigrationReport report;
  for (const Migration& migration : *pending) {
    apply_one(connection, migration, before_statement);
    report.applied.push_back(label_of(migration));
  }
  report.version = static_cast<int>(known.size());
  return report;
}

Result<SchemaView> view_schema(Connection& connection) {
  if (auto ours = check_ours(connection); !ours) {
    return std::unexpected(ours.error());
  }
  std::vector<AppliedMigration> applied;
  if (connection.number("PRAGMA application_id") == kApplicationId) {
    applied = applied_migrations(connection);
  }
  return view_of(migrations_from(embedded::sqlite_migrations()), applied);
}

}  // namespace aisha::sql::sqlite
