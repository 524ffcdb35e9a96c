// SPDX-License-Identifier: Apache-2.0
#include "web/health/health.hpp"

#include <algorithm>

#include "base/json.hpp"

namespace aisha::web {

Task<http::ServerResponse> Health::alive(http::ServerRequest) {
  http::ServerResponse response;
  response.body = R"({"status":"alive"})";
  co_return response;
}

Task<http::ServerResponse> Health::ready(http::ServerRequest) {
  const auto dependencies = co_await readiness_.look();
  json::Array listed;
  for (const Dependency& one : dependencies) {
    listed.push_back(
        json::Object{{"name", one.name}, {"ok", one.well}, {"needed", one.needed}, {"detail", one.detail}});
  }
  const bool missing = std::ranges::any_of(dependencies, [](const Dependency& d) { return d.needed && !d.well; });
  http::ServerResponse response;
  response.status = closed_ || missing ? 503 : 200;
  response.headers.push_back({"Cache-Control", "no-store"});
  response.body = json::serialize(json::Object{{"ready", response.status == 200},
                                               {"reason", closed_   ? "the process stops"
                                                          : missing ? "something needed is away"
                                                                    : ""},
                                               {"dependencies", std::move(listed)}});
  co_return response;
}

}  // namespace aisha::web
