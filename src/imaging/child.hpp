// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "imaging/imager.hpp"

namespace aisha::imaging {

/// One aisha-imager process and the socket to it. Destroying it kills the process.
class Child {
 public:
  using Socket = boost::asio::local::stream_protocol::socket;

  /// Error: unavailable (no such program, no more processes or descriptors).
  static Result<std::unique_ptr<Child>> start(const Executor& executor, const ImagerOptions& options);

  Child(pid_t pid, Socket socket) : pid_(pid), socket_(std::move(socket)) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  /// Sends one frame and reads the answer's body; nullopt when the child is gone or babbles.
  Task<std::optional<std::string>> exchange(std::string body);
  /// Waits for the child to end (kills one that lingers) and returns waitpid's status.
  Task<int> reap();
  void kill();
  Socket& socket() { return socket_; }

 private:
  pid_t pid_;
  Socket socket_;
};

}  // namespace aisha::imaging
