// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/task.hpp"
#include "base/time.hpp"
#include "sql/database.hpp"
#include "sql/migration.hpp"
#include "sql/snapshot.hpp"

/// The embedded engine: one file beside the process, or memory.
namespace aisha::sql::sqlite {

struct Options {
  /// File; its folder must exist. ":memory:" only with `inline_mode`.
  std::string path;
  /// One connection, no threads, everything at once on the caller: for the simulator and single-shot commands. While a
  /// Transaction is open, `read` sees its writes and `write` is a std::logic_error.
  bool inline_mode = false;
  /// Reads that are no `scan()` run on the loop thread (microseconds each); false sends all to the reader thread.
  bool point_reads_on_loop = true;
  /// Apply missing migrations; false refuses a database that lacks some (Errc::start_failed).
  bool migrate = true;
  /// For `now()`; nothing = the machine's wall clock at opening, carried on by its steady clock. Must outlive the
  /// database.
  const Clock* clock = nullptr;
  /// Called before each statement of a migration, for tests that stop there. std::function: rare, and captures.
  std::function<void()> before_migration_statement;
};

struct Opened {
  std::unique_ptr<Database> database;
  MigrationReport migrations;
};

/// Takes `<path>.lock`, opens, checks and migrates. Errc::start_failed (folder not writable, or another process has it:
/// detail names its pid), db_schema_newer, db_dirty, db_foreign (a database or file of somebody else), db_corrupt.
/// Answers of the threaded form are posted to `loop`. The destructor finishes what was queued.
Result<Opened> open(Options options, Executor loop);

/// Moments of a database, the first of them now, without taking its lock: whoever uses it goes on. Errors as `open`; a
/// database that lacks migrations is refused.
Result<std::unique_ptr<Snapshot>> open_snapshot(const std::string& path);

/// Looks at a database without taking its lock, also while a process uses it; an absent file is an empty one. Errors:
/// start_failed (unreadable), db_schema_newer, db_dirty, db_foreign, db_corrupt.
Result<SchemaView> look_at_schema(const std::string& path);

}  // namespace aisha::sql::sqlite
