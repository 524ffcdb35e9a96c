// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <ranges>
#include <utility>

#include "base/time.hpp"
#include "http/server/target.hpp"
#include "sandbox/fal/answers.hpp"
#include "sandbox/fal/twin.hpp"
#include "sandbox/fal/writer.hpp"

namespace aisha::sandbox::fal {

namespace {

constexpr std::string_view kPrefix = "/fal/";

http::ServerResponse from_reply(Reply reply) {
  http::ServerResponse response = answer(reply.status, std::move(reply.body));
  response.content_type = std::move(reply.content_type);
  for (auto& [name, value] : reply.headers) {
    response.headers.push_back({name, value});
  }
  return response;
}

json::Object billing_event(const QueuedRequest& request, const std::string& at) {
  const std::int64_t micro_usd = find_endpoint(request.endpoint)->micro_usd;
  return {{"request_id", request.id},
          {"endpoint_id", request.endpoint},
          {"timestamp", at},
          {"output_units", request.billable_units},
          {"unit_price", static_cast<double>(micro_usd) / 1e6},
          {"percent_discount", nullptr},
          {"cost_estimate_nano_usd", std::llround(request.billable_units * static_cast<double>(micro_usd) * 1e3)}};
}

}  // namespace

Task<http::ServerResponse> Twin::serve(http::ServerRequest request) {
  if (const std::string_view original = request.header("x-fal-target-url"); !original.empty()) {
    // A proxying client sends everything to one address and names the true one: only its path and query matter here.
    const auto path = original.find('/', original.find("//") + 2);
    request.target = std::string(kPrefix) +
                     std::string(original.substr(path == std::string_view::npos ? original.size() : path + 1));
    if (!http::read_target(request)) {
      co_return answer(400, R"({"detail":"bad x-fal-target-url"})");
    }
  }
  FaultFacts facts{{"method", request.method}, {"path", request.path}, {"endpoint", request.path}};
  const std::optional<FaultAction> fault = faults_.take("fal", facts);
  if (fault && fault->delay_ms > 0) {
    const Millis delay(fault->delay_ms);
    co_await clock_.sleep(delay);
  }
  if (fault && fault->skips_work()) {
    co_return faulty(*fault);
  }
  http::ServerResponse response = co_await route(std::move(request));
  if (fault) {
    spoil(*fault, response);
  }
  co_return response;
}

Task<http::ServerResponse> Twin::route(http::ServerRequest request) {
  std::string_view path = request.path;
  path.remove_prefix(path.starts_with(kPrefix) ? kPrefix.size() : std::min<std::size_t>(path.size(), 1));
  if (path == ".well-known/jwks.json") {
    co_return answer(200, signer_.jwks());
  }
  if (path == "storage/upload/initiate") {
    co_return begin_upload(request);
  }
  Route route;
  const auto requests = path.find("/requests/");
  route.endpoint = std::string(path.substr(0, requests));
  if (requests != std::string_view::npos) {
    path.remove_prefix(requests + std::string_view("/requests/").size());
    const auto slash = path.find('/');
    route.id = std::string(path.substr(0, slash));
    route.action = slash == std::string_view::npos ? "" : std::string(path.substr(slash + 1));
  }
  if (!is_known_key(request.header("authorization"))) {
    const bool missing = request.header("authorization").empty() && route.id.empty();
    http::ServerResponse refused = answer(401, usual_body(401));
    if (missing) {
      const std::string detail = fmt::format(
          "Cannot access application \"{}\". Authentication is required to access this application.", route.endpoint);
      refused.body = json::serialize(json::Object{{"detail", detail}});
    }
    co_return refused;
  }
  const bool streams = route.action == "status/stream" && request.method == "GET";
  if (!streams || queue_.find(route.id, now()) == nullptr) {
    http::ServerResponse response = queue_call(request, route);
    pump();
    poke();
    co_return response;
  }
  http::ServerResponse response;
  response.content_type = "text/event-stream";
  response.headers.push_back({"cache-control", "no-cache"});
  response.headers.push_back({"x-fal-request-id", route.id});
  const bool logs = request.query["logs"] == "1" || request.query["logs"] == "true";
  response.stream = [this, id = route.id, logs](http::BodyStream& out) { return stream_status(id, logs, out); };
  co_return response;
}

http::ServerResponse Twin::queue_call(const http::ServerRequest& request, const Route& route) {
  const auto not_allowed = [] { return answer(405, R"({"detail":"Method Not Allowed"})"); };
  if (route.endpoint == "run/openrouter/router") {
    return request.method == "POST" ? write_words(request) : not_allowed();
  }
  if (route.endpoint == "v1/models/pricing") {
    return request.method == "GET" ? prices(request) : not_allowed();
  }
  if (route.endpoint == "v1/models/billing-events") {
    return request.method == "GET" ? billing_events(request) : not_allowed();
  }
  if (route.id.empty()) {
    return request.method == "POST" ? submit(request, route.endpoint) : not_allowed();
  }
  if (route.endpoint == "v1/models" && route.action == "payloads") {
    return request.method == "DELETE" ? from_reply(queue_.remove_payloads(route.id, now())) : not_allowed();
  }
  const QueuedRequest* known = queue_.find(route.id, now());
  if (known != nullptr && queue_.is_retired(known->endpoint)) {
    return answer(404, json::serialize(json::Object{{"detail", fmt::format("Path /{} not found", known->endpoint)}}));
  }
  // A request is found under its own application only.
  const std::string id = known != nullptr && app_of(known->endpoint) == app_of(route.endpoint) ? route.id : "";
  if (route.action == "cancel") {
    return request.method == "PUT" ? from_reply(queue_.cancel(id, now())) : not_allowed();
  }
  if (request.method != "GET") {
    return not_allowed();
  }
  if (route.action == "status" || route.action == "status/stream") {
    const auto logs = request.query.find("logs");
    const bool wanted = logs != request.query.end() && (logs->second == "1" || logs->second == "true");
    return from_reply(queue_.status(id, wanted, now()));
  }
  if (route.action.empty() || route.action == "response") {
    return from_reply(queue_.result(id, now()));
  }
  return answer(404, json::serialize(json::Object{{"detail", fmt::format("Path /{} not found", route.action)}}));
}

http::ServerResponse Twin::prices(const http::ServerRequest& request) {
  const auto asked = request.query.find("endpoint_id");
  const Endpoint* found = asked == request.query.end() ? nullptr : find_endpoint(asked->second);
  if (found == nullptr || queue_.is_retired(found->id)) {
    return answer(404, R"({"detail":"Endpoint not found"})");
  }
  const json::Object price{{"endpoint_id", found->id},
                           {"unit_price", static_cast<double>(found->micro_usd) / 1e6},
                           {"unit", found->billed_by == Unit::image ? "images" : "megapixels"},
                           {"currency", "USD"}};
  return answer(200, json::serialize(json::Object{{"prices", json::Array{price}}}));
}

// Newest first, as fal lists them; the cursor is the number of a page, which means nothing to who hands it back.
http::ServerResponse Twin::billing_events(const http::ServerRequest& request) {
  constexpr std::size_t kUsual = 50;
  constexpr std::size_t kMost = 10'000;
  const auto asked = [&](const char* key) {
    const auto found = request.query.find(key);
    return found == request.query.end() ? std::string() : found->second;
  };
  const std::string limit = asked("limit");
  const std::size_t size = limit.empty() ? kUsual : std::strtoull(limit.c_str(), nullptr, 10);
  if (size == 0 || size > kMost) {
    return answer(422, R"({"detail":"limit must be 1 to 10000"})");
  }
  const std::size_t page = std::strtoull(asked("cursor").c_str(), nullptr, 10);
  const std::string start = asked("start");
  const std::string end = asked("end");
  queue_.advance(now());
  json::Array events;
  std::size_t seen = 0;
  const auto all = queue_.all();
  for (const QueuedRequest* one : std::views::reverse(all)) {
    const std::string at = to_iso8601(from_epoch_ms(one->changes.empty() ? 0 : one->changes.back().at));
    const bool is_in = one->billed && at >= start && (end.empty() || at < end);
    if (!is_in || seen++ < page * size || events.size() == size) {
      continue;
    }
    events.push_back(billing_event(*one, at));
  }
  const bool has_more = seen > (page + 1) * size;
  json::Value next = has_more ? json::Value(std::to_string(page + 1)) : json::Value(nullptr);
  const json::Object body{
      {"billing_events", std::move(events)}, {"next_cursor", std::move(next)}, {"has_more", has_more}};
  return answer(200, json::serialize(body));
}

http::ServerResponse Twin::submit(const http::ServerRequest& request, const std::string& endpoint) {
  auto input = json::parse(request.body);
  if (!input) {
    http::ServerResponse response = answer(400, R"({"detail":"The body is not JSON","error_type":"bad_request"})");
    response.headers.push_back({"X-Fal-Error-Type", "bad_request"});
    return response;
  }
  Submission submission;
  submission.endpoint = endpoint;
  submission.input = std::move(*input);
  submission.origin = origin_of(request);
  for (const http::Header& header : request.headers) {
    std::string name = header.name;
    for (char& c : name) {
      c = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    }
    if (name.starts_with("x-fal-") || name.starts_with("x-app-fal-") || name == "user-agent") {
      submission.headers.insert_or_assign(std::move(name), header.value);
    }
  }
  if (const auto hook = request.query.find("fal_webhook"); hook != request.query.end()) {
    submission.webhook_url = hook->second;
  }
  if (const auto limit = request.query.find("fal_max_queue_length"); limit != request.query.end()) {
    std::int64_t most = 0;
    std::from_chars(limit->second.data(), limit->second.data() + limit->second.size(), most);
    submission.max_queue_length = most;
  }
  return from_reply(queue_.submit(std::move(submission), now()));
}

Task<void> Twin::stream_status(std::string id, bool logs, http::BodyStream& out) {
  constexpr std::int64_t kKeepAliveMs = 15'000;
  constexpr Millis kLook{50};
  std::string last;
  std::int64_t quiet_since = now();
  std::string first = ": keep-alive\n\n";
  bool open = co_await out.write(std::move(first));
  while (open) {
    const Reply reply = queue_.status(id, logs, now());
    if (reply.body != last) {
      last = reply.body;
      std::string event = fmt::format("data: {}\n\n", last);
      open = co_await out.write(std::move(event));
      quiet_since = now();
    } else if (now() - quiet_since >= kKeepAliveMs) {
      std::string comment = ": keep-alive\n\n";
      open = co_await out.write(std::move(comment));
      quiet_since = now();
    }
    if (reply.status != 202) {
      co_return;  // only after COMPLETED: fal's client takes the last event for the final one
    }
    co_await clock_.sleep(kLook);
  }
}

}  // namespace aisha::sandbox::fal
