// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "processes.hpp"

namespace CLI {
class App;
}

namespace aisha::bench {

/// What every benchmark of the whole binary is told.
struct CommandOptions {
  std::string program;  ///< path of aisha
  std::string folder;   ///< databases, logs and figures; made when absent
  std::vector<Watched> servers;
};

/// Parses the command line, fills `options` and runs `measure`, whose answer is the exit code; 1 for its exceptions.
/// `command` has the options of this benchmark alone.
int run_command(CLI::App& command, int argc, char** argv, CommandOptions& options, const std::function<int()>& measure);

}  // namespace aisha::bench
