// SPDX-License-Identifier: Apache-2.0
#include "product.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <numeric>
#include <stdexcept>

namespace aisha::bench {
namespace {

/// Nanoseconds a thread has run, first field of schedstat: /proc/PID/stat counts in ticks of 10 ms.
double cpu_in(const std::filesystem::path& thread) {
  std::ifstream file(thread / "schedstat");
  double nanoseconds = 0;
  file >> nanoseconds;
  return nanoseconds / 1e9;
}

std::string folder_of(pid_t pid) {
  return "/proc/" + std::to_string(pid);
}

double cpu_of(pid_t pid) {
  double sum = 0;
  for (const auto& thread : std::filesystem::directory_iterator(folder_of(pid) + "/task")) {
    sum += cpu_in(thread.path());
  }
  return sum;
}

double rss_of(pid_t pid) {
  std::ifstream file(folder_of(pid) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmRSS:")) {
      return std::stod(line.substr(6)) / 1024;
    }
  }
  return 0;
}

}  // namespace

Product::Product(const std::string& program, const std::vector<std::string>& arguments, const std::string& log) {
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  const int problem = posix_spawn(&pid_, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) {
    throw std::runtime_error("cannot start " + program);
  }
}

Product::~Product() {
  if (pid_ > 0) {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
}

bool Product::running() const {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

double Product::cpu_seconds() const {
  return cpu_of(pid_);
}

double Product::loop_seconds() const {
  return cpu_in(folder_of(pid_) + "/task/" + std::to_string(pid_));
}

double Product::rss_mb() const {
  return rss_of(pid_);
}

std::vector<pid_t> Product::children() const {
  const std::string self = std::to_string(pid_);
  std::ifstream file("/proc/" + self + "/task/" + self + "/children");
  std::vector<pid_t> out;
  for (pid_t child = 0; file >> child;) {
    out.push_back(child);
  }
  return out;
}

double Product::children_cpu_seconds() const {
  const auto all = children();
  return std::accumulate(all.begin(), all.end(), 0.0, [](double sum, pid_t child) { return sum + cpu_of(child); });
}

double Product::children_rss_mb() const {
  const auto all = children();
  return std::accumulate(all.begin(), all.end(), 0.0, [](double sum, pid_t child) { return sum + rss_of(child); });
}

}  // namespace aisha::bench
