// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/io_context.hpp>
#include <chrono>

#include "product.hpp"

namespace aisha::bench {

/// Runs the loop until `done` says so, and `each_time` every 20 ms; false when the time or the product is over.
template <class Done, class EachTime>
bool run_until(boost::asio::io_context& io, const Product& product, std::chrono::seconds limit, Done done,
               EachTime each_time) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!done()) {
    if (std::chrono::steady_clock::now() > end || !product.running()) {
      return false;
    }
    io.restart();
    io.run_for(std::chrono::milliseconds(20));
    each_time();
  }
  return true;
}

template <class Done>
bool run_until(boost::asio::io_context& io, const Product& product, std::chrono::seconds limit, Done done) {
  return run_until(io, product, limit, done, [] {});
}

}  // namespace aisha::bench
