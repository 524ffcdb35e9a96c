// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace aisha::app {

/// Prints a line a check, with what to do for each red one; exit code 0 or 1. Reads the configuration itself, since a
/// broken one is the first finding.
int doctor_command(const std::string& config_path);

}  // namespace aisha::app
