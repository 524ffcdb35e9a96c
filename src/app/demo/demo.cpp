// SPDX-License-Identifier: Apache-2.0
#include "app/demo/demo.hpp"

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
#include <vector>

#include "app/demo/child_process.hpp"
#include "app/demo/demo_config.hpp"
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

Result<void> check(const DemoOptions& options) {
  const bool sqlite = options.database.empty() || options.database.starts_with("sqlite:");
  if (options.replicas > 1 && sqlite) {
    return fail(Errc::config_invalid, "--replicas: a SQLite file admits one process; give --database postgres://...");
  }
  return {};
}

class Demo {
 public:
  explicit Demo(DemoOptions options)
      : options_(std::move(options)), data_(fs::absolute(options_.data).lexically_normal().string()) {}

  Result<void> run() {
    const std::uint16_t port = free_port(options_.host);
    if (port == 0) {
      return fail(Errc::start_failed, fmt::format("{}: no port is free for the bot to listen on", options_.host));
    }
    const DemoPlaces places{data_, fmt::format("http://{}:{}", options_.host, options_.port),
                            fmt::format("{}:{}", options_.host, port)};
    auto sandbox = start_sandbox(places);
    if (!sandbox) {
      return std::unexpected(sandbox.error());
    }
    auto ready = wait_ready(*sandbox, data_ + "/sandbox.log",
                            [&] { return probe_json(places.sandbox + "/sim/health").has_value(); });
    if (!ready || !*ready) {
      return ready ? Result<void>() : std::unexpected(ready.error());
    }
    if (auto written = write_demo_config(places, options_); !written) {
      return written;
    }
    return keep_running(places.sandbox, *sandbox);
  }

 private:
  Result<ChildProcess> start_sandbox(const DemoPlaces& places) {
    if (const std::string taken = port_problem(options_.host, options_.port); !taken.empty()) {
      return fail(Errc::start_failed, taken);
    }
    return ChildProcess::start(
        {program_folder() + "/aisha-sandbox", "--host", options_.host, "--port", std::to_string(options_.port),
         "--data", data_ + "/sandbox", "--top-up", "http://" + places.product + "/sandbox/top_up", "--quiet"},
        data_ + "/sandbox.log", data_ + "/sandbox.pid");
  }

  /// "aisha" for the first process, "aisha-2" for the second.
  std::string name_of(int replica) const {
    return data_ + (replica == 0 ? "/aisha" : fmt::format("/aisha-{}", replica + 1));
  }

  Result<ChildProcess> start_product(int replica) {
    std::vector<std::string> arguments{program_folder() + "/aisha", "serve", "--config", data_ + "/aisha.toml"};
    if (replica > 0 && options_.updates == "polling") {
      // Telegram lets one process poll.
      arguments.insert(arguments.end(), {"--role", "jobs"});
    }
    return ChildProcess::start(std::move(arguments), name_of(replica) + ".log", name_of(replica) + ".pid");
  }

  void announce(const std::string& url) const {
    fmt::print("Aisha is running. Ctrl-C stops it; its data stays in {}\nChat page: {}/?lang={}\n", data_, url,
               options_.language);
    std::fflush(stdout);
    if (options_.open_browser) {
      open_browser(url);
    }
  }

  Result<void> keep_running(const std::string& url, ChildProcess& sandbox) {
    std::vector<ChildProcess> products;
    for (int replica = 0; replica < options_.replicas; ++replica) {
      auto product = start_product(replica);
      if (!product) {
        return std::unexpected(product.error());
      }
      products.push_back(std::move(*product));
      // The first one brings the schema up to date before another looks at it.
      auto ready = wait_ready(products.back(), name_of(replica) + ".log", [&] { return bot_is_ready(url); });
      if (!ready || !*ready) {
        return ready ? Result<void>() : std::unexpected(ready.error());
      }
    }
    announce(url);
    while (!stop_requested(Millis(200))) {
      if (sandbox.ended()) {
        return fail(Errc::start_failed, fmt::format("the sandbox ended; see {}/sandbox.log", data_));
      }
      auto mended = restart_the_dead(products);
      if (!mended) {
        return std::unexpected(mended.error());
      }
      if (!*mended) {
        break;
      }
    }
    fmt::print("Stopping\n");
    for (ChildProcess& product : products) {
      product.stop(kStopGrace);
    }
    return {};
  }

  /// False when the demo is to stop meanwhile.
  Result<bool> restart_the_dead(std::vector<ChildProcess>& products) {
    for (int replica = 0; replica < options_.replicas; ++replica) {
      ChildProcess& product = products[static_cast<std::size_t>(replica)];
      const auto status = product.ended();
      if (!status) {
        continue;
      }
      fmt::print("The product ended with status {}; starting it again (see {}.log)\n", *status, name_of(replica));
      std::fflush(stdout);
      if (stop_requested(Millis(1'000))) {
        return false;
      }
      auto again = start_product(replica);
      if (!again) {
        return std::unexpected(again.error());
      }
      product = std::move(*again);
    }
    return true;
  }

  DemoOptions options_;
  std::string data_;
};

}  // namespace

Result<void> run_demo(DemoOptions options) {
  if (auto possible = check(options); !possible) {
    return possible;
  }
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
