// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

/// Counts anew what is counted of people's pictures wherever it is not what the rows say, and prints each change; may
/// run beside the bot. How many there were. Errors: db_*, unavailable.
Result<std::int64_t> recount_command(const config::Config& config);

}  // namespace aisha::app
