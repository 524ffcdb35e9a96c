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

void print_version();

}  // namespace aisha::app
