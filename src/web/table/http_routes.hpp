// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/server/router.hpp"
#include "web/health/health.hpp"
#include "web/health/metrics_page.hpp"
#include "web/hooks/fal_hook.hpp"
#include "web/hooks/telegram_hook.hpp"
#include "web/hooks/top_up_hook.hpp"

namespace aisha::web {

/// A handler that is null has no path. All of them outlive the router.
struct Handlers {
  TelegramHook* telegram = nullptr;
  FalHook* fal = nullptr;
  TopUpHook* top_up = nullptr;
  Health* health = nullptr;
  MetricsPage* metrics = nullptr;
};

/// THE table of what the product answers over HTTP.
void add_routes(http::Router& router, Handlers handlers);

}  // namespace aisha::web
