// SPDX-License-Identifier: Apache-2.0
#include "app/serve/web_side.hpp"

#include <stdexcept>

#include "base/log.hpp"

namespace aisha::app {
namespace {

constexpr Millis kLastAnswers{2'000};

}  // namespace

TimePoint WebSide::WallClock::now() const {
  return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

Task<void> WebSide::WallClock::sleep(Millis) {
  throw std::logic_error("the wall clock only tells the time");
}

WebSide::WebSide(Core& core, const config::Config& config, Updates& updates)
    : core_(core),
      refusals_(core.clients.metrics),
      fal_(core, config, wall_, refusals_),
      readiness_(core, updates),
      telegram_(updates.sink(), config::webhook_secret_of(config.telegram), refusals_),
      top_up_(core.context, config.telegram.token, config.money.sandbox_top_up, refusals_),
      health_(readiness_),
      metrics_(core.clients.metrics) {
  web::Handlers handlers;
  handlers.telegram = config.telegram.updates == "webhook" ? &telegram_ : nullptr;
  handlers.fal = config.fal.webhook_url.empty() ? nullptr : &fal_.hook();
  handlers.top_up = config.money.sandbox_top_up == 0 ? nullptr : &top_up_;
  handlers.health = &health_;
  handlers.metrics = &metrics_;
  web::add_routes(router_, handlers);
}

Result<void> WebSide::open(const config::ListenAddress& address) {
  http::ServerOptions options;
  options.host = address.host;
  options.port = address.port;
  options.reuse_port = true;
  auto server = http::make_server(core_.loop, std::move(options), router_);
  if (!server) {
    return fail(Errc::start_failed, "server.listen: " + server.error().detail);
  }
  server_ = std::move(*server);
  log::info("listening on {}:{}", address.host, server_->port());
  return {};
}

void WebSide::drain() {
  telegram_.close();
  fal_.hook().close();
  health_.close();
}

Task<void> WebSide::close() {
  if (server_) {
    co_await server_->stop(kLastAnswers);
  }
}

}  // namespace aisha::app
