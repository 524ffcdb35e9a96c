// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>

#include "base/task.hpp"

namespace aisha::fakes {

/// Runs `task` and whatever it starts on `io` until the task ends; returns its value or throws its exception.
template <class T>
T run_task(boost::asio::io_context& io, Task<T> task) {
  std::exception_ptr problem;
  bool ended = false;
  if constexpr (std::is_void_v<T>) {
    boost::asio::co_spawn(io, std::move(task), [&](std::exception_ptr thrown) {
      problem = thrown;
      ended = true;
    });
  } else {
    std::optional<T> value;
    boost::asio::co_spawn(io, std::move(task), [&](std::exception_ptr thrown, T result) {
      problem = thrown;
      ended = true;
      if (!thrown) {
        value.emplace(std::move(result));
      }
    });
    io.restart();
    while (!ended && io.run_one() != 0) {
    }
    if (problem) {
      std::rethrow_exception(problem);
    }
    return std::move(value.value());
  }
  io.restart();
  while (!ended && io.run_one() != 0) {
  }
  if (problem) {
    std::rethrow_exception(problem);
  }
}

template <class T>
T run_task(Task<T> task) {
  boost::asio::io_context io{1};
  return run_task(io, std::move(task));
}

}  // namespace aisha::fakes
