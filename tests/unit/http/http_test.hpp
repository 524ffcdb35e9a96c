// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string>
#include <utility>

#include "http/client/client.hpp"
#include "http/server/server.hpp"
#include "tests/fakes/loop.hpp"

namespace aisha::http {

/// A peer written by hand: takes connections one after the other and does with each what the test says.
class RawPeer {
 public:
  explicit RawPeer(fakes::Loop& loop)
      : acceptor_(loop.executor(), boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {}
  std::string url() { return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/"; }
  Task<boost::asio::ip::tcp::socket> accept() { co_return co_await acceptor_.async_accept(boost::asio::use_awaitable); }

  /// Reads one request head and the given number of body bytes.
  static Task<std::string> read_request(boost::asio::ip::tcp::socket& socket, std::size_t body) {
    std::string text;
    const std::size_t head = co_await boost::asio::async_read_until(socket, boost::asio::dynamic_buffer(text),
                                                                    "\r\n\r\n", boost::asio::use_awaitable);
    if (text.size() < head + body) {
      const std::size_t missing = head + body - text.size();
      co_await boost::asio::async_read(socket, boost::asio::dynamic_buffer(text),
                                       boost::asio::transfer_exactly(missing), boost::asio::use_awaitable);
    }
    co_return text;
  }

  static Task<void> say(boost::asio::ip::tcp::socket& socket, std::string text) {
    co_await boost::asio::async_write(socket, boost::asio::buffer(text), boost::asio::use_awaitable);
  }

 private:
  boost::asio::ip::tcp::acceptor acceptor_;
};

inline constexpr const char* kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// A server of our own on a free port, and the product's client.
class HttpTest : public ::testing::Test {
 protected:
  void TearDown() override {
    if (server_) {
      loop_.run(server_->stop(Millis(0)));
    }
  }

  void serve(ServerOptions options = {}) {
    auto made = make_server(loop_.executor(), std::move(options), router_);
    ASSERT_TRUE(made) << made.error().detail;
    server_ = std::move(*made);
  }

  /// Counts the calls of a route that answers 200 with `body`.
  void add_page(std::string method, std::string pattern, std::string body) {
    router_.add(std::move(method), std::move(pattern), [this, body](const ServerRequest& request) {
      ++calls_;
      seen_ = request;
      ServerResponse response;
      response.content_type = "text/plain";
      response.body = body;
      return reply(std::move(response));
    });
  }

  static Task<ServerResponse> reply(ServerResponse response) { co_return response; }

  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + path;
  }

  Result<Response> get(const std::string& path) {
    Request request;
    request.url = url(path);
    return loop_.run(client_->send(std::move(request)));
  }

  Result<Response> post(const std::string& path, std::string body) {
    Request request;
    request.method = "POST";
    request.url = url(path);
    request.body = std::move(body);
    return loop_.run(client_->send(std::move(request)));
  }

  /// Sends bytes as they are and returns everything up to the close of the connection.
  std::string raw(std::string bytes) { return loop_.run(exchange(server_->port(), std::move(bytes))); }

  static Task<std::string> exchange(std::uint16_t port, std::string bytes) {
    namespace asio = boost::asio;
    const auto executor = co_await asio::this_coro::executor;
    asio::ip::tcp::socket socket(executor);
    const asio::ip::tcp::endpoint server(asio::ip::make_address("127.0.0.1"), port);
    co_await socket.async_connect(server, asio::use_awaitable);
    co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
    std::string answer;
    boost::system::error_code ec;
    co_await asio::async_read(socket, asio::dynamic_buffer(answer), asio::redirect_error(asio::use_awaitable, ec));
    co_return answer;
  }

  fakes::Loop loop_;
  Router router_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<Client> client_ = make_client(loop_.executor());
  int calls_ = 0;
  ServerRequest seen_;
};

}  // namespace aisha::http
