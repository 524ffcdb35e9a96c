// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>

#include "base/time.hpp"
#include "sandbox/fal/outcomes.hpp"
#include "sandbox/fal/queue.hpp"

namespace aisha::sandbox::fal {

namespace {

/// fal gives up after ten retries (docs of spring 2026: spread over two hours; here over about two minutes).
constexpr int kWebhookTries = 11;
constexpr std::int64_t kWebhookFirstPause = 500;
constexpr std::int64_t kWebhookLongestPause = 20'000;
constexpr std::int64_t kLateMs = 5'000;

Reply not_found(bool result) {
  Reply reply;
  reply.status = 404;
  reply.body = result ? R"({"detail":"Request not found"})" : R"({"status":"NOT_FOUND"})";
  return reply;
}

json::Array logs_of(const QueuedRequest& request, std::int64_t now, std::int64_t run_ms) {
  json::Array out;
  const auto say = [&](std::int64_t at, std::string text) {
    out.push_back(json::Object{{"message", std::move(text)},
                               {"level", "INFO"},
                               {"source", "USER"},
                               {"timestamp", to_iso8601(from_epoch_ms(at))}});
  };
  const auto started = std::ranges::find(request.changes, State::IN_PROGRESS, &StateChange::state);
  if (started == request.changes.end()) {
    return out;
  }
  constexpr int kSteps = 5;
  for (int step = 0; step <= kSteps; ++step) {
    const std::int64_t at = started->at + run_ms * step / kSteps;
    if (at <= now && (request.state != State::COMPLETED || at <= request.changes.back().at)) {
      say(at, std::to_string(step * 20) + "% of the picture");
    }
  }
  return out;
}

}  // namespace

int Queue::position_of(const QueuedRequest& request) const {
  const auto low = [](const QueuedRequest& r) {
    const auto found = r.headers.find("x-fal-queue-priority");
    return found != r.headers.end() && found->second == "low";
  };
  return int(std::ranges::count_if(open_, [&](const std::string& id) {
    const QueuedRequest& other = requests_.find(id)->second;
    return other.state == State::IN_QUEUE &&
           std::pair(low(other), other.number) < std::pair(low(request), request.number);
  }));
}

json::Object Queue::status_body(const QueuedRequest& request, bool logs, std::int64_t now) const {
  // As at fal the addresses begin at the root of the host, whatever prefix the submit came in under.
  const std::string url = request.origin + "/" + app_of(request.endpoint) + "/requests/" + request.id;
  json::Object body{{"status", json::encode(request.state)},
                    {"request_id", request.id},
                    {"response_url", url},
                    {"status_url", url + "/status"},
                    {"cancel_url", url + "/cancel"},
                    {"logs", nullptr},
                    {"metrics", json::Object{}}};
  if (request.state == State::IN_QUEUE) {
    body.emplace("queue_position", position_of(request));
    return body;
  }
  if (logs) {
    body["logs"] = logs_of(request, now, run_time(request));
  }
  if (request.state == State::COMPLETED) {
    const auto started = std::ranges::find(request.changes, State::IN_PROGRESS, &StateChange::state);
    const double seconds =
        started == request.changes.end() ? 0 : double(request.changes.back().at - started->at) / 1000.0;
    body["metrics"] = json::Object{{"inference_time", seconds}};
    if (!request.result->error.empty()) {
      body.emplace("error", request.result->error);
      body.emplace("error_type", request.result->error_type);
    }
  }
  return body;
}

const QueuedRequest* Queue::find(std::string_view id, std::int64_t now) const {
  const auto found = requests_.find(id);
  if (found == requests_.end()) {
    return nullptr;
  }
  const QueuedRequest& request = found->second;
  const bool expired =
      request.state == State::COMPLETED && now > request.changes.back().at + settings_.result_expires_s * 1000;
  return expired ? nullptr : &request;
}

Reply Queue::status(std::string_view id, bool logs, std::int64_t now) {
  advance(now);
  const QueuedRequest* request = find(id, now);
  if (request == nullptr) {
    return not_found(false);
  }
  Reply reply;
  reply.status = request->state == State::COMPLETED ? 200 : 202;
  reply.body = json::serialize(status_body(*request, logs, now));
  reply.headers.emplace_back("x-fal-request-id", request->id);
  return reply;
}

Reply Queue::result(std::string_view id, std::int64_t now) {
  advance(now);
  const QueuedRequest* request = find(id, now);
  if (request == nullptr) {
    return not_found(true);
  }
  Reply reply;
  reply.headers.emplace_back("x-fal-request-id", request->id);
  if (!request->result) {
    reply.status = 400;
    reply.body = R"({"detail":"Request is still in progress"})";
    return reply;
  }
  reply.status = request->result->status;
  reply.body = request->result->body;
  reply.content_type = request->result->content_type;
  reply.headers.insert(reply.headers.end(), request->result->headers.begin(), request->result->headers.end());
  return reply;
}

Reply Queue::cancel(std::string_view id, std::int64_t now) {
  advance(now);
  const QueuedRequest* seen = find(id, now);
  if (seen == nullptr) {
    return not_found(false);
  }
  QueuedRequest& request = *get(id);
  Reply reply;
  reply.headers.emplace_back("x-fal-request-id", request.id);
  if (request.state == State::COMPLETED) {
    reply.status = 400;
    reply.body = R"({"status":"ALREADY_COMPLETED"})";
  } else if (request.state == State::IN_QUEUE) {
    request.cancel_asked = true;
    complete(request, platform_error(499, "client_cancelled", "Request cancelled by the client"), now);
    reply.body = R"({"status":"OK"})";
  } else {
    request.cancel_asked = true;
    changed_.insert(request.id);
    reply.status = 202;
    reply.body = R"({"status":"CANCELLATION_REQUESTED"})";
  }
  return reply;
}

Reply Queue::remove_payloads(std::string_view id, std::int64_t now) {
  advance(now);
  QueuedRequest* request = get(id);
  if (request == nullptr) {
    return not_found(true);
  }
  Reply reply;
  if (request->state != State::COMPLETED) {
    reply.status = 400;
    reply.body = R"({"detail":"Request is still in progress"})";
    return reply;
  }
  request->input = json::Object{};
  request->prepared.reset();
  if (request->result) {
    request->result->body = "{}";
  }
  request->payloads_removed = true;
  changed_.insert(request->id);
  reply.body = R"({"cdn_delete_results":[]})";
  return reply;
}

void Queue::plan_webhook(QueuedRequest& request, std::int64_t now) {
  if (request.webhook_url.empty() || settings_.webhook == WebhookMode::lost) {
    return;
  }
  request.webhook_forged = settings_.webhook == WebhookMode::forged;
  request.webhook_left = settings_.webhook == WebhookMode::twice ? 2 : 1;
  request.webhook_at = now + (settings_.webhook == WebhookMode::late ? kLateMs : 0);
  hooks_open_.insert(request.id);
}

std::vector<WebhookDue> Queue::take_webhooks(std::int64_t now) {
  std::vector<WebhookDue> out;
  for (const std::string& id : hooks_open_) {
    const QueuedRequest& request = requests_.find(id)->second;
    if (hooks_out_.contains(id) || now < request.webhook_at) {
      continue;
    }
    json::Object body{{"request_id", id}, {"gateway_request_id", id}};
    auto payload = json::parse(request.result->body);
    const bool good = request.result->status == 200;
    body.emplace("status", good ? "OK" : "ERROR");
    if (!good) {
      body.emplace("error", "Invalid status code: " + std::to_string(request.result->status));
    }
    body.emplace("payload", payload ? *payload : json::Value(nullptr));
    if (!payload) {
      body.emplace("payload_error",
                   "Response payload is not JSON serializable. Either return a JSON serializable object or use the "
                   "queue endpoint to retrieve the response.");
    }
    out.push_back({id, request.webhook_url, json::serialize(body), request.webhook_forged});
  }
  for (const WebhookDue& due : out) {
    hooks_out_.insert(due.id);
  }
  return out;
}

void Queue::webhook_answered(std::string_view id, int status, std::int64_t now) {
  QueuedRequest* request = get(id);
  hooks_out_.erase(std::string(id));
  if (request == nullptr || !hooks_open_.contains(id)) {
    return;
  }
  request->deliveries.push_back({now, status, request->webhook_forged});
  const bool accepted = status >= 200 && status < 300;
  const bool final_refusal = status >= 300 && status < 400;
  if (accepted) {
    --request->webhook_left;
    request->webhook_at = now;
  } else if (request->webhook_forged || final_refusal || request->deliveries.size() >= kWebhookTries) {
    request->webhook_left = 0;
  } else {
    const auto tries = request->deliveries.size();
    request->webhook_at = now + std::min(kWebhookLongestPause, kWebhookFirstPause << (tries - 1));
  }
  if (request->webhook_left == 0) {
    hooks_open_.erase(request->id);
  }
  changed_.insert(request->id);
}

std::vector<const QueuedRequest*> Queue::all() const {
  std::vector<const QueuedRequest*> out;
  for (const auto& [id, request] : requests_) {
    out.push_back(&request);
  }
  std::ranges::sort(out, {}, &QueuedRequest::number);
  return out;
}

std::vector<const QueuedRequest*> Queue::take_changed() {
  std::vector<const QueuedRequest*> out;
  for (const std::string& id : std::exchange(changed_, {})) {
    out.push_back(&requests_.find(id)->second);
  }
  return out;
}

void Queue::restore(QueuedRequest request) {
  last_number_ = std::max(last_number_, request.number);
  const std::string id = request.id;
  if (request.state != State::COMPLETED) {
    open_.insert(id);
    if (request.state == State::IN_PROGRESS && !request.painted) {
      work_.push_back(work_of(*find_endpoint(request.endpoint), request, settings_.max_side));
    }
  } else if (request.webhook_left > 0) {
    hooks_open_.insert(id);
  }
  requests_.insert_or_assign(id, std::move(request));
}

void Queue::clear() {
  requests_.clear();
  open_.clear();
  hooks_open_.clear();
  hooks_out_.clear();
  changed_.clear();
  work_.clear();
}

}  // namespace aisha::sandbox::fal
