// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "app/serve/role.hpp"
#include "base/error.hpp"
#include "config/config.hpp"

/// The commands behind `aisha ...`; cli.cpp parses, these do.
namespace aisha::app {

/// Runs until SIGINT or SIGTERM: stops taking work at once, gives running steps the drain time, loses nothing.
/// A second signal ends the process at once; what was in flight is taken up at the next start.
Result<void> serve_command(const config::Config& config, Role role);

/// Applies the open migrations, or with `plan` prints them.
Result<void> migrate_command(const config::Config& config, bool plan);

/// Takes over what an older Aisha keeps in the same PostgreSQL database (services/adoption.hpp), or with `plan` prints
/// what it would; prints what stays and why. Also Errc::start_failed: this release's tables are not there yet.
Result<void> adopt_command(const config::Config& config, bool plan);

/// Prints a line a check, with what to do for each red one; exit code 0 or 1. Reads the configuration itself, since a
/// broken one is the first finding.
int doctor_command(const std::string& config_path);

/// Prints each invariant with the number of its violations; 0 = all hold, 1 = some do not. Reads one moment, beside a
/// running process. `objects`: every picture's bytes are read too.
Result<int> check_command(const config::Config& config, bool objects);

/// A consistent copy of database and pictures in the new folder `to`, made while the bot runs. Embedded engine only.
Result<void> backup_command(const config::Config& config, const std::string& to);

/// Verifies the whole backup, then puts it where the settings say. Errc::backup_invalid before anything is written;
/// Errc::start_failed where there is something already, unless `force`.
Result<void> restore_command(const config::Config& config, const std::string& from, bool force);

/// Errc::catalog_invalid lists every problem; prints what the catalogue holds otherwise.
Result<void> check_templates_command(const std::string& dir);

void print_version();

}  // namespace aisha::app
