// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <memory>

#include "http/server/server.hpp"

/// Private to src/http.
namespace aisha::http {

/// One connection: reads requests, asks the router, writes answers, until one side has had enough. Deadlines are not
/// timers of its own (two per request would cost more than the parsing): the server looks at `overdue` a few times a
/// second.
class Session {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  /// `full`: the server has too many connections; the first request is answered 503.
  Session(boost::asio::ip::tcp::socket socket, const ServerOptions& options, const Router& router, bool full);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Task<void> run();
  bool overdue(SteadyTime now) const { return now >= deadline_; }
  bool busy() const { return busy_; }
  /// No further request is read; an idle connection closes at once.
  void finish();
  /// The peer took too long: a request that has begun is refused with 408, everything else just ends.
  void expire();
  void close();

  boost::asio::cancellation_signal cancel;

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  /// What came of reading: a request, the peer's goodbye, or a status to answer with.
  enum class Read { request, closed, refused };

  Task<Read> read(Parser& parser, int& status);
  Task<bool> serve(Parser& parser);
  Task<bool> write(std::string data);
  Task<bool> answer(ServerResponse response, bool keep, bool head);
  Task<void> stream(ServerResponse response);
  Task<void> linger();
  void allow(Millis time) { deadline_ = std::chrono::steady_clock::now() + time; }

  boost::asio::ip::tcp::socket socket_;
  const ServerOptions& options_;
  const Router& router_;
  boost::beast::flat_buffer buffer_;
  SteadyTime deadline_ = SteadyTime::max();
  bool full_;
  bool busy_ = false;
  bool last_ = false;
  bool begun_ = false;  ///< part of a request has come
  bool expired_ = false;
};

}  // namespace aisha::http
