// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

/// "list" prints the appeals that wait for the operator, the oldest first; beside the bot. "allow" and "reject" are the
/// answer to the one of that id: an allowed text passes for everybody. Its person is told by the bot. Errors:
/// not_found, conflict (answered already), prompt_blocked (nothing is allowed there); those of open_database and
/// open_snapshot.
Result<void> appeals_command(const config::Config& config, const std::string& word, const std::string& id);

}  // namespace aisha::app
