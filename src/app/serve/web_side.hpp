// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "app/serve/core.hpp"
#include "app/serve/fal_intake.hpp"
#include "app/serve/readiness.hpp"
#include "config/listen.hpp"
#include "http/server/server.hpp"
#include "telegram/update_head.hpp"
#include "web/table/http_routes.hpp"

namespace aisha::app {

/// The HTTP listener and what it leads to. `core` and `updates` outlive it.
class WebSide {
 public:
  WebSide(Core& core, const config::Config& config, Updates& updates);

  /// Errc::start_failed names the address. Answers from now on.
  Result<void> open(const config::ListenAddress& address);
  /// Says 503 to everyone who brings something, from now on; /healthz and /readyz still answer.
  void drain();
  /// Running handlers end, then everything is closed.
  Task<void> close();

 private:
  /// The wall clock as it is set now: fal's timestamps are held against it, and it may be mended while we run.
  class WallClock final : public Clock {
   public:
    TimePoint now() const override;
    Task<void> sleep(Millis delay) override;
  };

  Core& core_;
  WallClock wall_;
  web::Refusals refusals_;
  FalIntake fal_;
  CoreReadiness readiness_;
  web::TelegramHook telegram_;
  web::TopUpHook top_up_;
  web::Health health_;
  web::MetricsPage metrics_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace aisha::app
