// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>

#include "http/server/server.hpp"
#include "tools/faultproxy/control.hpp"

namespace aisha::faultproxy {
namespace {

namespace asio = boost::asio;

Task<void> until_signal(asio::io_context& loop, Control& control, http::Server& server) {
  asio::signal_set signals(loop, SIGINT, SIGTERM);
  boost::system::error_code ec;
  co_await signals.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  control.close_all();
  co_await server.stop(Millis(0));
  loop.stop();
}

int run(const http::ServerOptions& options) {
  asio::io_context loop(1);
  Control control(loop.get_executor());
  http::Router router;
  control.add_routes(router);
  const auto server = http::make_server(loop.get_executor(), options, router);
  if (!server) {
    fmt::print(stderr, "aisha-faultproxy: {}\n", server.error().detail);
    return 4;
  }
  asio::co_spawn(loop, until_signal(loop, control, **server), asio::detached);
  fmt::print("http://{}:{}\n", options.host, (*server)->port());
  std::fflush(stdout);
  loop.run();
  return 0;
}

}  // namespace
}  // namespace aisha::faultproxy

int main(int argc, char** argv) {
  aisha::http::ServerOptions options;
  CLI::App cli("TCP connections that break as ordered, over Toxiproxy's HTTP API. Prints the API's address.");
  cli.add_option("--host", options.host, "Address of the HTTP API")->capture_default_str();
  cli.add_option("--port", options.port, "Port of the HTTP API; 0 = any free one")->capture_default_str();
  CLI11_PARSE(cli, argc, argv);
  return aisha::faultproxy::run(options);
}
