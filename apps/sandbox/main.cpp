// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server.hpp"

int main(int argc, char** argv) {
  return aisha::sandbox::run_command_line(argc, argv);
}
