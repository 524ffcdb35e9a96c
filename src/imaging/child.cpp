// SPDX-License-Identifier: Apache-2.0
#include "imaging/child.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <csignal>
#include <cstring>

#include "imaging/imager_wire.hpp"

namespace aisha::imaging {
namespace {

namespace asio = boost::asio;
constexpr auto kQuiet = asio::as_tuple(asio::use_awaitable);

/// Frees the spawn attributes on every way out.
struct SpawnPlan {
  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};

  explicit SpawnPlan(int socket) {
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, socket, wire::kChildSocket);
    posix_spawnattr_init(&attributes);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigaddset(&signals, SIGPIPE);
    sigaddset(&signals, SIGXCPU);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    // A group of its own: Ctrl-C in a terminal reaches the product, which then hangs up.
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
};

}  // namespace

Result<std::unique_ptr<Child>> Child::start(const Executor& executor, const ImagerOptions& options) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail(Errc::unavailable, std::string("imager socket: ") + std::strerror(errno));
  }
  std::string memory = std::to_string(options.memory_limit >> 20U);
  std::string idle = std::to_string(options.idle_exit.count());
  std::string program = options.program;
  std::array<char*, 4> arguments{program.data(), memory.data(), idle.data(), nullptr};
  pid_t pid = 0;
  int problem = 0;
  {
    const SpawnPlan plan(ends[1]);
    problem = posix_spawn(&pid, program.c_str(), &plan.files, &plan.attributes, arguments.data(), environ);
  }
  close(ends[1]);
  if (problem != 0) {
    close(ends[0]);
    return fail(Errc::unavailable, program + ": " + std::strerror(problem));
  }
  return std::make_unique<Child>(pid, Socket(executor, asio::local::stream_protocol(), ends[0]));
}

Child::~Child() {
  if (pid_ != 0) {
    kill();
    waitpid(pid_, nullptr, 0);
  }
}

void Child::kill() {
  if (pid_ != 0) {
    ::kill(pid_, SIGKILL);
  }
}

Task<std::optional<std::string>> Child::exchange(std::string body) {
  const std::string prefix = wire::length_prefix(body.size());
  const std::array<asio::const_buffer, 2> out{asio::buffer(prefix), asio::buffer(body)};
  const auto [write_error, sent] = co_await asio::async_write(socket_, out, kQuiet);
  if (write_error) {
    co_return std::nullopt;
  }
  std::string answer(wire::kLengthBytes, '\0');
  const auto length_buffer = asio::buffer(answer);
  const auto [length_error, got] = co_await asio::async_read(socket_, length_buffer, kQuiet);
  if (length_error) {
    co_return std::nullopt;
  }
  const std::uint32_t length = wire::read_length(answer);
  if (length > wire::kMaxFrame) {
    kill();
    co_return std::nullopt;
  }
  answer.resize(length);
  const auto body_buffer = asio::buffer(answer);
  const auto [body_error, more] = co_await asio::async_read(socket_, body_buffer, kQuiet);
  if (body_error) {
    co_return std::nullopt;
  }
  co_return answer;
}

Task<int> Child::reap() {
  constexpr auto kStep = std::chrono::milliseconds(2);
  constexpr int kPatience = 100;
  asio::steady_timer pause(socket_.get_executor());
  int status = 0;
  for (int i = 0; pid_ != 0; ++i) {
    if (i == kPatience) {
      kill();
    }
    const pid_t got = waitpid(pid_, &status, WNOHANG);
    if (got != 0) {
      // Negative: somebody else collected it; there is nothing left to wait for.
      pid_ = 0;
      break;
    }
    pause.expires_after(kStep);
    co_await pause.async_wait(kQuiet);
  }
  co_return status;
}

}  // namespace aisha::imaging
