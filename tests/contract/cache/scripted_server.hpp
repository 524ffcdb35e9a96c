// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace aisha::cache {

/// Something on a loopback port that says what a test wants said. `answer` sees each piece of what was sent; an empty
/// string is silence, nothing hangs up.
class ScriptedServer {
 public:
  using Answer = std::function<std::optional<std::string>(const std::string& said)>;

  ScriptedServer(boost::asio::io_context& io, Answer answer)
      : acceptor_(io, {boost::asio::ip::address_v4::loopback(), 0}), answer_(std::move(answer)) {
    boost::asio::co_spawn(io, accept(), boost::asio::detached);
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  int connections() const { return connections_; }
  const std::string& heard() const { return heard_; }

 private:
  using Socket = boost::asio::ip::tcp::socket;

  boost::asio::awaitable<void> accept() {
    while (true) {
      auto [error, socket] = co_await acceptor_.async_accept(boost::asio::as_tuple(boost::asio::use_awaitable));
      if (error) {
        co_return;
      }
      ++connections_;
      boost::asio::co_spawn(acceptor_.get_executor(), serve(std::move(socket)), boost::asio::detached);
    }
  }

  boost::asio::awaitable<void> serve(Socket socket) {
    std::string piece(1 << 16, '\0');
    while (true) {
      const auto room = boost::asio::buffer(piece);
      auto [error, n] = co_await socket.async_read_some(room, boost::asio::as_tuple(boost::asio::use_awaitable));
      if (error) {
        co_return;
      }
      heard_.append(piece, 0, n);
      const auto said = answer_(piece.substr(0, n));
      if (!said) {
        co_return;
      }
      const auto bytes = boost::asio::buffer(*said);
      co_await boost::asio::async_write(socket, bytes, boost::asio::as_tuple(boost::asio::use_awaitable));
    }
  }

  boost::asio::ip::tcp::acceptor acceptor_;
  Answer answer_;
  int connections_ = 0;
  std::string heard_;
};

}  // namespace aisha::cache
