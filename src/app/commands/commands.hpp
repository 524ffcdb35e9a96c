// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

/// The short commands behind `aisha ...`; cli.cpp parses, these do. The longer ones have a file each.
namespace aisha::app {

struct MigrateOptions {
  bool plan = false;       ///< nothing is done, only printed
  bool take_over = false;  ///< the pictures become this database's, whosever they are
};

/// Applies the open migrations, sees to the store's buckets and says there whose the pictures are. Errors: db_*,
/// start_failed.
Result<void> migrate_command(const config::Config& config, const MigrateOptions& options);

/// Errc::catalog_invalid names file and line; prints what the folder's catalogue ("" = the built-in one) holds
/// otherwise.
Result<void> check_templates_command(const std::string& dir);

struct TemplatesList {
  std::string dir;   ///< "" = the built-in catalogue
  std::string kind;  ///< "portrait", "style"; "" = both
  std::string day;   ///< "12-31": what is there on that day; "" = all seasons
  bool as_json = false;
};
/// One line a style, shelf by shelf. Errors: catalog_invalid, config_invalid (no such day).
Result<void> list_templates_command(const TemplatesList& wanted);

void print_version();

}  // namespace aisha::app
