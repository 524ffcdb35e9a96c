// SPDX-License-Identifier: Apache-2.0
#include "http/client/client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>
#include <set>

#include "tests/fakes/whole_body.hpp"
#include "tests/unit/http/http_test.hpp"

namespace aisha::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

TEST_F(HttpTest, ClientCarriesMethodHeadersAndBodyBothWays) {
  router_.add("PUT", "/things/:id", [this](const ServerRequest& request) {
    seen_ = request;
    ServerResponse response;
    response.status = 201;
    response.body = "made";
    response.headers.push_back({"X-Number", "7"});
    return reply(std::move(response));
  });
  serve();
  Request request;
  request.method = "PUT";
  request.url = url("/things/4%202?q=a%26b&empty=");
  request.headers = {{"X-Own", "eins"}, {"Content-Type", "text/x"}};
  request.body = std::string("a\0b", 3);
  const auto response = loop_.run(client_->send(request));
  ASSERT_TRUE(response) << response.error().detail;
  EXPECT_EQ(response->status, 201);
  EXPECT_EQ(response->body, "made");
  EXPECT_EQ(response->header("x-number"), "7");
  EXPECT_EQ(response->header("absent"), "");
  EXPECT_EQ(seen_.params.at("id"), "4 2");
  EXPECT_EQ(seen_.query.at("q"), "a&b");
  EXPECT_EQ(seen_.query.at("empty"), "");
  EXPECT_EQ(seen_.header("x-own"), "eins");
  EXPECT_EQ(seen_.header("content-type"), "text/x");
  EXPECT_EQ(seen_.header("expect"), "");
  EXPECT_EQ(seen_.body, std::string("a\0b", 3));
}

TEST_F(HttpTest, ClientKeepsNothingOfTheRequestBefore) {
  router_.add("*", "/*rest", [this](const ServerRequest& request) {
    seen_ = request;
    return reply({});
  });
  serve();
  Request first;
  first.method = "PATCH";
  first.url = url("/a");
  first.headers = {{"X-Own", "1"}};
  first.body = "body";
  ASSERT_TRUE(loop_.run(client_->send(first)));
  EXPECT_EQ(seen_.method, "PATCH");
  ASSERT_TRUE(get("/b"));
  EXPECT_EQ(seen_.method, "GET");
  EXPECT_EQ(seen_.body, "");
  EXPECT_EQ(seen_.header("x-own"), "");
  EXPECT_EQ(seen_.header("content-length"), "");
  ASSERT_TRUE(post("/c", ""));
  EXPECT_EQ(seen_.method, "POST");
  EXPECT_EQ(seen_.header("content-length"), "0");
}

TEST_F(HttpTest, ClientReusesOneConnectionForRequestsInARow) {
  RawPeer peer(loop_);
  std::string paths;
  asio::co_spawn(
      loop_.io(),
      [&]() -> Task<void> {
        tcp::socket socket = co_await peer.accept();  // a second connection would never be accepted
        for (int i = 0; i < 3; ++i) {
          const std::string text = co_await RawPeer::read_request(socket, 0);
          paths += text.substr(4, text.find(' ', 4) - 4);
          co_await RawPeer::say(socket, kOk);
        }
      },
      asio::detached);
  for (const char* path : {"a", "b", "c"}) {
    Request request;
    request.url = peer.url() + path;
    const auto response = loop_.run(client_->send(request));
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->body, "ok");
  }
  EXPECT_EQ(paths, "/a/b/c");
}

TEST_F(HttpTest, ARefusedConnectionIsCertainlyNotSent) {
  Request request;
  {
    tcp::acceptor held(loop_.io(), tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    request.url = "http://127.0.0.1:" + std::to_string(held.local_endpoint().port()) + "/";
  }
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::net_not_sent);
  request.url = "ftp://127.0.0.1/";
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::net_not_sent);
  request.url = "no url at all";
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::net_not_sent);
}

TEST_F(HttpTest, AConnectTimeoutIsCertainlyNotSent) {
  // A full backlog leaves further connections without an answer.
  tcp::acceptor full(loop_.io(), tcp::v4());
  full.bind(tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  full.listen(0);
  std::vector<tcp::socket> fillers;
  for (int i = 0; i < 8; ++i) {
    fillers.emplace_back(loop_.io(), tcp::v4());
    fillers.back().native_non_blocking(true);
    const tcp::endpoint to = full.local_endpoint();
    static_cast<void>(::connect(fillers.back().native_handle(), to.data(), static_cast<socklen_t>(to.size())));
  }
  Request request;
  request.url = "http://127.0.0.1:" + std::to_string(full.local_endpoint().port()) + "/";
  request.connect_timeout = Millis(30);
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::net_not_sent);
}

