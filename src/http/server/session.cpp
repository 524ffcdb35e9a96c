// SPDX-License-Identifier: Apache-2.0
#include "http/server/session.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/status.hpp>

#include "base/log.hpp"
#include "http/server/target.hpp"

namespace aisha::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

constexpr std::uint32_t kMaxHeaderBytes = 64U << 10U;
constexpr std::size_t kReadBytes = 16U << 10U;
constexpr std::size_t kMaxLingerBytes = 4U << 20U;
constexpr Millis kLastWord{1'000};

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  for (const char c : value) {
    out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;  // a value must not be able to start a header of its own
  }
  out += "\r\n";
}

std::string head_of(const ServerResponse& response) {
  const auto reason = beast::http::obsolete_reason(static_cast<beast::http::status>(response.status));
  std::string out = fmt::format("HTTP/1.1 {} {}\r\n", response.status, std::string_view(reason.data(), reason.size()));
  if (!response.content_type.empty()) {
    append_header(out, "Content-Type", response.content_type);
  }
  for (const Header& header : response.headers) {
    append_header(out, header.name, header.value);
  }
  return out;
}

ServerResponse refusal(int status) {
  ServerResponse response;
  response.status = status;
  const Errc code = status == 413 || status == 431 ? Errc::http_too_large
                    : status == 503                ? Errc::unavailable
                    : status == 408                ? Errc::http_timeout
                                                   : Errc::http_bad_request;
  response.body = fmt::format(R"({{"error":"the request was refused","code":"{}"}})", code_of(code));
  if (status == 503) {
    response.headers.push_back({"Retry-After", "1"});
  }
  return response;
}

int status_of(const error_code& ec) {
  namespace http = beast::http;
  if (ec == http::error::body_limit || ec == http::error::buffer_overflow) {
    return 413;
  }
  return ec == http::error::header_limit ? 431 : 400;
}

ServerRequest take_request(beast::http::request<beast::http::string_body>& message) {
  ServerRequest request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message) {
    request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  request.body = std::move(message.body());
  return request;
}

/// Chunked writing for Server-Sent Events.
class ChunkStream final : public BodyStream {
 public:
  using Write = std::function<Task<bool>(std::string)>;  // binds the session's private writer for one answer
  explicit ChunkStream(Write write) : write_(std::move(write)) {}
  Task<bool> write(std::string chunk) override {
    if (chunk.empty()) {
      co_return true;  // an empty chunk would end the body
    }
    std::string framed = fmt::format("{:x}\r\n", chunk.size());
    framed.append(chunk).append("\r\n");
    co_return co_await write_(std::move(framed));
  }

 private:
  Write write_;
};

}  // namespace

Session::Session(asio::ip::tcp::socket socket, const ServerOptions& options, const Router& router, bool full)
    : socket_(std::move(socket)), options_(options), router_(router), full_(full) {}

void Session::finish() {
  last_ = true;
  if (!busy_) {
    close();
  }
}

void Session::expire() {
  if (!begun_ || expired_) {
    close();
    return;
  }
  expired_ = true;
  allow(kLastWord);
  socket_.cancel();
}

void Session::close() {
  error_code ignored;
  socket_.close(ignored);
}

Task<void> Session::run() {
  bool more = true;
  while (more && !last_) {
    Parser parser;
    parser.eager(true);
    parser.body_limit(options_.max_body);
    parser.header_limit(kMaxHeaderBytes);
    more = co_await serve(parser);
  }
  close();
}

