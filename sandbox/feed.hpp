// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::sandbox {

/// What happened lately, and waiting for more of it. Loop thread only.
class Feed {
 public:
  explicit Feed(Executor executor);
  ~Feed();
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  /// Adds events (none is fine) and wakes every waiter.
  void publish(const std::vector<json::Object>& events);
  /// Resumes at the next `publish` or `close`, at the latest after `most`.
  Task<void> wait(Millis most);
  /// The same for a reader who knows the events up to number `seen`: what was published meanwhile is not waited for.
  Task<void> wait_past(std::uint64_t seen, Millis most);
  /// Number of the newest event.
  std::uint64_t newest() const { return newest_; }
  /// Events after number `after` as JSON texts; old ones are forgotten.
  std::vector<std::string> since(std::uint64_t after) const;
  /// Nobody waits from now on: the server stops.
  void close();
  bool closed() const { return closed_; }

 private:
  struct Waiters;
  void wake();

  Executor executor_;
  std::unique_ptr<Waiters> waiters_;
  std::deque<std::string> kept_;
  std::uint64_t newest_ = 0;
  bool closed_ = false;
};

}  // namespace aisha::sandbox
