// SPDX-License-Identifier: Apache-2.0
#include "http/client/pools.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "http/client/peers.hpp"
#include "tests/unit/http/http_test.hpp"

// K1b: after a time-out nothing waits any more for a connection that has fallen silent.
namespace aisha::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

class SilentPeer : public HttpTest {
 protected:
  Request get(Millis timeout) {
    Request request;
    request.url = peer_.url();
    request.timeout = timeout;
    return request;
  }
  /// A request of its own coroutine; `ended` counts them.
  void start(Request request) { asio::co_spawn(loop_.executor(), follow(std::move(request)), asio::detached); }
  Task<void> follow(Request request) {
    auto outcome = co_await client_->send(std::move(request));
    outcomes_.push_back(std::move(outcome));
  }
  Task<tcp::socket> serve_once() {
    tcp::socket socket = co_await peer_.accept();
    co_await RawPeer::read_request(socket, 0);
    co_await RawPeer::say(socket, kOk);
    co_return socket;
  }
  void run_until(std::size_t ended) {
    while (outcomes_.size() < ended) {
      loop_.poll();
    }
  }

  RawPeer peer_{loop_};
  std::vector<Result<Response>> outcomes_;
};

TEST_F(SilentPeer, k01b_AfterATimeOutAnotherKeptConnectionIsNotTriedEither) {
  start(get(Millis(5'000)));
  start(get(Millis(5'000)));
  std::vector<tcp::socket> frozen;
  frozen.push_back(loop_.run(serve_once()));
  frozen.push_back(loop_.run(serve_once()));
  run_until(2);

  const auto lost = loop_.run(client_->send(get(Millis(200))));
  ASSERT_FALSE(lost);
  start(get(Millis(5'000)));
  const tcp::socket fresh = loop_.run(serve_once());
  run_until(3);
  EXPECT_TRUE(outcomes_.back()) << "over a new connection, although a kept one was left";
}

TEST_F(SilentPeer, k01b_WhatMayBeRepeatedAndHasWaitedLongerEndsWithIt) {
  Request poll = get(Millis(60'000));
  poll.repeatable = true;
  start(std::move(poll));
  start(get(Millis(60'000)));
  const tcp::socket first = loop_.run(peer_.accept());
  const tcp::socket second = loop_.run(peer_.accept());
  ASSERT_FALSE(loop_.run(client_->send(get(Millis(200)))));
  run_until(1);
  EXPECT_EQ(outcomes_[0].error().code, Errc::net_unknown) << "the long poll asks anew, the send goes on waiting";
  EXPECT_EQ(outcomes_.size(), 1U);
}

TEST_F(SilentPeer, k01b_TheKernelWatchesEveryConnection) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  watch_peer(socket);
  const auto value = [socket](int level, int option) {
    int out = 0;
    socklen_t size = sizeof out;
    ::getsockopt(socket, level, option, &out, &size);
    return out;
  };
  EXPECT_NE(value(SOL_SOCKET, SO_KEEPALIVE), 0);
  EXPECT_LE(value(IPPROTO_TCP, TCP_KEEPIDLE), 30);
  EXPECT_GT(value(IPPROTO_TCP, TCP_USER_TIMEOUT), 0);
  EXPECT_LE(value(IPPROTO_TCP, TCP_USER_TIMEOUT), 30'000);
  ::close(socket);
}

TEST(Origin, IsSchemeAndHost) {
  EXPECT_EQ(origin_of("https://a.example:8443/b/c?d"), "https://a.example:8443");
  EXPECT_EQ(origin_of("http://a.example"), "http://a.example");
  EXPECT_EQ(origin_of("https://a.example?b"), "https://a.example");
}

}  // namespace
}  // namespace aisha::http
