// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "chats.hpp"
#include "http/server/server.hpp"

namespace aisha::bench {

/// A Telegram that answers at once, over plain HTTP on loopback. `chats` outlives it.
class FakeTelegram {
 public:
  FakeTelegram(boost::asio::io_context& io, Chats& chats);

  std::uint16_t port() const { return server_->port(); }
  bool polled() const { return polled_; }
  Chats::Time first_poll() const { return first_poll_; }
  /// No update is handed out before: the product is measured idle first.
  void open();
  /// There is news: a waiting getUpdates is answered.
  void ring() { news_.cancel(); }

 private:
  Task<http::ServerResponse> answer(http::ServerRequest request);
  Task<std::string> updates();

  Chats& chats_;
  boost::asio::steady_timer news_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  bool polled_ = false;
  bool open_ = false;
  Chats::Time first_poll_;
};

}  // namespace aisha::bench
