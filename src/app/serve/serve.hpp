// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/serve/role.hpp"
#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

/// Runs until SIGINT or SIGTERM: stops taking work at once, gives running steps the drain time, loses nothing.
/// A second signal ends the process at once; what was in flight is taken up at the next start.
Result<void> serve_command(const config::Config& config, Role role);

}  // namespace aisha::app
