// SPDX-License-Identifier: Apache-2.0
#include "app/commands/demo.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/commands/child_process.hpp"
#include "app/commands/demo_config.hpp"
#include "app/doctor/probe.hpp"
#include "app/engines/engines.hpp"

namespace aisha::app {
namespace {

namespace fs = std::filesystem;

constexpr Millis kStartLimit{30'000};
constexpr Millis kStopGrace{10'000};

/// Waits up to `limit` for SIGINT or SIGTERM, which are blocked in this process.
bool stop_requested(Millis limit) {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGINT);
  sigaddset(&ours, SIGTERM);
  timespec wait{limit.count() / 1000, (limit.count() % 1000) * 1'000'000};
  return ::sigtimedwait(&ours, nullptr, &wait) > 0;
}

void block_stop_signals() {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGINT);
  sigaddset(&ours, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &ours, nullptr);
}

/// One demo per folder: the lock lives as long as the descriptor.
Result<int> lock_folder(const std::string& data) {
  std::error_code ec;
  fs::create_directories(data, ec);
  const std::string path = data + "/demo.lock";
  const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) {
    return fail(Errc::start_failed, fmt::format("{}: cannot be written: {}", data, std::strerror(errno)));
  }
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return fail(Errc::start_failed, fmt::format("{}: another demo is running on this folder", data));
  }
  return lock;
}

std::string last_lines(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::string tail;
  while (std::getline(file, line)) {
    tail = (tail.size() > 2'000 ? tail.substr(tail.find('\n') + 1) : tail) + "  " + line + "\n";
  }
  return tail;
}

/// Waits until `ready`, the child ends, or time is up.
template <class Ready>
Result<bool> wait_ready(ChildProcess& child, const std::string& log, Ready ready) {
  const auto until = std::chrono::steady_clock::now() + kStartLimit;
  while (std::chrono::steady_clock::now() < until) {
    if (ready()) {
      return true;
    }
    if (child.ended()) {
      return fail(Errc::start_failed, fmt::format("it ended at once; {} says:\n{}", log, last_lines(log)));
    }
    if (stop_requested(Millis(50))) {
      return false;
    }
  }
  return fail(Errc::start_failed, fmt::format("not ready after 30 s; see {}", log));
}

void open_browser(const std::string& url) {
  if (::isatty(STDOUT_FILENO) != 0 && std::getenv("DISPLAY") != nullptr && ::access("/usr/bin/xdg-open", X_OK) == 0) {
    (void)ChildProcess::start({"/usr/bin/xdg-open", url}, "/dev/null", "/dev/null");
  }
}

class Demo {
 public:
  explicit Demo(DemoOptions options)
      : options_(std::move(options)), data_(fs::absolute(options_.data).lexically_normal().string()) {}

  Result<void> run() {
    auto sandbox = start_sandbox();
    if (!sandbox) {
      return std::unexpected(sandbox.error());
    }
    const std::string url = fmt::format("http://{}:{}", options_.host, options_.port);
    auto ready =
        wait_ready(*sandbox, data_ + "/sandbox.log", [&] { return probe_json(url + "/sim/health").has_value(); });
    if (!ready || !*ready) {
      return ready ? Result<void>() : std::unexpected(ready.error());
    }
    if (auto written = write_demo_config(data_, url, options_); !written) {
      return written;
    }
    return keep_product_running(url, *sandbox);
  }

 private:
  Result<ChildProcess> start_sandbox() {
    if (const std::string taken = port_problem(options_.host, options_.port); !taken.empty()) {
      return fail(Errc::start_failed, taken);
    }
    return ChildProcess::start({program_folder() + "/aisha-sandbox", "--host", options_.host, "--port",
                                std::to_string(options_.port), "--data", data_ + "/sandbox", "--quiet"},
                               data_ + "/sandbox.log", data_ + "/sandbox.pid");
  }

  Result<ChildProcess> start_product() {
    return ChildProcess::start({program_folder() + "/aisha", "serve", "--config", data_ + "/aisha.toml"},
                               data_ + "/aisha.log", data_ + "/aisha.pid");
  }

  Result<void> keep_product_running(const std::string& url, ChildProcess& sandbox) {
    auto product = start_product();
    if (!product) {
      return std::unexpected(product.error());
    }
    auto ready = wait_ready(*product, data_ + "/aisha.log", [&] { return product_polls(url); });
    if (!ready || !*ready) {
      return ready ? Result<void>() : std::unexpected(ready.error());
    }
    fmt::print("Aisha is running. Ctrl-C stops it; its data stays in {}\nChat page: {}/?lang={}\n", data_, url,
               options_.language);
    std::fflush(stdout);
    if (options_.open_browser) {
      open_browser(url);
    }
    while (!stop_requested(Millis(200))) {
      if (sandbox.ended()) {
        return fail(Errc::start_failed, fmt::format("the sandbox ended; see {}/sandbox.log", data_));
      }
      if (const auto status = product->ended()) {
        fmt::print("The product ended with status {}; starting it again (see {}/aisha.log)\n", *status, data_);
        std::fflush(stdout);
        if (stop_requested(Millis(1'000))) {
          break;
        }
        auto again = start_product();
        if (!again) {
          return std::unexpected(again.error());
        }
        *product = std::move(*again);
      }
    }
    fmt::print("Stopping\n");
    product->stop(kStopGrace);
    return {};
  }

  DemoOptions options_;
  std::string data_;
};

}  // namespace

Result<void> run_demo(DemoOptions options) {
  block_stop_signals();
  auto lock = lock_folder(options.data);
  if (!lock) {
    return std::unexpected(lock.error());
  }
  auto outcome = Demo(std::move(options)).run();
  ::close(*lock);
  return outcome;
}

}  // namespace aisha::app
