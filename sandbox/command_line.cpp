// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "sandbox/server.hpp"

namespace aisha::sandbox {

int run_command_line(int argc, const char* const* argv) {
  ServerOptions options;
  std::string data;
  std::string token_file;
  std::string imager;
  CLI::App cli(
      "A Telegram and a fal of your own: the Bot API, the fal queue and a chat page on one local port.\n"
      "Open the printed address in a browser to chat with a bot; point a bot's API root at the same address.");
  cli.add_option("--host", options.host, "Address to listen on")->capture_default_str();
  cli.add_option("--port", options.port, "Port to listen on; 0 = any free one")->capture_default_str();
  cli.add_option("--data", data, "Folder where chats, files and the bot's token live on; without it nothing is kept");
  cli.add_option("--bot-token-file", token_file, "File that holds the demo bot's token (default: DIR/bot.token)");
  cli.add_option("--imager", imager,
                 "The program that looks at people's photos (default: aisha-imager beside this one)");
  cli.add_option("--seed", options.seed, "Number all ids and pictures follow from")->capture_default_str();
  cli.add_flag("--strict-flood", options.strict_flood,
               "Refuse more than a message a second and chat, as Telegram does");
  cli.add_option("--top-up", options.top_up_url,
                 "Address at which the bot gives a person coins (`aisha demo` knows it)");
  cli.add_flag("--quiet", options.quiet, "Log problems only");
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    const int code = cli.exit(problem);
    return code == 0 ? 0 : 2;
  }
  options.data = data;
  options.bot_token_file = token_file;
  options.imager = imager;
  return run_server(options);
}

}  // namespace aisha::sandbox
