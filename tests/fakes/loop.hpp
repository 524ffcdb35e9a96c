// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "base/task.hpp"

namespace aisha::fakes {

/// A loop that runs until one coroutine has finished. What else was spawned on it stays suspended between two calls.
class Loop {
 public:
  Executor executor() { return io_.get_executor(); }
  boost::asio::io_context& io() { return io_; }

  /// Result of `task`; its exception is thrown here.
  template <class T>
  T run(Task<T> task) {
    std::exception_ptr error;
    bool done = false;
    const auto finish = [&](std::exception_ptr e) {
      error = e;
      done = true;
    };
    if constexpr (std::is_void_v<T>) {
      boost::asio::co_spawn(io_, std::move(task), finish);
      spin(done);
      rethrow(error);
    } else {
      std::optional<T> value;
      boost::asio::co_spawn(io_, keep(std::move(task), value), finish);
      spin(done);
      rethrow(error);
      return std::move(*value);
    }
  }

  /// Runs what is ready without waiting.
  void poll() {
    io_.restart();
    io_.poll();
  }

 private:
  // co_spawn itself would want T to be default-constructible.
  template <class T>
  static Task<void> keep(Task<T> task, std::optional<T>& out) {
    out.emplace(co_await std::move(task));
  }

  void spin(const bool& done) {
    io_.restart();
    while (!done && io_.run_one() > 0) {
    }
    if (!done) {
      throw std::logic_error("the loop ran dry before the coroutine finished");
    }
  }

  static void rethrow(const std::exception_ptr& error) {
    if (error) {
      std::rethrow_exception(error);
    }
  }

  boost::asio::io_context io_;
};

}  // namespace aisha::fakes
