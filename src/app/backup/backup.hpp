// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

/// The embedded engine's files, copied and checked.
namespace aisha::app {

/// A consistent copy of database and pictures in the new folder `to`, made while the bot runs. Embedded engine only.
Result<void> backup_command(const config::Config& config, const std::string& to);

/// Verifies the whole backup, then puts it where the settings say. Errc::backup_invalid before anything is written;
/// Errc::start_failed where there is something already, unless `force`.
Result<void> restore_command(const config::Config& config, const std::string& from, bool force);

}  // namespace aisha::app
