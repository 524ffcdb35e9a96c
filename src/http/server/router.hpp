// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/task.hpp"
#include "http/common/header.hpp"

/// What a handler gets and gives, and which one a request goes to.
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

}  // namespace aisha::http
