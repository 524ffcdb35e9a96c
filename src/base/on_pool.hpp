// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "base/error.hpp"
#include "base/task.hpp"

namespace aisha {

/// Runs blocking `work` (a callable that gives a Result) on the pool; its answer arrives on the loop, which stays busy
/// meanwhile. An exception of it is Errc::unavailable. Heavy to include.
template <class Work>
auto on_pool(boost::asio::thread_pool& pool, Executor loop, Work held) -> Task<decltype(held())> {
  namespace asio = boost::asio;
  using Answer = decltype(held());
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(
      [&pool](auto handler, auto home, Work work) {
        auto busy = asio::prefer(home, asio::execution::outstanding_work.tracked);
        asio::post(pool, [handler = std::move(handler), busy = std::move(busy), work = std::move(work)]() mutable {
          const auto guarded = [&]() -> Answer {
            try {
              return work();
            } catch (const std::exception& problem) {
              return fail(Errc::unavailable, problem.what());
            }
          };
          Answer answer = guarded();
          asio::post(busy, [handler = std::move(handler), answer = std::move(answer)]() mutable {
            std::move(handler)(std::move(answer));
          });
        });
      },
      asio::use_awaitable, std::move(loop), std::move(held));
}

}  // namespace aisha
