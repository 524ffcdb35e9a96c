// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/imaging/fixture.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace aisha::imaging {

std::vector<pid_t> ImagerTest::children() {
  std::vector<pid_t> out;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) {
      continue;
    }
    // proc(5): "pid (comm) state ppid ..."
    std::ifstream stat(entry.path() / "stat");
    std::string text;
    std::getline(stat, text);
    const auto comm_end = text.rfind(')');
    if (comm_end == std::string::npos || text.find("(aisha-imager)") == std::string::npos) {
      continue;
    }
    const char state = text[comm_end + 2];
    const long parent = std::stol(text.substr(comm_end + 4));
    if (parent == getpid() && state != 'Z') {
      out.push_back(static_cast<pid_t>(std::stol(name)));
    }
  }
  return out;
}

}  // namespace aisha::imaging
