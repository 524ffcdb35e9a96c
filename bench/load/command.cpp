// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <filesystem>

namespace aisha::bench {

int run_command(CLI::App& command, int argc, char** argv, CommandOptions& options,
                const std::function<int()>& measure) {
  std::vector<std::string> servers;
  command.add_option("product", options.program, "path of aisha")->required();
  command.add_option("--folder", options.folder, "databases, logs and figures; a new one without");
  command.add_option("--server", servers, "NAME=PID of a server whose CPU is counted");
  CLI11_PARSE(command, argc, argv);
  try {
    for (const std::string& server : servers) {
      options.servers.push_back(watched_from(server));
    }
    const auto fresh = std::filesystem::temp_directory_path() / fmt::format("aisha-bench-{}", getpid());
    options.folder = options.folder.empty() ? fresh.string() : std::filesystem::absolute(options.folder).string();
    std::filesystem::create_directories(options.folder);
    return measure();
  } catch (const std::exception& problem) {
    fmt::print(stderr, "{}; see {}\n", problem.what(), options.folder);
    return 1;
  }
}

}  // namespace aisha::bench
