// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace aisha {

/// A coroutine on the loop thread. Parameters by value unless awaited at once (ARCHITECTURE.md, "Coroutines").
template <class T = void>
using Task = boost::asio::awaitable<T>;

using Executor = boost::asio::any_io_executor;

}  // namespace aisha