TEST_F(HttpTest, AConnectionClosedAfterTheRequestIsUnknown) {
  router_.add("POST", "/", [this](const ServerRequest&) {
    ++calls_;
    ServerResponse response;
    response.drop = true;
    return reply(std::move(response));
  });
  serve();
  EXPECT_EQ(post("/", "x").error().code, Errc::net_unknown);
  EXPECT_EQ(calls_, 1);
}

TEST_F(HttpTest, AnAnswerCutOffInTheMiddleIsUnknown) {
  router_.add("GET", "/", [](const ServerRequest&) {
    ServerResponse response;
    response.body = "a body of some length";
    response.truncate = true;
    return reply(std::move(response));
  });
  serve();
  EXPECT_EQ(get("/").error().code, Errc::net_unknown);
}

/// Answers one request, reads a second one on the same connection and hangs up; then takes `more` further connections.
Task<void> hang_up_on_second(RawPeer& peer, std::size_t body, int more, int& requests) {
  tcp::socket socket = co_await peer.accept();
  co_await RawPeer::read_request(socket, body);
  co_await RawPeer::say(socket, kOk);
  co_await RawPeer::read_request(socket, body);
  requests = 2;
  socket.close();
  for (int i = 0; i < more; ++i) {
    tcp::socket next = co_await peer.accept();
    co_await RawPeer::read_request(next, body);
    ++requests;
    co_await RawPeer::say(next, kOk);
  }
}

TEST_F(HttpTest, APostThatAKeptConnectionSwallowedIsNeverSentTwice) {
  RawPeer peer(loop_);
  int requests = 0;
  asio::co_spawn(loop_.io(), hang_up_on_second(peer, 1, 1, requests), asio::detached);
  Request request;
  request.method = "POST";
  request.url = peer.url();
  request.body = "x";
  ASSERT_TRUE(loop_.run(client_->send(request)));
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::net_unknown);
  EXPECT_EQ(requests, 2);
}

TEST_F(HttpTest, ARepeatablePostGoesOutAgainWhenAKeptConnectionDies) {
  RawPeer peer(loop_);
  int requests = 0;
  asio::co_spawn(loop_.io(), hang_up_on_second(peer, 1, 1, requests), asio::detached);
  Request request;
  request.method = "POST";
  request.url = peer.url();
  request.body = "x";
  request.repeatable = true;
  ASSERT_TRUE(loop_.run(client_->send(request)));
  const auto second = loop_.run(client_->send(request));
  ASSERT_TRUE(second) << second.error().detail;
  EXPECT_EQ(requests, 3);
}

TEST_F(HttpTest, ABodyInPiecesTravelsAsOneAndWholeWhenItIsRepeated) {
  RawPeer peer(loop_);
  std::vector<std::string> seen;
  const std::size_t size = 200'004;
  asio::co_spawn(
      loop_.io(),
      [&]() -> Task<void> {
        tcp::socket socket = co_await peer.accept();
        for (const bool answers : {true, false}) {
          std::string text = co_await RawPeer::read_request(socket, size);
          seen.push_back(std::move(text));
          if (answers) {
            co_await RawPeer::say(socket, kOk);
          }
        }
        socket.close();
        tcp::socket again = co_await peer.accept();
        std::string text = co_await RawPeer::read_request(again, size);
        seen.push_back(std::move(text));
        co_await RawPeer::say(again, kOk);
      },
      asio::detached);
  Request request;
  request.method = "POST";
  request.url = peer.url();
  request.body_head = "<<";
  request.body = std::string(200'000, 'x');
  request.body_tail = ">>";
  request.repeatable = true;
  ASSERT_TRUE(loop_.run(client_->send(request)));
  ASSERT_TRUE(loop_.run(client_->send(request)));
  ASSERT_EQ(seen.size(), 3U);
  for (const std::string& text : seen) {
    EXPECT_TRUE(text.contains("\r\nContent-Length: 200004\r\n"));
    EXPECT_TRUE(text.ends_with("\r\n\r\n" + fakes::whole_body(request)));
  }
  // The handle is used again for a request whose body lies in one piece.
  router_.add("POST", "/", [this](const ServerRequest& asked) {
    seen_ = asked;
    return reply({});
  });
  serve();
  EXPECT_EQ(post("/", "whole")->status, 200);
  EXPECT_EQ(seen_.body, "whole");
}

TEST_F(HttpTest, AnAnswerOverTheLimitIsRefusedWhileItArrives) {
  add_page("GET", "/", std::string(1000, 'x'));
  serve();
  Request request;
  request.url = url("/");
  request.max_body = 999;
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::net_too_large);
  request.max_body = 1000;
  EXPECT_EQ(loop_.run(client_->send(request)).value().body.size(), 1000U);
}

