// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/task.hpp"
#include "base/time.hpp"
#include "http/client/client.hpp"

namespace aisha::http {

struct ServerRequest {
  std::string method;
  std::string target;                         ///< as sent, with the query
  std::string path;                           ///< percent-decoded, without the query
  std::map<std::string, std::string> query;   ///< decoded; the last of equal names wins
  std::map<std::string, std::string> params;  ///< named parts of the route's pattern
  std::vector<Header> headers;
  std::string body;

  std::string_view header(std::string_view name) const;
};

/// An open answer (Server-Sent Events). Lives as long as the handler's `stream` coroutine runs.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  /// False when the peer has gone.
  virtual Task<bool> write(std::string chunk) = 0;
};

struct ServerResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<Header> headers;
  /// When set, the body is what this coroutine writes (chunked) and the connection ends with it. std::function: the one
  /// place where a handler's own state must outlive its answer.
  std::function<Task<void>(BodyStream&)> stream;
  bool drop = false;      ///< close the connection without any answer (fault injection of the sandbox)
  bool truncate = false;  ///< send the full Content-Length but only half of the body, then close
};

/// std::function: routes are data in one table.
using Handler = std::function<Task<ServerResponse>(ServerRequest)>;

/// Routes by method and pattern: "/sim/chats/:id/send" binds `params["id"]`, a trailing "*rest" binds the remaining
/// path. "*" as method matches all, HEAD also finds GET routes. First match wins; a path that matches under other
/// methods only answers 405 with Allow.
class Router {
 public:
  void add(std::string method, std::string pattern, Handler handler);
  /// 404 and 405 answers included. Exceptions of a handler become 500 with the code "internal.bug".
  Task<ServerResponse> route(ServerRequest request) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> parts;
    Handler handler;
  };
  std::vector<Route> routes_;
};

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0 = any free port
  std::size_t max_body = 1U << 20U;
  Millis header_timeout{10'000};
  Millis idle_timeout{60'000};
  std::size_t max_connections = 2'048;  ///< further ones are answered 503
  bool reuse_port = false;              ///< several processes share the port (SO_REUSEPORT)
};

/// HTTP/1.1 server with keep-alive. Loop thread only. It answers by itself: 400 malformed, 408 too slow, 413 body too
/// large, 431 header too large, 503 too many connections; the connection then closes. Await `stop` before destroying it
/// or the router.
class Server {
 public:
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  /// Stops accepting, lets running handlers finish for at most `grace`, then closes everything.
  virtual Task<void> stop(Millis grace) = 0;
};

/// Binds at once: Errc::start_failed names the address. `router` must outlive the server.
Result<std::unique_ptr<Server>> make_server(Executor executor, ServerOptions options, const Router& router);

}  // namespace aisha::http
