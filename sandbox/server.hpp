// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace aisha::sandbox {

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8081;
  std::filesystem::path data;            ///< empty = nothing is kept
  std::filesystem::path bot_token_file;  ///< empty = `data`/bot.token, made when absent
  std::string top_up_url;                ///< where the bot gives a person coins; "" = it does not
  std::filesystem::path imager;          ///< the program that decodes people's photos; empty = beside this one
  std::uint64_t seed = 1;
  bool strict_flood = false;
  bool quiet = false;
};

/// Runs the sandbox until SIGINT or SIGTERM. Exit code: 0, or 4 with a sentence on stderr when the port or the folder
/// cannot be used.
int run_server(const ServerOptions& options);

/// Parses the command line and runs; the program's exit code.
int run_command_line(int argc, const char* const* argv);

}  // namespace aisha::sandbox
