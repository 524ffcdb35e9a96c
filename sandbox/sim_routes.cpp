// SPDX-License-Identifier: Apache-2.0
#include "sandbox/sim_routes.hpp"

namespace aisha::sandbox {

http::ServerResponse sim_answer(const json::Value& value) {
  http::ServerResponse response;
  response.body = json::serialize(value);
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

http::ServerResponse sim_error(int status, std::string_view sentence, std::string_view code) {
  json::Object body{{"error", sentence}};
  if (!code.empty()) {
    body["code"] = code;
  }
  http::ServerResponse response = sim_answer(body);
  response.status = status;
  return response;
}

http::ServerResponse sim_outcome(const telegram::SimOutcome& outcome) {
  return outcome ? sim_answer(*outcome)
                 : sim_error(outcome.error().status, outcome.error().sentence, outcome.error().code);
}

std::optional<json::Object> sim_body(const http::ServerRequest& request) {
  if (request.body.empty()) {
    return json::Object();
  }
  auto parsed = json::parse(request.body);
  if (!parsed || !parsed->is_object()) {
    return std::nullopt;
  }
  return std::move(parsed->get_object());
}

std::int64_t sim_number(const std::map<std::string, std::string>& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? 0 : telegram::parse_integer(found->second).value_or(0);
}

std::int64_t sim_bot(const Hub& hub, const http::ServerRequest& request) {
  const std::int64_t named = sim_number(request.query, "bot");
  return named != 0 ? named : hub.world.state().demo_bot;
}

}  // namespace aisha::sandbox
