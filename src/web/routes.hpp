// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/server.hpp"
#include "web/fal_door.hpp"
#include "web/health.hpp"
#include "web/metrics_page.hpp"
#include "web/telegram_door.hpp"

namespace aisha::web {

/// A door that is null has no path. All of them outlive the router.
struct Doors {
  TelegramDoor* telegram = nullptr;
  FalDoor* fal = nullptr;
  Health* health = nullptr;
  MetricsPage* metrics = nullptr;
};

/// THE table of what the product answers over HTTP.
void add_routes(http::Router& router, Doors doors);

}  // namespace aisha::web
