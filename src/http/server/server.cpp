// SPDX-License-Identifier: Apache-2.0
#include "http/server/server.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <list>

#include "base/log.hpp"
#include "http/server/session.hpp"

namespace aisha::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr Millis kMaxTick{500};
constexpr Millis kMinTick{5};
constexpr Millis kAcceptPause{100};
constexpr Millis kDrainTick{10};

/// What connections share. shared_ptr: their coroutines may outlive the Server when the loop is torn down.
struct Core {
  Core(const Executor& ex, ServerOptions opts, const Router& routes)
      : executor(ex), options(std::move(opts)), router(routes), acceptor(ex), sweeper(ex) {}

  Executor executor;
  ServerOptions options;
  const Router& router;
  tcp::acceptor acceptor;
  asio::steady_timer sweeper;
  std::list<Session> sessions;
  bool sweeping = false;
  bool stopped = false;
};

Task<void> sweep(std::shared_ptr<Core> core) {
  const Millis shortest = std::min(core->options.header_timeout, core->options.idle_timeout);
  const Millis tick = std::clamp(shortest / 8, kMinTick, kMaxTick);
  while (!core->sessions.empty()) {
    core->sweeper.expires_after(tick);
    error_code ec;
    co_await core->sweeper.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    const auto now = std::chrono::steady_clock::now();
    for (Session& session : core->sessions) {
      if (session.overdue(now)) {
        session.expire();
      }
    }
  }
  core->sweeping = false;
}

Task<void> converse(std::shared_ptr<Core> core, std::list<Session>::iterator session) {
  try {
    co_await session->run();
  } catch (const std::exception& error) {
    log::debug("http: a connection ended: {}", error.what());
  }
  core->sessions.erase(session);
}

void welcome(const std::shared_ptr<Core>& core, tcp::socket socket) {
  // Beyond the cap a connection gets a refusal, which itself takes a place; far beyond there is none.
  const std::size_t open = core->sessions.size();
  if (open >= core->options.max_connections + core->options.max_connections / 2 + 8) {
    return;
  }
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const bool full = open >= core->options.max_connections;
  const auto session =
      core->sessions.emplace(core->sessions.end(), std::move(socket), core->options, core->router, full);
  asio::co_spawn(core->executor, converse(core, session),
                 asio::bind_cancellation_slot(session->cancel.slot(), asio::detached));
  if (!core->sweeping) {
    core->sweeping = true;
    asio::co_spawn(core->executor, sweep(core), asio::detached);
  }
}

Task<void> accept_all(std::shared_ptr<Core> core) {
  while (!core->stopped) {
    error_code ec;
    tcp::socket socket = co_await core->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, ec));
    if (core->stopped) {
      break;
    }
    if (!ec) {
      welcome(core, std::move(socket));
      continue;
    }
    // Out of descriptors: closing connections makes room, asking again at once would only spin.
    log::warn("http: accept failed: {}", ec.message());
    asio::steady_timer pause(core->executor, kAcceptPause);
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  }
}

class AsioServer final : public Server {
 public:
  explicit AsioServer(std::shared_ptr<Core> core) : core_(std::move(core)) {
    asio::co_spawn(core_->executor, accept_all(core_), asio::detached);
  }
  AsioServer(const AsioServer&) = delete;
  AsioServer& operator=(const AsioServer&) = delete;
  ~AsioServer() override {
    shut();
    for (Session& session : core_->sessions) {
      session.close();
    }
  }

  std::uint16_t port() const override { return core_->options.port; }

  Task<void> stop(Millis grace) override {
    const std::shared_ptr<Core> core = core_;
    shut();
    for (Session& session : core->sessions) {
      session.finish();
    }
    const auto deadline = std::chrono::steady_clock::now() + grace;
    bool cancelled = false;
    while (!core->sessions.empty()) {
      if (!cancelled && std::chrono::steady_clock::now() >= deadline) {
        cancelled = true;
        cancel_all(*core);
      }
      asio::steady_timer pause(core->executor, kDrainTick);
      co_await pause.async_wait(asio::use_awaitable);
    }
  }

 private:
  void shut() {
    core_->stopped = true;
    error_code ignored;
    core_->acceptor.close(ignored);
    core_->sweeper.cancel();
  }

  static void cancel_all(Core& core) {
    for (Session& session : core.sessions) {
      session.close();
      session.cancel.emit(asio::cancellation_type::terminal);
    }
  }

  std::shared_ptr<Core> core_;
};

error_code listen_on(Core& core) {
  error_code ec;
  const std::string& host = core.options.host;
  const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, ec);
  if (ec) {
    return ec;
  }
  const tcp::endpoint endpoint(address, core.options.port);
  tcp::acceptor& acceptor = core.acceptor;
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) {
    acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  }
  if (!ec && core.options.reuse_port) {
    acceptor.set_option(asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>(true), ec);
  }
  if (!ec) {
    acceptor.bind(endpoint, ec);
  }
  if (!ec) {
    acceptor.listen(asio::socket_base::max_listen_connections, ec);
  }
  if (!ec) {
    core.options.port = acceptor.local_endpoint(ec).port();
  }
  return ec;
}

}  // namespace

Result<std::unique_ptr<Server>> make_server(Executor executor, ServerOptions options, const Router& router) {
  auto core = std::make_shared<Core>(executor, std::move(options), router);
  if (const error_code ec = listen_on(*core)) {
    return fail(Errc::start_failed, fmt::format("{}:{}: {}", core->options.host, core->options.port, ec.message()));
  }
  return std::make_unique<AsioServer>(std::move(core));
}

}  // namespace aisha::http
