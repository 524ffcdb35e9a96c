// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/routes.hpp"

#include <fmt/format.h>

#include <utility>

namespace aisha::sandbox::fal {

namespace {

Task<http::ServerResponse> ready(http::ServerResponse response) {
  co_return response;
}

http::ServerResponse json_answer(int status, const json::Value& value) {
  http::ServerResponse response;
  response.status = status;
  response.body = json::serialize(value);
  return response;
}

http::ServerResponse post_settings(Twin& twin, const http::ServerRequest& request) {
  const auto body = json::parse(request.body.empty() ? "{}" : request.body);
  if (!body) {
    return json_answer(400, json::Object{{"error", "the body is not JSON"}});
  }
  const auto changed = twin.change_settings(*body);
  return changed ? json_answer(200, *changed) : json_answer(400, json::Object{{"error", changed.error().detail}});
}

}  // namespace

void add_fal_routes(http::Router& router, Twin& twin) {
  const auto serve = [&twin](http::ServerRequest request) { return twin.serve(std::move(request)); };
  const auto files = [&twin](http::ServerRequest request) { return twin.serve_file(std::move(request)); };
  router.add("GET", "/fal-files/:id", files);
  router.add("PUT", "/fal-files/:id", files);
  router.add("*", "/fal/*rest", serve);
  for (const std::string& owner : owners()) {
    router.add("*", "/" + owner + "/*rest", serve);
  }
}

void add_sim_routes(http::Router& router, Twin& twin) {
  router.add("GET", "/sim/fal/requests",
             [&twin](http::ServerRequest) { return ready(json_answer(200, twin.requests())); });
  router.add("GET", "/sim/fal/settings", [&twin](http::ServerRequest) {
    const auto settings = twin.change_settings(json::Object{});
    return ready(json_answer(200, *settings));
  });
  router.add("POST", "/sim/fal/settings",
             [&twin](http::ServerRequest request) { return ready(post_settings(twin, request)); });
}

}  // namespace aisha::sandbox::fal
