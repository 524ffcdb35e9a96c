// SPDX-License-Identifier: Apache-2.0
#include "web/table/http_routes.hpp"

namespace aisha::web {
namespace {

template <class Door>
using Method = Task<http::ServerResponse> (Door::*)(http::ServerRequest);

template <class Door>
void open(http::Router& router, const char* method, const char* pattern, Door* door, Method<Door> take) {
  if (door != nullptr) {
    router.add(method, pattern,
               [door, take](http::ServerRequest request) { return (door->*take)(std::move(request)); });
  }
}

}  // namespace

void add_routes(http::Router& router, Doors doors) {
  open(router, "POST", "/telegram", doors.telegram, &TelegramHook::take);
  open(router, "POST", "/fal/:token", doors.fal, &FalHook::take);
  open(router, "GET", "/healthz", doors.health, &Health::alive);
  open(router, "GET", "/readyz", doors.health, &Health::ready);
  open(router, "GET", "/metrics", doors.metrics, &MetricsPage::show);
}

}  // namespace aisha::web
