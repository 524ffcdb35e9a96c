// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "imaging/worker/process/worker_loop.hpp"

/// aisha-imager MEMORY_MIB IDLE_MS, with its socket on descriptor 3. Started by the product, not by people.
int main(int argc, char** argv) {
  if (argc != 3 || std::string_view(argv[1]) == "--help") {
    std::fputs("aisha-imager decodes pictures for aisha and aisha-sandbox, which start it themselves.\n", stderr);
    return argc == 2 ? 0 : 2;
  }
  constexpr int kDecimal = 10;
  return aisha::imaging::worker::serve(std::strtol(argv[1], nullptr, kDecimal),
                                       static_cast<int>(std::strtol(argv[2], nullptr, kDecimal)));
}
