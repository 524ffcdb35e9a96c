// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "base/task.hpp"

namespace aisha::app {

/// Runs `loop` until `task` has ended: for commands, which have nothing else to do. Rethrows.
template <class T>
T wait_for(boost::asio::io_context& loop, Task<T> task) {
  std::exception_ptr thrown;
  std::optional<T> value;
  boost::asio::co_spawn(loop, std::move(task), [&](std::exception_ptr problem, T result) {
    thrown = problem;
    value.emplace(std::move(result));
    loop.stop();
  });
  loop.restart();
  loop.run();
  if (thrown) {
    std::rethrow_exception(thrown);
  }
  return std::move(value.value());
}

}  // namespace aisha::app