Task<bool> Session::serve(Parser& parser) {
  int status = 0;
  const Read outcome = co_await read(parser, status);
  if (outcome == Read::closed) {
    co_return false;
  }
  busy_ = true;
  ServerRequest request;
  bool keep = false;
  if (outcome == Read::request) {
    keep = parser.get().keep_alive() && !full_;
    request = take_request(parser.get());
    status = full_ ? 503 : (read_target(request) ? 0 : 400);
  }
  const bool head = request.method == "HEAD";
  ServerResponse response;
  if (status != 0) {
    response = refusal(status);
    keep = false;
  } else {
    deadline_ = SteadyTime::max();  // a handler may hold a long poll
    response = co_await router_.route(std::move(request));
  }
  if (response.drop) {
    co_return false;
  }
  allow(expired_ ? kLastWord : options_.idle_timeout);
  if (response.stream) {
    co_await stream(std::move(response));
    co_return false;
  }
  keep = keep && !last_ && !response.truncate;
  const bool written = co_await answer(std::move(response), keep, head);
  if (written && status != 0 && !expired_) {
    co_await linger();
  }
  busy_ = false;
  co_return written&& keep;
}

Task<Session::Read> Session::read(Parser& parser, int& status) {
  bool continued = false;
  allow(buffer_.size() > 0 ? options_.header_timeout : options_.idle_timeout);
  begun_ = buffer_.size() > 0;
  for (;;) {
    error_code ec;
    while (buffer_.size() > 0 && !parser.is_done() && !ec) {
      buffer_.consume(parser.put(buffer_.data(), ec));
    }
    if (ec && ec != beast::http::error::need_more) {
      status = status_of(ec);
      co_return Read::refused;
    }
    if (parser.is_done()) {
      begun_ = false;
      co_return Read::request;
    }
    if (parser.is_header_done() && !continued) {
      continued = true;
      allow(options_.idle_timeout);
      if (beast::iequals(parser.get()[beast::http::field::expect], "100-continue")) {
        std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await write(std::move(go_on));
      }
    }
    const auto space = buffer_.prepare(kReadBytes);
    const std::size_t got = co_await socket_.async_read_some(space, asio::redirect_error(asio::use_awaitable, ec));
    if (ec && expired_) {
      status = 408;
      co_return Read::refused;
    }
    if (ec) {
      co_return Read::closed;
    }
    buffer_.commit(got);
    if (!begun_) {
      begun_ = true;
      allow(options_.header_timeout);
    } else if (continued) {
      allow(options_.idle_timeout);
    }
  }
}

Task<bool> Session::write(std::string data) {
  error_code ec;
  co_await asio::async_write(socket_, asio::buffer(data), asio::redirect_error(asio::use_awaitable, ec));
  co_return !ec;
}

Task<bool> Session::answer(ServerResponse response, bool keep, bool head) {
  std::string out = head_of(response);
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) {
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.body.size());
  }
  out += keep ? "\r\n" : "Connection: close\r\n\r\n";
  const std::size_t half = response.truncate ? response.body.size() / 2 : response.body.size();
  const std::size_t size = head || bodiless ? 0 : half;
  const std::array parts{asio::buffer(out), asio::buffer(response.body.data(), size)};
  error_code ec;
  co_await asio::async_write(socket_, parts, asio::redirect_error(asio::use_awaitable, ec));
  co_return !ec;
}

Task<void> Session::stream(ServerResponse response) {
  std::string out = head_of(response);
  out += "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
  if (!co_await write(std::move(out))) {
    co_return;
  }
  ChunkStream body([this](std::string data) {
    allow(options_.idle_timeout);
    return write(std::move(data));
  });
  deadline_ = SteadyTime::max();
  try {
    co_await response.stream(body);
  } catch (const boost::system::system_error& error) {
    if (error.code() == asio::error::operation_aborted) {
      throw;
    }
    log::error("http: a stream ended: {}", error.what());
    co_return;
  } catch (const std::exception& error) {
    log::error("http: a stream ended: {}", error.what());
    co_return;
  }
  std::string end = "0\r\n\r\n";
  co_await write(std::move(end));
}

// Closing while the peer still sends would make the kernel answer with a reset, which may overtake the refusal.
Task<void> Session::linger() {
  error_code ec;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ec);
  std::size_t total = 0;
  while (!ec && total < kMaxLingerBytes) {
    buffer_.clear();
    const auto space = buffer_.prepare(kReadBytes);
    total += co_await socket_.async_read_some(space, asio::redirect_error(asio::use_awaitable, ec));
  }
}

}  // namespace aisha::http
