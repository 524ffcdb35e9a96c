// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "http/server/router.hpp"

namespace aisha::http {

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
