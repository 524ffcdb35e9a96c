// SPDX-License-Identifier: Apache-2.0
#include "fake_telegram.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

#include "http/common/multipart.hpp"

namespace aisha::bench {
namespace {

struct Call {
  json::Object parameters;
  std::string upload;
};

Call call_of(const http::ServerRequest& request) {
  Call out;
  if (request.header("content-type").starts_with("multipart/")) {
    auto parts = http::read_multipart(request.header("content-type"), request.body);
    for (http::Part& part : parts.value_or(std::vector<http::Part>{})) {
      if (part.filename.empty()) {
        out.parameters[part.name] = part.body;
      } else {
        out.upload = std::move(part.body);
      }
    }
    return out;
  }
  auto value = json::parse(request.body);
  if (value && value->is_object()) {
    out.parameters = std::move(value->get_object());
  }
  return out;
}

}  // namespace

FakeTelegram::FakeTelegram(boost::asio::io_context& io, Chats& chats) : chats_(chats), news_(io) {
  router_.add("*", "/:bot/:method", [this](http::ServerRequest request) { return answer(std::move(request)); });
  http::ServerOptions options;
  options.max_body = 64U << 20U;
  auto server = http::make_server(io.get_executor(), options, router_);
  if (!server) {
    throw std::runtime_error(server.error().detail);
  }
  server_ = std::move(*server);
}

Task<http::ServerResponse> FakeTelegram::answer(http::ServerRequest request) {
  const std::string method = request.params.at("method");
  http::ServerResponse response;
  if (method == "getUpdates") {
    response.body = co_await updates();
    co_return response;
  }
  const Call call = call_of(request);
  response.body =
      R"({"ok":true,"result":)" + chats_.called(method, call.parameters, call.upload, Chats::Time::clock::now()) + "}";
  if (!chats_.idle()) {
    ring();
  }
  co_return response;
}

Task<std::string> FakeTelegram::updates() {
  if (!polled_) {
    polled_ = true;
    first_poll_ = Chats::Time::clock::now();
  }
  while (!open_ || chats_.idle()) {
    news_.expires_after(std::chrono::milliseconds(200));
    boost::system::error_code ec;
    co_await news_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ec));
  }
  std::string body = R"({"ok":true,"result":[)";
  for (const std::string& update : chats_.take(100, Chats::Time::clock::now())) {
    body += update + ",";
  }
  body.back() = ']';
  co_return body + "}";
}

void FakeTelegram::open() {
  open_ = true;
  ring();
}

}  // namespace aisha::bench
