// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

/// Prints each invariant with the number of its violations; 0 = all hold, 1 = some do not. Reads one moment, beside a
/// running process. `objects`: every picture's bytes are read too.
Result<int> check_command(const config::Config& config, bool objects);

}  // namespace aisha::app
