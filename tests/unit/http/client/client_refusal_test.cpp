// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <boost/asio/detached.hpp>

#include "tests/unit/http/http_test.hpp"

namespace aisha::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

/// Refuses by the head alone; then takes one request as it is.
Task<void> refuse_once(RawPeer& peer, std::string& head, std::string& plain) {
  tcp::socket socket = co_await peer.accept();
  head = co_await RawPeer::read_request(socket, 0);
  co_await RawPeer::say(socket, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  socket.close();
  tcp::socket next = co_await peer.accept();
  plain = co_await RawPeer::read_request(next, 4);
  co_await RawPeer::say(next, kOk);
}

TEST_F(HttpTest, ARequestThatAsksFirstHearsTheRefusalBeforeItsBodyTravels) {
  RawPeer peer(loop_);
  std::string head;
  std::string plain;
  asio::co_spawn(loop_.io(), refuse_once(peer, head, plain), asio::detached);
  Request request;
  request.method = "PUT";
  request.url = peer.url();
  request.body = std::string(10U << 20U, 'x');
  request.ask_first = true;
  const auto refused = loop_.run(client_->send(request));
  ASSERT_TRUE(refused) << refused.error().detail;
  EXPECT_EQ(refused->status, 403);
  EXPECT_THAT(head, testing::HasSubstr("Expect: 100-continue\r\n"));
  EXPECT_THAT(head, testing::Not(testing::HasSubstr("xxx")));
  request.body = "body";
  request.ask_first = false;
  ASSERT_TRUE(loop_.run(client_->send(request)));
  EXPECT_THAT(plain, testing::Not(testing::HasSubstr("Expect")));
}

}  // namespace
}  // namespace aisha::http
