// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/commands/cli_arguments.hpp"

namespace CLI {
class App;
}
namespace aisha::app {

/// `aisha templates ...`
struct TemplatesCommands {
  CLI::App* check = nullptr;
  CLI::App* list = nullptr;
  CLI::App* preview = nullptr;

  bool chosen() const;
};

TemplatesCommands add_templates_commands(CLI::App& cli, Arguments& arguments);
int run_templates_command(const TemplatesCommands& commands, const Arguments& arguments);

/// `aisha models ...`
struct ModelsCommands {
  CLI::App* list = nullptr;
  CLI::App* check = nullptr;
  CLI::App* on = nullptr;
  CLI::App* off = nullptr;
  CLI::App* docs = nullptr;

  bool chosen() const;
};

ModelsCommands add_models_commands(CLI::App& cli, Arguments& arguments);
int run_models_command(const ModelsCommands& commands, const Arguments& arguments);

void add_config_option(CLI::App* command, Arguments& arguments);

}  // namespace aisha::app
