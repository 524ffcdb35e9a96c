// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "app/engines/findings.hpp"
#include "base/error.hpp"
#include "base/metrics.hpp"
#include "base/task.hpp"
#include "config/config.hpp"
#include "sql/database.hpp"
#include "sql/hints.hpp"
#include "sql/migration.hpp"
#include "sql/snapshot.hpp"

namespace aisha::app {

struct OpenDatabase {
  std::unique_ptr<sql::Database> database;
  sql::MigrationReport migrations;
};

/// Opens and migrates. Errors: db_*, start_failed (another process holds it).
Result<OpenDatabase> open_database(Executor loop, const config::Config& config, metrics::Registry& registry);

/// The way to other processes on the same database; null where there can be none.
std::unique_ptr<sql::Hints> share_hints(Executor loop, const config::Config& config, sql::Heard heard);

/// For the doctor: where it is and its schema version. Nothing is changed.
Findings check_database(const config::Config& config);

/// Moments of the database, for reading only, beside whatever uses it. Errors: db_*, start_failed.
Result<std::unique_ptr<sql::Snapshot>> open_snapshot(Executor loop, const config::Config& config);

/// Names of the migrations that a start would apply.
Result<std::vector<std::string>> pending_migrations(const config::Config& config);

}  // namespace aisha::app
