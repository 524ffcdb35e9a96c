// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/queue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/uuid.hpp"
#include "sandbox/fal/outcomes.hpp"

namespace aisha::sandbox::fal {

namespace {

constexpr std::int64_t kSlowMs = 15'000;

/// X-Fal-Request-Start-Timeout, or the older name that fal's clients still send; seconds.
std::optional<std::int64_t> start_timeout_ms(const QueuedRequest& request) {
  for (const std::string_view name : {"x-fal-request-start-timeout", "x-fal-request-timeout"}) {
    const auto found = request.headers.find(std::string(name));
    if (found != request.headers.end()) {
      const double seconds = std::strtod(found->second.c_str(), nullptr);
      return seconds > 0 ? std::optional(std::int64_t(seconds * 1000)) : std::nullopt;
    }
  }
  return std::nullopt;
}

bool is_low(const QueuedRequest& request) {
  const auto found = request.headers.find("x-fal-queue-priority");
  return found != request.headers.end() && found->second == "low";
}

std::int64_t entered(const QueuedRequest& request) {
  return request.changes.back().at;
}

}  // namespace

void Queue::set_settings(Settings settings) {
  const Settings before = std::exchange(settings_, std::move(settings));
  if (before.steer.empty() || before.steer == settings_.steer) {
    return;
  }
  for (const std::string& id : open_) {
    if (QueuedRequest& request = requests_.find(id)->second; request.steer == before.steer) {
      request.steer.clear();
      changed_.insert(id);
    }
  }
}

bool Queue::is_retired(std::string_view endpoint) const {
  return std::ranges::find(settings_.retired, endpoint) != settings_.retired.end();
}

Reply Queue::submit(Submission submission, std::int64_t now) {
  advance(now);
  submission.steer = settings_.steer;
  Reply reply;
  if (find_endpoint(submission.endpoint) == nullptr || is_retired(submission.endpoint)) {
    const std::string detail = fmt::format("Application \"{}\" not found", submission.endpoint);
    reply.status = 404;
    reply.body = json::serialize(json::Object{{"detail", detail}});
    return reply;
  }
  if (auto refused = refusal_at_submit(submission)) {
    return *refused;
  }
  if (submission.max_queue_length && std::int64_t(waiting().size()) > *submission.max_queue_length) {
    reply.status = 429;
    reply.body = R"({"detail":"The queue is longer than the caller allows"})";
    return reply;
  }
  QueuedRequest request;
  Uuid id;
  rng_.fill(id.bytes);
  id.bytes[6] = std::uint8_t((id.bytes[6] & 0x0F) | 0x40);  // RFC 9562 version 4, as fal's ids are
  id.bytes[8] = std::uint8_t((id.bytes[8] & 0x3F) | 0x80);
  request.id = id.to_string();
  request.number = ++last_number_;
  request.endpoint = std::move(submission.endpoint);
  request.input = std::move(submission.input);
  request.steer = std::move(submission.steer);
  request.headers = std::move(submission.headers);
  request.origin = std::move(submission.origin);
  request.webhook_url = std::move(submission.webhook_url);
  request.seed = rng_.next() >> 32;
  if (const json::Value* seed = request.input.is_object() ? request.input.get_object().if_contains("seed") : nullptr;
      seed != nullptr && seed->is_number()) {
    boost::system::error_code ec;
    const auto given = seed->to_number<std::int64_t>(ec);
    request.seed = ec ? request.seed : std::uint64_t(given);
  }
  request.flaw = flaw_of(request);
  enter(request, State::IN_QUEUE, now);
  const std::string key = request.id;
  open_.insert(key);
  QueuedRequest& stored = requests_.emplace(key, std::move(request)).first->second;
  // The answer to a submit is a status body, except that its logs are null.
  reply.body = json::serialize(status_body(stored, false, now));
  reply.headers.emplace_back("x-fal-request-id", key);
  return reply;
}

std::vector<QueuedRequest*> Queue::waiting() {
  std::vector<QueuedRequest*> out;
  for (const std::string& id : open_) {
    if (QueuedRequest& request = requests_.find(id)->second; request.state == State::IN_QUEUE) {
      out.push_back(&request);
    }
  }
  std::ranges::sort(out, [](const QueuedRequest* a, const QueuedRequest* b) {
    return std::pair(is_low(*a), a->number) < std::pair(is_low(*b), b->number);
  });
  return out;
}

int Queue::running() const {
  return int(std::ranges::count_if(
      open_, [&](const std::string& id) { return requests_.find(id)->second.state == State::IN_PROGRESS; }));
}

std::int64_t Queue::run_time(const QueuedRequest& request) const {
  return steered(request, "sandbox:slow") ? std::max(kSlowMs, settings_.run_ms) : settings_.run_ms;
}

// Every other request of the same words, so that a second try of them comes out well; with "-twice" each of them.
std::string Queue::flaw_of(const QueuedRequest& request) const {
  for (const std::string_view flaw : flaws()) {
    const std::string word = fmt::format("sandbox:{}", flaw);
    if (steered(request, word + "-twice")) {
      return std::string(flaw);
    }
    if (!steered(request, word)) {
      continue;
    }
    const auto before = std::ranges::count_if(requests_, [&](const auto& entry) {
      const QueuedRequest& other = entry.second;
      return steered(other, word) && prompt_of(other) == prompt_of(request);
    });
    return before % 2 == 0 ? std::string(flaw) : std::string();
  }
  return {};
}

void Queue::enter(QueuedRequest& request, State state, std::int64_t at) {
  request.state = state;
  request.changes.push_back({state, at});
  changed_.insert(request.id);
}

void Queue::begin(QueuedRequest& request, std::int64_t now) {
  enter(request, State::IN_PROGRESS, now);
  const Endpoint& endpoint = *find_endpoint(request.endpoint);
  request.prepared = outcome_without_picture(endpoint, request);
  if (request.prepared) {
    request.painted = true;
  } else {
    work_.push_back(work_of(endpoint, request, settings_.max_side));
  }
}

void Queue::complete(QueuedRequest& request, Outcome outcome, std::int64_t now) {
  enter(request, State::COMPLETED, now);
  outcome.headers.try_emplace("X-Fal-Billable-Units", "0");
  request.billed = request.billable_units > 0 && outcome.status == 200;
  request.result = std::move(outcome);
  request.prepared.reset();
  open_.erase(request.id);
  plan_webhook(request, now);
}

void Queue::advance(std::int64_t now) {
  const std::vector<std::string> open(open_.begin(), open_.end());
  for (const std::string& id : open) {
    QueuedRequest& request = requests_.find(id)->second;
    if (request.state == State::IN_PROGRESS) {
      const bool stubborn = steered(request, "sandbox:stubborn");
      const bool hangs = steered(request, "sandbox:hang");
      if (request.cancel_asked && !stubborn) {
        request.billable_units = 0;
        complete(request, platform_error(499, "client_cancelled", "Request cancelled by the client"), now);
      } else if (request.painted && request.prepared && !hangs && now >= entered(request) + run_time(request)) {
        Outcome outcome = std::move(*request.prepared);
        complete(request, std::move(outcome), now);
      }
    } else if (const auto limit = start_timeout_ms(request); limit && now >= entered(request) + *limit) {
      Outcome outcome = platform_error(504, "request_timeout", "Request timed out before processing started");
      outcome.headers.emplace("X-Fal-Request-Timeout-Type", "user");
      complete(request, std::move(outcome), now);
    }
  }
  int free = settings_.concurrency - running();
  for (QueuedRequest* request : waiting()) {
    if (free > 0 && now >= entered(*request) + settings_.queue_ms) {
      begin(*request, now);
      --free;
    }
  }
}

std::optional<std::int64_t> Queue::next_due() const {
  std::optional<std::int64_t> soonest;
  const auto consider = [&](std::int64_t at) { soonest = soonest ? std::min(*soonest, at) : at; };
  const bool free = running() < settings_.concurrency;
  for (const std::string& id : open_) {
    const QueuedRequest& request = requests_.find(id)->second;
    if (request.state == State::IN_PROGRESS) {
      if (request.painted && !steered(request, "sandbox:hang")) {
        consider(entered(request) + run_time(request));
      }
      continue;
    }
    if (free) {
      consider(entered(request) + settings_.queue_ms);
    }
    if (const auto limit = start_timeout_ms(request)) {
      consider(entered(request) + *limit);
    }
  }
  for (const std::string& id : hooks_open_) {
    if (!hooks_out_.contains(id)) {
      consider(requests_.find(id)->second.webhook_at);
    }
  }
  return soonest;
}

std::vector<Work> Queue::take_work() {
  return std::exchange(work_, {});
}

void Queue::painted(std::string_view id, const std::vector<Picture>& pictures, std::int64_t now) {
  QueuedRequest* request = get(id);
  if (request == nullptr || request->state != State::IN_PROGRESS) {
    return;  // cancelled while it was painted
  }
  const Endpoint& endpoint = *find_endpoint(request->endpoint);
  request->billable_units = units_of(endpoint, pictures);
  const double seconds = double(std::max(now - entered(*request), run_time(*request))) / 1000.0;
  Outcome outcome = outcome_with_pictures(*request, pictures, seconds);
  outcome.headers["X-Fal-Billable-Units"] = fmt::format("{}", request->billable_units);
  request->prepared = std::move(outcome);
  request->painted = true;
  for (const Picture& picture : pictures) {
    request->painted_of.push_back(picture.of);
  }
  changed_.insert(request->id);
  advance(now);
}

void Queue::painting_failed(std::string_view id, std::int64_t now) {
  if (QueuedRequest* request = get(id); request != nullptr && request->state == State::IN_PROGRESS) {
    request->prepared = model_error(500, "internal_server_error", "Internal server error", request->input);
    request->painted = true;
    changed_.insert(request->id);
    advance(now);
  }
}

QueuedRequest* Queue::get(std::string_view id) {
  const auto found = requests_.find(id);
  return found == requests_.end() ? nullptr : &found->second;
}

}  // namespace aisha::sandbox::fal
