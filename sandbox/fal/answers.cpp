// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/answers.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/json.hpp"

namespace aisha::sandbox::fal {

http::ServerResponse answer(int status, std::string body) {
  http::ServerResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

bool is_known_key(std::string_view authorization) {
  return authorization == "Key test:secret" ||
         (authorization.starts_with("Key sandbox:") && authorization.size() > std::string_view("Key sandbox:").size());
}

std::string origin_of(const http::ServerRequest& request) {
  const std::string_view host = request.header("host");
  return fmt::format("http://{}", host.empty() ? "127.0.0.1" : host);
}

std::string usual_body(int status) {
  switch (status) {
    case 401: return R"({"detail":"invalid key credentials"})";
    case 403:
      return R"({"detail":"User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."})";
    case 404: return R"({"status":"NOT_FOUND"})";
    case 429: return R"({"detail":"Too many requests","error_type":"concurrent_requests_limit"})";
    case 500: return R"({"detail":"Internal Server Error"})";
    case 502: return "<html><head><title>502 Bad Gateway</title></head><body><hr>nginx</body></html>";
    case 503: return R"({"detail":"No runner could be scheduled","error_type":"runner_scheduling_failure"})";
    case 504: return R"({"detail":"Gateway timeout","error_type":"request_timeout"})";
    default: return R"({"detail":"fault"})";
  }
}

http::ServerResponse faulty(const FaultAction& action) {
  http::ServerResponse response;
  if (action.drop == FaultAction::Drop::before) {
    response.drop = true;
    return response;
  }
  const int status = action.status.value_or(500);
  response = answer(status, action.body.value_or(usual_body(status)));
  if (response.body.starts_with('<')) {
    response.content_type = "text/html";
  }
  if (auto body = json::parse(response.body); body && body->is_object()) {
    if (const json::Value* type = body->get_object().if_contains("error_type"); type != nullptr && type->is_string()) {
      response.headers.push_back({"X-Fal-Error-Type", std::string(type->get_string())});
    }
  }
  if (action.retry_after > 0) {
    response.headers.push_back({"Retry-After", fmt::format("{}", action.retry_after)});
  }
  return response;
}

void spoil(const FaultAction& action, http::ServerResponse& response) {
  response.drop = response.drop || action.drop == FaultAction::Drop::after;
  response.truncate = action.truncate;
}

}  // namespace aisha::sandbox::fal
