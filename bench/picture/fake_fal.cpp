// SPDX-License-Identifier: Apache-2.0
#include "fake_fal.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <chrono>
#include <stdexcept>

namespace aisha::bench {

FakeFal::FakeFal(boost::asio::io_context& io, std::string picture)
    : io_(io), picture_(std::move(picture)), client_(http::make_client(io.get_executor())) {
  router_.add("GET", "/files/:name", [this](http::ServerRequest request) { return file(std::move(request)); });
  router_.add("GET", "/rest/.well-known/jwks.json",
              [this](http::ServerRequest request) { return keys(std::move(request)); });
  router_.add("POST", "/fal/*endpoint", [this](http::ServerRequest request) { return take(std::move(request)); });
  router_.add("GET", "/fal/*endpoint",
              [this](http::ServerRequest request) { return still_running(std::move(request)); });
  auto server = http::make_server(io.get_executor(), {}, router_);
  if (!server) {
    throw std::runtime_error(server.error().detail);
  }
  server_ = std::move(*server);
  root_ = fmt::format("http://127.0.0.1:{}", server_->port());
}

Task<http::ServerResponse> FakeFal::take(http::ServerRequest request) {
  // Two of these may serve one database, and an id is given out once.
  Order order{fmt::format("bench-{}-{}", server_->port(), ++taken_), request.query["fal_webhook"]};
  http::ServerResponse response;
  response.body = fmt::format(R"({{"request_id":"{}","status":"IN_QUEUE"}})", order.id);
  orders_.push_back(std::move(order));
  co_return response;
}

Task<http::ServerResponse> FakeFal::still_running(http::ServerRequest) {
  http::ServerResponse response;
  response.body = R"({"status":"IN_PROGRESS"})";
  co_return response;
}

Task<http::ServerResponse> FakeFal::keys(http::ServerRequest) {
  http::ServerResponse response;
  response.body = signer_.jwks();
  co_return response;
}

Task<http::ServerResponse> FakeFal::file(http::ServerRequest) {
  http::ServerResponse response;
  response.content_type = "image/jpeg";
  response.body = picture_;
  co_return response;
}

void FakeFal::tell_all(int parallel) {
  for (int i = 0; i < parallel; ++i) {
    boost::asio::co_spawn(io_, tell(), boost::asio::detached);
  }
}

Task<void> FakeFal::tell() {
  while (!orders_.empty()) {
    const Order order = std::move(orders_.front());
    orders_.pop_front();
    http::Request request;
    request.method = "POST";
    request.url = order.webhook;
    request.body = fmt::format(R"({{"request_id":"{}","gateway_request_id":"{}","status":"OK","payload":{{"images":)"
                               R"([{{"url":"{}","width":1536,"height":2048,"content_type":"image/jpeg"}}],"seed":1,)"
                               R"("has_nsfw_concepts":[false]}}}})",
                               order.id, order.id, picture_url());
    request.headers = {{"content-type", "application/json"}};
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    for (auto& [name, value] : signer_.headers(order.id, "bench", seconds.count(), request.body)) {
      request.headers.push_back({name, value});
    }
    const auto answer = co_await client_->send(std::move(request));
    if (!answer || answer->status >= 300) {
      ++refused_;
    }
  }
}

}  // namespace aisha::bench
