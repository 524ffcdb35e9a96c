// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/schema.hpp"

#include <fmt/format.h>

#include "sql/postgres/existing_tables.hpp"
#include "sql/postgres/pooler.hpp"
#include "sql/postgres/session.hpp"

namespace aisha::embedded {
Files postgres_migrations();
}

namespace aisha::sql::postgres {
namespace {

/// "aisha" in the advisory lock's key, whose other half is the schema.
constexpr int kLockSpace = 0x41495348;

class Migrator {
 public:
  explicit Migrator(const Options& options) : options_(options), session_(options) {}

  /// Until the end of the session; behind a pooler until `finish`, and all that comes between is one transaction.
  void lock() {
    if (options_.pooled) {
      session_.run("BEGIN");
      session_.run(
          fmt::format("SELECT pg_advisory_xact_lock({}, hashtext({}))", kLockSpace, session_.quoted(options_.schema)));
      return;
    }
    session_.run(
        fmt::format("SELECT pg_advisory_lock({}, hashtext({}))", kLockSpace, session_.quoted(options_.schema)));
  }

  /// The schema is absent, ours, or somebody else's.
  Result<void> check_ours() {
    if (has_version_table()) {
      return {};
    }
    const std::string tables = session_.value(
        fmt::format("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = {}"
                    " AND c.relkind IN ('r', 'p', 'v')",
                    session_.quoted(options_.schema)));
    if (tables != "0") {
      return fail(Errc::db_foreign, fmt::format("the schema {} belongs to another program", options_.schema));
    }
    if (auto problem = difference_of_existing_tables(session_)) {
      return fail(Errc::db_foreign, std::move(*problem));
    }
    return {};
  }

  bool has_version_table() {
    return session_.value(fmt::format("SELECT to_regclass({}) IS NOT NULL",
                                      session_.quoted(options_.schema + ".aisha_schema"))) == "t";
  }

  std::vector<AppliedMigration> applied() {
    std::vector<AppliedMigration> out;
    if (has_version_table()) {
      for (auto& row : session_.rows("SELECT number, name, checksum FROM aisha_schema ORDER BY number")) {
        out.push_back({std::stoi(row[0]), row[1], row[2], true});
      }
    }
    return out;
  }

  void make_version_table() {
    if (!has_version_table()) {
      // The schema may have been made by an administrator for a role that may not make one.
      const bool absent =
          session_.value(fmt::format("SELECT to_regnamespace({}) IS NULL", session_.quoted(options_.schema))) == "t";
      step("BEGIN");
      if (absent) {
        step("CREATE SCHEMA " + options_.schema);
      }
      step("CREATE TABLE " + options_.schema +
           ".aisha_schema (number integer NOT NULL PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,"
           " applied_at timestamptz NOT NULL)");
      step("COMMIT");
    }
  }

  void apply(const Migration& migration) {
    step("BEGIN");
    step(std::string(migration.text));
    step(fmt::format("INSERT INTO aisha_schema (number, name, checksum, applied_at) VALUES ({}, {}, {}, now())",
                     migration.number, session_.quoted(migration.name), session_.quoted(migration.checksum)));
    step("COMMIT");
  }

  void finish() {
    if (options_.pooled) {
      session_.run("COMMIT");
    }
  }

  void look_at(ServerClock& clock) {
    const auto asked = std::chrono::steady_clock::now();
    const std::string ms = session_.value("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint");
    clock.set(from_epoch_ms(std::stoll(ms)), asked, std::chrono::steady_clock::now());
  }

 private:
  void step(const std::string& sql) {
    if (options_.before_migration_step) {
      options_.before_migration_step();
    }
    if (options_.pooled && is_bracket(sql)) {
      return;  // within the transaction of the lock
    }
    session_.run(sql);
  }

  const Options& options_;
  Session session_;
};

Result<MigrationReport> migrate(const Options& options, ServerClock& clock) {
  Migrator migrator(options);
  migrator.look_at(clock);
  if (options.migrate) {
    migrator.lock();
  }
  if (auto ours = migrator.check_ours(); !ours) {
    return std::unexpected(ours.error());
  }
  const std::vector<Migration> known = migrations_from(embedded::postgres_migrations());
  const auto pending = pending_migrations(known, migrator.applied());
  if (!pending) {
    return std::unexpected(pending.error());
  }
  if (!options.migrate && !pending->empty()) {
    return fail(Errc::start_failed,
                fmt::format("the database lacks migration {:04}: run aisha migrate", pending->front().number));
  }
  MigrationReport report;
  report.version = static_cast<int>(known.size());
  if (!pending->empty()) {
    migrator.make_version_table();
  }
  for (const Migration& migration : *pending) {
    migrator.apply(migration);
    report.applied.push_back(label_of(migration));
  }
  if (options.migrate) {
    migrator.finish();
  }
  return report;
}

}  // namespace

Result<MigrationReport> bring_up_schema(const Options& options, ServerClock& clock) {
  try {
    return migrate(options, clock);
  } catch (const Outage& outage) {
    return fail(outage.code(), outage.what());
  }
}

Result<SchemaView> look_at_schema(const Options& options) {
  try {
    Migrator migrator(options);
    if (auto ours = migrator.check_ours(); !ours) {
      return std::unexpected(ours.error());
    }
    return view_of(migrations_from(embedded::postgres_migrations()), migrator.applied());
  } catch (const Outage& outage) {
    return fail(outage.code(), outage.what());
  }
}

}  // namespace aisha::sql::postgres
