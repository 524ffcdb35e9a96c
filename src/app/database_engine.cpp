// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "app/engines.hpp"
#include "sql/sqlite/sqlite_database.hpp"

namespace aisha::app {
namespace {

sql::sqlite::Options sqlite_options(const config::Config& config) {
  sql::sqlite::Options options;
  options.path = after_scheme(config.database_url);
  return options;
}

}  // namespace

Result<OpenDatabase> open_database(Executor loop, const config::Config& config) {
  sql::sqlite::Options options = sqlite_options(config);
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

Findings check_database(const config::Config& config) {
  const std::string path = after_scheme(config.database_url);
  const auto view = sql::sqlite::look_at_schema(path);
  if (!view) {
    return {bad("database", view.error().detail, advice_for(view.error().code))};
  }
  if (view->version == 0) {
    return {good("database", path + " will be made at the first start")};
  }
  return {
      good("database", fmt::format("{}, schema {}{}", path, view->version,
                                   view->pending.empty() ? "" : ", newer migrations are applied at the next start"))};
}

Result<std::vector<std::string>> pending_migrations(const config::Config& config) {
  auto view = sql::sqlite::look_at_schema(after_scheme(config.database_url));
  if (!view) {
    return std::unexpected(view.error());
  }
  return std::move(view->pending);
}

std::string advice_for(Errc code) {
  switch (code) {
    case Errc::db_schema_newer: return "run the newer release again, or restore a backup made with this one";
    case Errc::db_dirty: return "run `aisha migrate`; if it says so again, restore the last backup";
    case Errc::db_foreign: return "point [database] url at Aisha's own database or at a new file";
    case Errc::db_corrupt: return "stop Aisha and restore the last backup of this file";
    case Errc::disk_full: return "free disk space";
    default: return "run `aisha migrate` and look at what it says";
  }
}

}  // namespace aisha::app
