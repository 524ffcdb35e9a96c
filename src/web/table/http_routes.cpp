// SPDX-License-Identifier: Apache-2.0
#include "web/table/http_routes.hpp"

namespace aisha::web {
namespace {

template <class Handler>
using Method = Task<http::ServerResponse> (Handler::*)(http::ServerRequest);

template <class Handler>
void open(http::Router& router, const char* method, const char* pattern, Handler* handler, Method<Handler> take) {
  if (handler != nullptr) {
    router.add(method, pattern,
               [handler, take](http::ServerRequest request) { return (handler->*take)(std::move(request)); });
  }
}

}  // namespace

void add_routes(http::Router& router, Handlers handlers) {
  open(router, "POST", "/telegram", handlers.telegram, &TelegramHook::take);
  open(router, "POST", "/fal/:token", handlers.fal, &FalHook::take);
  open(router, "POST", "/sandbox/top_up", handlers.top_up, &TopUpHook::take);
  open(router, "GET", "/healthz", handlers.health, &Health::alive);
  open(router, "GET", "/readyz", handlers.health, &Health::ready);
  open(router, "GET", "/metrics", handlers.metrics, &MetricsPage::show);
}

}  // namespace aisha::web
