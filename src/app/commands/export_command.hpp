// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

struct ExportOptions {
  std::int64_t telegram_id = 0;
  std::string folder;
};

/// Writes everything that is kept of one person as one ZIP archive into the folder and says what it holds. Nothing that
/// is there is written over. Errors: not_found (no such person), start_failed (the file is there, or the folder cannot
/// be written), unavailable, disk_full, db_*.
Result<void> export_command(const config::Config& config, const ExportOptions& options);

}  // namespace aisha::app
