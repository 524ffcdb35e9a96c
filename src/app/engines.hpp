// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "config/config.hpp"

namespace aisha::sql {
class Database;
}

/// Settings -> engines: the one place that names SQLite, the disk and memory.
namespace aisha::app {

/// Opens and migrates. Errors: db_*, start_failed (another process holds it).
Result<std::unique_ptr<sql::Database>> open_database(Executor loop, const config::Config& config);

/// Where it is, its schema version and what is open; nothing is changed. Errors: db_*, start_failed.
Result<std::string> describe_database(const config::Config& config);

/// What an operator does about a database error.
std::string advice_for(Errc code);

/// The imager's path: the setting, or beside this program.
std::string imager_program(const config::Config& config);

}  // namespace aisha::app
