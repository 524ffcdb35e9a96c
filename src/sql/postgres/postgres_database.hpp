// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "base/metrics.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "sql/database.hpp"
#include "sql/migration.hpp"

/// The server engine: PostgreSQL 15 or later.
namespace aisha::sql::postgres {

struct Options {
  /// "postgres://user:password@host:port/database", several hosts allowed; libpq's own settings may follow after "?".
  /// Without target_session_attrs only a server that takes writes will do.
  std::string url;
  Secret password;  ///< instead of one in the URL
  /// Where our tables stand; `users` and `avatars` of the schema public are used where both are.
  std::string schema = "aisha";
  std::size_t pool = 10;  ///< connections at most, at least 2
  /// Counts takes of a connection that had to share one or wait; may be null.
  metrics::Counter* waits = nullptr;
  /// For looking at everything: a transaction sees one moment, only reads, takes its time and holds nobody up.
  bool snapshot = false;
  /// Behind a pooler in transaction mode (pooler.hpp).
  bool pooled = false;
  /// Apply missing migrations; false refuses a database that lacks some (Errc::start_failed).
  bool migrate = true;
  /// For `now()`; nothing = the server's clock, looked at again every minute. Must outlive the database.
  const Clock* clock = nullptr;
  /// Called before each step of a migration, for tests that stop there. std::function: rare, and captures.
  std::function<void()> before_migration_step;
};

struct Opened {
  std::unique_ptr<Database> database;
  MigrationReport migrations;
};

/// Connects once (blocking), checks whose database it is, migrates under an advisory lock and looks at the clock; later
/// connections are made on the loop as they are needed. Errc::unavailable (the server does not let us in), db_foreign
/// (its `users` is not Aisha's: the detail names the first column that differs), db_schema_newer, db_dirty,
/// start_failed (see `migrate`).
Result<Opened> open(Options options, Executor loop);

/// Looks without changing anything. Errors as `open`.
Result<SchemaView> look_at_schema(const Options& options);

}  // namespace aisha::sql::postgres
