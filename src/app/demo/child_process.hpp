// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace aisha::app {

/// A program that `aisha demo` runs beside itself. It gets SIGTERM when this process dies, however it dies.
class ChildProcess {
 public:
  /// Starts `arguments[0]` with its output appended to `log_file` and its pid written to `pid_file`.
  /// Errc::start_failed when the program cannot be run.
  static Result<ChildProcess> start(std::vector<std::string> arguments, const std::string& log_file,
                                    const std::string& pid_file);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  pid_t pid() const { return pid_; }
  /// Exit status once it has ended (128 + signal when killed), without waiting.
  std::optional<int> ended();
  /// SIGTERM, then SIGKILL after `grace`; returns when it has ended.
  void stop(Millis grace);

 private:
  ChildProcess(pid_t pid, std::string pid_file) : pid_(pid), pid_file_(std::move(pid_file)) {}

  pid_t pid_ = 0;  ///< 0 = ended or moved from
  std::optional<int> status_;
  std::string pid_file_;
};

}  // namespace aisha::app
