// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "app/demo/demo.hpp"

namespace aisha::app {

/// Where the processes of a demo meet.
struct DemoPlaces {
  std::string data;
  std::string sandbox;  ///< base URL
  std::string product;  ///< "127.0.0.1:PORT", where the product listens
};

/// Writes `data`/aisha.toml (mode 0600): the configuration with which `aisha serve` finds the sandbox.
/// The bot's token is the one the sandbox generated (`data`/sandbox/bot.token). Written anew at each start.
Result<void> write_demo_config(const DemoPlaces& places, const DemoOptions& options);

}  // namespace aisha::app
