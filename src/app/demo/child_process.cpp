// SPDX-License-Identifier: Apache-2.0
#include "app/demo/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

namespace aisha::app {
namespace {

[[noreturn]] void run_in_child(const std::vector<std::string>& arguments, int log, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  // The parent may have died before the line above.
  if (::getppid() != parent) {
    ::_exit(1);
  }
  // Ctrl-C reaches the demo alone, which stops its children in order.
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

Result<ChildProcess> ChildProcess::start(std::vector<std::string> arguments, const std::string& log_file,
                                         const std::string& pid_file) {
  if (::access(arguments.front().c_str(), X_OK) != 0) {
    return fail(Errc::start_failed, fmt::format("{}: no such program; build it with `make build`", arguments.front()));
  }
  const int log = ::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) {
    return fail(Errc::start_failed, fmt::format("{}: cannot be written: {}", log_file, std::strerror(errno)));
  }
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) {
    run_in_child(arguments, log, parent);
  }
  ::close(log);
  if (pid < 0) {
    return fail(Errc::start_failed, fmt::format("cannot start {}: {}", arguments.front(), std::strerror(errno)));
  }
  std::ofstream(pid_file) << pid << '\n';
  return ChildProcess(pid, pid_file);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), status_(other.status_), pid_file_(std::move(other.pid_file_)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(status_, other.status_);
  std::swap(pid_file_, other.pid_file_);
  return *this;
}

ChildProcess::~ChildProcess() {
  stop(Millis(2'000));
}

std::optional<int> ChildProcess::ended() {
  int raw = 0;
  if (pid_ > 0 && ::waitpid(pid_, &raw, WNOHANG) == pid_) {
    status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    pid_ = 0;
    std::error_code ignored;
    std::filesystem::remove(pid_file_, ignored);
  }
  return status_;
}

void ChildProcess::stop(Millis grace) {
  if (pid_ == 0 || ended()) {
    return;
  }
  ::kill(pid_, SIGTERM);
  const auto until = std::chrono::steady_clock::now() + grace;
  while (!ended()) {
    if (std::chrono::steady_clock::now() > until) {
      ::kill(pid_, SIGKILL);
    }
    std::this_thread::sleep_for(Millis(20));
  }
}

}  // namespace aisha::app