TEST_F(HttpTest, EndlessHeadersAreRefused) {
  RawPeer peer(loop_);
  asio::co_spawn(
      loop_.io(),
      [&]() -> Task<void> {
        tcp::socket socket = co_await peer.accept();
        co_await RawPeer::read_request(socket, 0);
        std::string head = "HTTP/1.1 200 OK\r\n";
        for (int i = 0; i < 80; ++i) {
          head += "X-Filler: " + std::string(1000, 'y') + "\r\n";
        }
        head += "Content-Length: 0\r\n\r\n";
        co_await RawPeer::say(socket, std::move(head));
      },
      asio::detached);
  Request request;
  request.url = peer.url();
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::net_too_large);
}

TEST_F(HttpTest, ARedirectIsAnAnswerAndNotFollowed) {
  add_page("GET", "/other", "other");
  router_.add("GET", "/", [](const ServerRequest&) {
    ServerResponse response;
    response.status = 302;
    response.headers.push_back({"Location", "/other"});
    return reply(std::move(response));
  });
  serve();
  EXPECT_EQ(get("/").value().status, 302);
  EXPECT_EQ(calls_, 0);
}

TEST_F(HttpTest, ASilentPeerIsUnknownAfterTheTimeout) {
  RawPeer peer(loop_);
  asio::co_spawn(
      loop_.io(),
      [&]() -> Task<void> {
        tcp::socket socket = co_await peer.accept();
        co_await RawPeer::read_request(socket, 0);
        co_await RawPeer::read_request(socket, 0);  // until the client gives up
      },
      asio::detached);
  Request request;
  request.url = peer.url();
  request.timeout = Millis(30);
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::net_unknown);
}

TEST_F(HttpTest, PublicOnlyRefusesLoopbackEvenOverAnOpenConnection) {
  add_page("GET", "/", "hi");
  serve();
  ASSERT_TRUE(get("/"));
  Request request;
  request.url = url("/");
  request.peers = Peers::public_only;
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::result_address_refused);
  request.url = "http://localhost:" + std::to_string(server_->port()) + "/";
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::result_address_refused);
  EXPECT_EQ(calls_, 1);
}

TEST_F(HttpTest, TheEnvironmentsProxyIsIgnored) {
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
  add_page("GET", "/", "straight");
  serve();
  const auto response = get("/");
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  ASSERT_TRUE(response) << response.error().detail;
  EXPECT_EQ(response->body, "straight");
}

TEST_F(HttpTest, CancellingTheCoroutineAbortsTheTransfer) {
  RawPeer peer(loop_);
  asio::cancellation_signal signal;
  bool peer_saw_close = false;
  bool cancelled = false;
  asio::co_spawn(
      loop_.io(),
      [&]() -> Task<void> {
        Request request;
        request.url = peer.url();
        try {
          co_await client_->send(std::move(request));
        } catch (const boost::system::system_error& error) {
          cancelled = error.code() == asio::error::operation_aborted;
        }
      },
      asio::bind_cancellation_slot(signal.slot(), asio::detached));
  const auto watch = [&]() -> Task<void> {
    tcp::socket socket = co_await peer.accept();
    co_await RawPeer::read_request(socket, 0);
    signal.emit(asio::cancellation_type::terminal);
    char byte = 0;
    boost::system::error_code ec;
    co_await socket.async_read_some(asio::buffer(&byte, 1), asio::redirect_error(asio::use_awaitable, ec));
    peer_saw_close = bool(ec);
  };
  loop_.run(watch());
  loop_.poll();
  EXPECT_TRUE(peer_saw_close);
  EXPECT_TRUE(cancelled);
}

TEST_F(HttpTest, ManyRequestsAtOnceAllGetTheirOwnAnswer) {
  router_.add("GET", "/echo/:n", [](const ServerRequest& request) {
    ServerResponse response;
    response.body = request.params.at("n");
    return reply(std::move(response));
  });
  serve();
  std::set<int> right;
  const auto ask = [&](int n) -> Task<void> {
    Request request;
    request.url = url("/echo/" + std::to_string(n));
    auto response = co_await client_->send(std::move(request));
    if (response && response->body == std::to_string(n)) {
      right.insert(n);
    }
  };
  const auto all = [&]() -> Task<void> {
    int left = 300;
    asio::steady_timer finished(loop_.executor(), asio::steady_timer::time_point::max());
    for (int n = 0; n < 300; ++n) {
      asio::co_spawn(loop_.io(), ask(n), [&](const std::exception_ptr&) {
        if (--left == 0) {
          finished.cancel();
        }
      });
    }
    boost::system::error_code ec;
    co_await finished.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  };
  loop_.run(all());
  EXPECT_EQ(right.size(), 300U);
}

}  // namespace
}  // namespace aisha::http
