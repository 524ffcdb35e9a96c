// SPDX-License-Identifier: Apache-2.0
#include "http/server/server.hpp"

#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>
#include <stdexcept>

#include "tests/unit/http/http_test.hpp"

namespace aisha::http {
namespace {

namespace asio = boost::asio;

std::string status_line(const std::string& answer) {
  return answer.substr(0, answer.find("\r\n"));
}

TEST_F(HttpTest, RoutesBindNamesAndTheRest) {
  add_page("GET", "/a/:id/b", "one");
  add_page("GET", "/files/*path", "two");
  add_page("GET", "/", "root");
  serve();
  EXPECT_EQ(get("/a/7/b").value().body, "one");
  EXPECT_EQ(seen_.params.at("id"), "7");
  EXPECT_EQ(get("/files/x/y%2Fz").value().body, "two");
  EXPECT_EQ(seen_.params.at("path"), "x/y/z");
  EXPECT_EQ(get("/").value().body, "root");
  EXPECT_EQ(get("/?x=1").value().body, "root");
}

TEST_F(HttpTest, UnknownPathsAre404AndOtherMethods405WithAllow) {
  add_page("GET", "/a/:id", "one");
  add_page("DELETE", "/a/:id", "gone");
  serve();
  EXPECT_EQ(get("/b").value().status, 404);
  EXPECT_EQ(get("/a").value().status, 404);
  EXPECT_EQ(get("/a/").value().status, 404);
  EXPECT_EQ(get("/a/1/2").value().status, 404);
  const auto refused = post("/a/1", "x").value();
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.header("allow"), "GET, DELETE");
  EXPECT_EQ(calls_, 0);
}

TEST_F(HttpTest, HeadAnswersTheLengthWithoutTheBody) {
  add_page("GET", "/", "12345");
  serve();
  const std::string answer = raw("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(status_line(answer), "HTTP/1.1 200 OK");
  EXPECT_NE(answer.find("Content-Length: 5\r\n"), std::string::npos);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(HttpTest, AHandlersExceptionBecomes500) {
  router_.add("GET", "/", [](const ServerRequest&) -> Task<ServerResponse> { throw std::runtime_error("broken"); });
  serve();
  const auto response = get("/").value();
  EXPECT_EQ(response.status, 500);
  EXPECT_NE(response.body.find("internal.bug"), std::string::npos);
  EXPECT_EQ(response.body.find("broken"), std::string::npos);
}

TEST_F(HttpTest, ABodyOverTheLimitIs413) {
  add_page("POST", "/", "ok");
  ServerOptions options;
  options.max_body = 100'000;
  serve(options);
  EXPECT_EQ(post("/", std::string(100'000, 'x')).value().status, 200);
  EXPECT_EQ(post("/", std::string(100'001, 'x')).value().status, 413);
  EXPECT_EQ(post("/", std::string(3'000'000, 'x')).value().status, 413);
  std::string chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  chunked += "186a1\r\n" + std::string(100'001, 'x') + "\r\n0\r\n\r\n";
  EXPECT_EQ(status_line(raw(chunked)), "HTTP/1.1 413 Payload Too Large");
  EXPECT_EQ(calls_, 1);
}

TEST_F(HttpTest, MalformedRequestsAre400) {
  add_page("*", "/*rest", "ok");
  serve();
  for (const char* request :
       {"nonsense\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nbad header line\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "GET no-slash HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /?a=%f HTTP/1.1\r\nHost: x\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx"}) {
    EXPECT_EQ(status_line(raw(request)), "HTTP/1.1 400 Bad Request") << request;
  }
  EXPECT_EQ(calls_, 0);
  const std::string big = "GET / HTTP/1.1\r\nX-Big: " + std::string(70'000, 'x') + "\r\n\r\n";
  EXPECT_EQ(status_line(raw(big)).substr(0, 12), "HTTP/1.1 431");
}

TEST_F(HttpTest, PipelinedRequestsAreAnsweredInOrder) {
  router_.add("GET", "/:n", [](const ServerRequest& request) {
    ServerResponse response;
    response.body = "<" + request.params.at("n") + ">";
    return reply(std::move(response));
  });
  serve();
  const std::string answer =
      raw("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_LT(answer.find("<1>"), answer.find("<2>"));
  EXPECT_NE(answer.find("<2>"), std::string::npos);
}

TEST_F(HttpTest, ExpectContinueIsAnsweredBeforeTheBody) {
  add_page("POST", "/", "done");
  serve();
  const auto talk = [this]() -> Task<std::string> {
    asio::ip::tcp::socket socket(loop_.executor());
    const asio::ip::tcp::endpoint to(asio::ip::address_v4::loopback(), server_->port());
    co_await socket.async_connect(to, asio::use_awaitable);
    std::string head =
        "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\nConnection: close\r\n\r\n";
    co_await asio::async_write(socket, asio::buffer(head), asio::use_awaitable);
    std::string answer;
    co_await asio::async_read_until(socket, asio::dynamic_buffer(answer), "\r\n\r\n", asio::use_awaitable);
    std::string body = "body";
    co_await asio::async_write(socket, asio::buffer(body), asio::use_awaitable);
    boost::system::error_code ec;
    co_await asio::async_read(socket, asio::dynamic_buffer(answer), asio::redirect_error(asio::use_awaitable, ec));
    co_return answer;
  };
  const std::string answer = loop_.run(talk());
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")) << answer;
  EXPECT_EQ(seen_.body, "body");
}

TEST_F(HttpTest, AHeaderValueCannotStartAHeaderOfItsOwn) {
  router_.add("GET", "/", [](const ServerRequest&) {
    ServerResponse response;
    response.headers.push_back({"X-A", "1\r\nX-Evil: 2"});
    return reply(std::move(response));
  });
  serve();
  const auto response = get("/").value();
  EXPECT_EQ(response.header("x-evil"), "");
  EXPECT_EQ(response.header("x-a"), "1  X-Evil: 2");
}

TEST_F(HttpTest, AStreamArrivesChunkByChunkAndEnds) {
  router_.add("GET", "/", [](const ServerRequest&) {
    ServerResponse response;
    response.content_type = "text/event-stream";
    response.stream = [](BodyStream& out) -> Task<void> {
      for (const char* event : {"data: 1\n\n", "", "data: 2\n\n"}) {
        std::string chunk = event;
        co_await out.write(std::move(chunk));
      }
    };
    return reply(std::move(response));
  });
  serve();
  const auto response = get("/").value();
  EXPECT_EQ(response.header("content-type"), "text/event-stream");
  EXPECT_EQ(response.header("content-length"), "");
  EXPECT_EQ(response.body, "data: 1\n\ndata: 2\n\n");
}

TEST_F(HttpTest, AStreamLearnsThatItsReaderHasGone) {
  bool told = false;
  router_.add("GET", "/", [&](const ServerRequest&) {
    ServerResponse response;
    response.stream = [&](BodyStream& out) -> Task<void> {
      for (bool alive = true; alive;) {
        std::string chunk(1000, 'x');
        alive = co_await out.write(std::move(chunk));
      }
      told = true;
    };
    return reply(std::move(response));
  });
  serve();
  Request request;
  request.url = url("/");
  request.max_body = 10'000;
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::net_too_large);
  while (!told) {
    loop_.io().run_one();
  }
  EXPECT_TRUE(told);
}

TEST_F(HttpTest, ASlowRequestIs408AndAnIdleConnectionIsClosed) {
  add_page("GET", "/", "ok");
  ServerOptions options;
  options.header_timeout = Millis(20);
  options.idle_timeout = Millis(40);
  serve(options);
  const std::string refused = raw("GET / HTTP/1.1\r\nHost:");
  EXPECT_EQ(status_line(refused), "HTTP/1.1 408 Request Timeout");
  EXPECT_NE(refused.find("http.timeout"), std::string::npos);
  EXPECT_EQ(raw(""), "");
  EXPECT_EQ(status_line(raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n")), "HTTP/1.1 200 OK");
  EXPECT_EQ(status_line(raw("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab")), "HTTP/1.1 408 Request Timeout");
  EXPECT_EQ(status_line(raw("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n")),
            "HTTP/1.1 408 Request Timeout");
  EXPECT_EQ(calls_, 1);
}

TEST_F(HttpTest, ConnectionsOverTheCapAreAnswered503) {
  add_page("GET", "/", "ok");
  ServerOptions options;
  options.max_connections = 1;
  serve(options);
  ASSERT_EQ(get("/").value().status, 200);  // the client keeps this connection
  const std::string refused = raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_line(refused), "HTTP/1.1 503 Service Unavailable");
  EXPECT_NE(refused.find("Retry-After: 1"), std::string::npos);
  EXPECT_EQ(get("/").value().status, 200);
  EXPECT_EQ(calls_, 2);
}

TEST_F(HttpTest, ATakenPortIsNamed) {
  serve();
  ServerOptions options;
  options.port = server_->port();
  const auto second = make_server(loop_.executor(), options, router_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::start_failed);
  EXPECT_NE(second.error().detail.find("127.0.0.1:" + std::to_string(server_->port())), std::string::npos);
  options.host = "not an address";
  EXPECT_EQ(make_server(loop_.executor(), options, router_).error().code, Errc::start_failed);
}

TEST_F(HttpTest, ReusePortLetsTwoServersShareThePort) {
  ServerOptions options;
  options.reuse_port = true;
  serve(options);
  options.port = server_->port();
  auto second = make_server(loop_.executor(), options, router_);
  ASSERT_TRUE(second) << second.error().detail;
  loop_.run((*second)->stop(Millis(0)));
}

TEST_F(HttpTest, StopLetsARunningHandlerFinishAndClosesIdleConnections) {
  asio::steady_timer gate(loop_.executor(), asio::steady_timer::time_point::max());
  bool entered = false;
  router_.add("GET", "/slow", [&](const ServerRequest&) -> Task<ServerResponse> {
    entered = true;
    boost::system::error_code ec;
    co_await gate.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    ServerResponse response;
    response.body = "finished";
    co_return response;
  });
  add_page("GET", "/", "ok");
  serve();
  ASSERT_TRUE(get("/"));  // leaves an idle connection behind
  std::string answer;
  const auto ask = [&]() -> Task<void> {
    answer = co_await exchange(server_->port(), "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  };
  asio::co_spawn(loop_.io(), ask(), asio::detached);
  while (!entered) {
    loop_.io().run_one();
  }
  asio::post(loop_.io(), [&] { gate.cancel(); });
  loop_.run(server_->stop(Millis(60'000)));
  while (answer.empty()) {
    loop_.io().run_one();
  }
  EXPECT_TRUE(answer.ends_with("finished"));
  Request again;
  again.url = url("/");
  EXPECT_EQ(loop_.run(client_->send(again)).error().code, Errc::net_not_sent);
}

TEST_F(HttpTest, StopCancelsAHandlerThatOutlivesTheGrace) {
  bool entered = false;
  bool cancelled = false;
  router_.add("GET", "/", [&](const ServerRequest&) -> Task<ServerResponse> {
    entered = true;
    asio::steady_timer forever(loop_.executor(), asio::steady_timer::time_point::max());
    boost::system::error_code ec;
    co_await forever.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    cancelled = ec == asio::error::operation_aborted;
    co_return ServerResponse{};
  });
  serve();
  asio::co_spawn(loop_.io(), exchange(server_->port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n"), asio::detached);
  while (!entered) {
    loop_.io().run_one();
  }
  loop_.run(server_->stop(Millis(1)));
  EXPECT_TRUE(cancelled);
}

}  // namespace
}  // namespace aisha::http
