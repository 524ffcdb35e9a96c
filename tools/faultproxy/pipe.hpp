// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <string>

#include "base/task.hpp"
#include "tools/faultproxy/toxic.hpp"

namespace aisha::faultproxy {

class Link;

/// One direction of a connection. A reader stamps chunks with their arrival, a writer sends them when their time has
/// come: so latency delays bytes without thinning their flow.
class Pipe {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  Pipe(Link& link, Stream stream, Socket& from, Socket& to);

  static Task<void> read(std::shared_ptr<Link> link, Pipe& pipe);
  static Task<void> write(std::shared_ptr<Link> link, Pipe& pipe);
  /// Ends every pause, so that it is counted anew.
  void wake();

 private:
  using Steady = std::chrono::steady_clock;
  enum class End : std::uint8_t { none, orderly, broken };
  struct Chunk {
    std::string bytes;
    Steady::time_point arrived;
    End end = End::none;
  };

  Task<void> fill();
  Task<void> deliver(Chunk chunk);
  Task<void> finish(Chunk chunk);
  /// Returns once `delay()` has passed since `since`; a changed toxic changes it at once.
  Task<void> hold(Toxic::Type type, Steady::time_point since);
  Task<void> send(std::string bytes);
  Task<void> pause(boost::asio::steady_timer& timer, Steady::time_point until);

  Link& link_;
  Stream stream_;
  Socket& from_;
  Socket& to_;
  boost::asio::steady_timer news_;  ///< the writer waits
  boost::asio::steady_timer room_;  ///< the reader waits
  boost::asio::steady_timer pace_;  ///< the writer lets time pass
  std::deque<Chunk> chunks_;
  std::size_t waiting_ = 0;  ///< bytes in chunks_
  std::int64_t passed_ = 0;  ///< bytes sent on
};

}  // namespace aisha::faultproxy
