// SPDX-License-Identifier: Apache-2.0
#include "processes.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace aisha::bench {
namespace {

std::string folder_of(pid_t pid) {
  return "/proc/" + std::to_string(pid);
}

/// Nanoseconds a thread has run, first field of schedstat: /proc/PID/stat counts in ticks of 10 ms.
double cpu_in(const std::filesystem::path& thread) {
  std::ifstream file(thread / "schedstat");
  double nanoseconds = 0;
  file >> nanoseconds;
  return nanoseconds / 1e9;
}

/// Of the children that were waited for: fields 16 and 17 of stat.
double ended_seconds(pid_t pid) {
  std::ifstream file(folder_of(pid) + "/stat");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
  std::string skipped;
  for (int field = 3; field < 16; ++field) {
    fields >> skipped;
  }
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::vector<pid_t> children_of(pid_t pid) {
  std::ifstream file(folder_of(pid) + "/task/" + std::to_string(pid) + "/children");
  std::vector<pid_t> out;
  for (pid_t child = 0; file >> child;) {
    out.push_back(child);
  }
  return out;
}

}  // namespace

double cpu_seconds(pid_t pid) {
  double sum = 0;
  std::error_code gone;
  for (const auto& thread : std::filesystem::directory_iterator(folder_of(pid) + "/task", gone)) {
    sum += cpu_in(thread.path());
  }
  return sum;
}

double thread_seconds(pid_t pid, pid_t thread) {
  return cpu_in(folder_of(pid) + "/task/" + std::to_string(thread));
}

double tree_seconds(pid_t pid) {
  double sum = cpu_seconds(pid) + ended_seconds(pid);
  for (const pid_t child : children_of(pid)) {
    sum += tree_seconds(child);
  }
  return sum;
}

double rss_mb(pid_t pid) {
  std::ifstream file(folder_of(pid) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmRSS:")) {
      return std::stod(line.substr(6)) / 1024;
    }
  }
  return 0;
}

double children_rss_mb(pid_t pid) {
  double sum = 0;
  for (const pid_t child : children_of(pid)) {
    sum += rss_mb(child);
  }
  return sum;
}

Watched watched_from(std::string_view text) {
  const std::size_t cut = text.find('=');
  if (cut == std::string_view::npos) {
    throw std::invalid_argument("NAME=PID expected, not " + std::string(text));
  }
  return {std::string(text.substr(0, cut)), static_cast<pid_t>(std::stol(std::string(text.substr(cut + 1))))};
}

}  // namespace aisha::bench
