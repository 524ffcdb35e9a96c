// SPDX-License-Identifier: Apache-2.0
#include "app/commands/cli.hpp"

int main(int argc, char** argv) {
  return aisha::app::run_command_line(argc, argv);
}
