// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

/// The short commands behind `aisha ...`; cli.cpp parses, these do. The longer ones have a file each.
namespace aisha::app {

/// Applies the open migrations, or with `plan` prints them.
Result<void> migrate_command(const config::Config& config, bool plan);

/// Errc::catalog_invalid lists every problem; prints what the catalogue holds otherwise.
Result<void> check_templates_command(const std::string& dir);

void print_version();

}  // namespace aisha::app
