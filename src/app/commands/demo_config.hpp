// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "app/commands/demo.hpp"

namespace aisha::app {

/// Writes `data`/aisha.toml (mode 0600): the configuration with which `aisha serve` finds the sandbox at `url`.
/// The bot's token is the one the sandbox generated (`data`/sandbox/bot.token). Written anew at each start.
Result<void> write_demo_config(const std::string& data, const std::string& url, const DemoOptions& options);

}  // namespace aisha::app
