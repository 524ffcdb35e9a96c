// SPDX-License-Identifier: Apache-2.0
#include "app/engines/database_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "app/engines/engines.hpp"
#include "sql/postgres/inspect.hpp"
#include "sql/postgres/notifications.hpp"
#include "sql/postgres/pooler.hpp"
#include "sql/postgres/postgres_database.hpp"
#include "sql/sqlite/sqlite_database.hpp"

namespace aisha::app {
namespace {

bool is_sqlite(const config::Config& config) {
  return config.database_url.starts_with("sqlite:");
}

sql::postgres::Options postgres_options(const config::Config& config) {
  sql::postgres::Options options;
  options.url = config.database_url;
  options.password = config.database_password;
  options.schema = config.database_schema;
  options.pool = static_cast<std::size_t>(config.database_pool);
  options.pooled = sql::postgres::is_pooled(options);
  return options;
}

Result<OpenDatabase> open_sqlite(Executor loop, const config::Config& config) {
  sql::sqlite::Options options;
  options.path = after_scheme(config.database_url);
  const auto folder = std::filesystem::path(options.path).parent_path();
  if (!folder.empty()) {
    std::error_code ec;
    std::filesystem::create_directories(folder, ec);
  }
  auto opened = sql::sqlite::open(std::move(options), std::move(loop));
  if (!opened) {
    return std::unexpected(opened.error());
  }
  return OpenDatabase{std::move(opened->database), std::move(opened->migrations)};
}

Result<OpenDatabase> open_postgres(Executor loop, const config::Config& config, metrics::Registry& registry) {
  sql::postgres::Options options = postgres_options(config);
  options.waits =
      &registry.counter("aisha_database_waits_total", "Uses of a connection that had to share one or wait.");
  auto opened = sql::postgres::open(std::move(options), std::move(loop));
  if (!opened) {
    return std::unexpected(opened.error());
  }
  return OpenDatabase{std::move(opened->database), std::move(opened->migrations)};
}

/// Without user and password.
std::string place_of(const config::Config& config) {
  if (is_sqlite(config)) {
    return after_scheme(config.database_url);
  }
  const std::string rest = config.database_url.substr(config.database_url.find("://") + 3);
  return "PostgreSQL " + rest.substr(0, rest.find('?')).substr(rest.rfind('@', rest.find('/')) + 1);
}

Result<sql::SchemaView> look_at_schema(const config::Config& config) {
  return is_sqlite(config) ? sql::sqlite::look_at_schema(after_scheme(config.database_url))
                           : sql::postgres::look_at_schema(postgres_options(config));
}

/// The server itself: its release, its clock, and what this role may do there.
Findings check_server(const config::Config& config) {
  const auto sight = sql::postgres::inspect(postgres_options(config));
  if (!sight) {
    return {};  // said by the line before
  }
  Findings out;
  const std::string release = "PostgreSQL " + sight->version;
  if (postgres_options(config).pooled) {
    out.push_back(good("database",
                       "behind a pooler in transaction mode: statements go unprepared, and processes hear of each "
                       "other's work within a second; a direct address or a pool in session mode is quicker"));
  }
  out.push_back(sight->major >= 15 ? good("database", release)
                                   : bad("database", release, "Aisha needs PostgreSQL 15 or newer"));
  if (!sight->missing_right.empty()) {
    out.push_back(bad("database", "this role may not " + sight->missing_right,
                      "give it the rights of deploy/postgres/roles.sql"));
  }
  if (!sight->unsafe.empty()) {
    out.push_back(bad("database", "a crash may lose what was confirmed: off is " + sight->unsafe,
                      "turn it on for the server and Aisha's role"));
  }
  out.push_back(compare_clocks("the database", sight->now));
  return out;
}

// What an operator does about a database error.
std::string advice_for(Errc code) {
  switch (code) {
    case Errc::db_schema_newer: return "run the newer release again, or restore a backup made with this one";
    case Errc::db_dirty: return "run `aisha migrate`; if it says so again, restore the last backup";
    case Errc::db_foreign: return "point [database] url at Aisha's own database or at a new one";
    case Errc::db_corrupt: return "stop Aisha and restore the last backup of this file";
    case Errc::disk_full: return "free disk space";
    case Errc::unavailable: return "start the database server, or correct [database] url and password";
    default: return "run `aisha migrate` and look at what it says";
  }
}

Findings check_schema(const config::Config& config) {
  const auto view = look_at_schema(config);
  if (!view) {
    return {bad("database", view.error().detail, advice_for(view.error().code))};
  }
  if (view->version == 0) {
    return {good("database", place_of(config) + " will be made at the first start")};
  }
  return {
      good("database", fmt::format("{}, schema {}{}", place_of(config), view->version,
                                   view->pending.empty() ? "" : ", newer migrations are applied at the next start"))};
}

}  // namespace

Result<OpenDatabase> open_database(Executor loop, const config::Config& config, metrics::Registry& registry) {
  return is_sqlite(config) ? open_sqlite(std::move(loop), config) : open_postgres(std::move(loop), config, registry);
}

std::unique_ptr<sql::Hints> share_hints(Executor loop, const config::Config& config, sql::Heard heard) {
  if (is_sqlite(config)) {
    return nullptr;
  }
  sql::postgres::Options options = postgres_options(config);
  // Nothing would be heard: the idle looks at the tables have to do.
  return options.pooled ? nullptr : sql::postgres::share_hints(options, {}, std::move(loop), std::move(heard));
}

Findings check_database(const config::Config& config) {
  Findings out = check_schema(config);
  if (!is_sqlite(config)) {
    std::ranges::move(check_server(config), std::back_inserter(out));
  }
  return out;
}

Result<std::unique_ptr<sql::Snapshot>> open_snapshot(Executor loop, const config::Config& config) {
  if (is_sqlite(config)) {
    return sql::sqlite::open_snapshot(after_scheme(config.database_url));
  }
  sql::postgres::Options options = postgres_options(config);
  options.migrate = false;
  options.snapshot = true;
  auto opened = sql::postgres::open(std::move(options), std::move(loop));
  if (!opened) {
    return std::unexpected(opened.error());
  }
  return sql::make_snapshot(std::move(opened->database));
}

Result<std::vector<std::string>> pending_migrations(const config::Config& config) {
  auto view = look_at_schema(config);
  if (!view) {
    return std::unexpected(view.error());
  }
  return std::move(view->pending);
}

}  // namespace aisha::app
