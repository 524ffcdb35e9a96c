// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/sim_http.hpp"

#include <array>
#include <charconv>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "http/common/multipart.hpp"
#include "tests/fakes/whole_body.hpp"

namespace aisha::sim {
namespace {

namespace tg = sandbox::telegram;

constexpr Millis kForEver{86'400'000};
constexpr Millis kPollStep{400};

std::string_view header_of(const http::Request& request, std::string_view name) {
  for (const http::Header& header : request.headers) {
    if (header.name == name) {
      return header.value;
    }
  }
  return {};
}

// Telegram keeps facts of a photo; the simulator's pictures do not decode, so the facts are made up.
tg::FileFacts facts_of(const http::Part& part) {
  tg::FileFacts out;
  out.field = part.name;
  out.name = part.filename;
  out.type = part.content_type;
  out.size = std::ssize(part.body);
  out.sha256 = encoding::sha256_hex(part.body);
  out.width = 600;
  out.height = 800;
  out.ladder.push_back({.width = 600, .height = 800, .size = out.size, .sha256 = out.sha256});
  return out;
}

tg::Call read_call(const http::Request& request) {
  tg::Call out;
  const std::string_view type = header_of(request, "Content-Type");
  if (type.starts_with("multipart/")) {
    for (const http::Part& part : http::read_multipart(type, fakes::whole_body(request)).value()) {
      if (part.filename.empty()) {
        out.params.set(part.name, part.body);
      } else {
        out.files.push_back(facts_of(part));
      }
    }
  } else if (!request.body.empty()) {
    out.params = tg::Params(json::parse(request.body)->get_object());
  }
  return out;
}

http::Response wire(const tg::ApiAnswer& answer) {
  http::Response out;
  out.status = answer.status;
  out.body = json::serialize(answer.body);
  return out;
}

http::Response wire(sandbox::fal::Reply reply) {
  http::Response out;
  out.status = reply.status;
  out.body = std::move(reply.body);
  for (auto& [name, value] : reply.headers) {
    out.headers.push_back({std::move(name), std::move(value)});
  }
  return out;
}

bool makes_a_message(std::string_view url) {
  return url.ends_with("/sendPhoto") || url.ends_with("/sendMessage") || url.ends_with("/sendDocument");
}

constexpr std::array<std::string_view, 9> kMisbehaviours = {"sandbox:nsfw",      "sandbox:422",    "sandbox:500",
                                                            "sandbox:504",       "sandbox:runner", "sandbox:empty",
                                                            "sandbox:malformed", "sandbox:gone",   "sandbox:busy"};

constexpr std::array<std::string_view, 8> kFlaws = {"sandbox:black",       "sandbox:grey",     "sandbox:swapped",
                                                    "sandbox:tiny",        "sandbox:blur",     "sandbox:cut",
                                                    "sandbox:black-twice", "sandbox:cut-twice"};

}  // namespace

Task<Result<http::Response>> SimHttp::send(http::Request request) {
  const Rates& rates = universe_.plan().rates;
  const Millis there = universe_.between(1, 60);
  co_await clock_.sleep(there);
  if (universe_.strikes(rates.refused)) {
    universe_.trace("refused", 0);
    co_return fail(Errc::net_not_sent, "simulated");
  }
  if (is_away(request.url)) {
    universe_.trace("away", static_cast<std::uint64_t>(universe_.outage.status));
    if (universe_.outage.status == 0) {
      co_return fail(Errc::net_not_sent, "simulated");
    }
    co_return wire(tg::error_answer(tg::Refusal{universe_.outage.status, "simulated", 0}));
  }
  const bool sends = makes_a_message(request.url);
  if (universe_.strikes(rates.request_lost)) {
    universe_.unknown_sends += sends ? 1 : 0;
    universe_.trace("request lost", 0);
    const Millis patience = silence(request.timeout);
    co_await clock_.sleep(patience);
    co_return fail(Errc::net_unknown, "simulated");
  }
  std::string url = request.url;
  const Millis timeout = request.timeout;
  http::Response response = co_await carry_out(std::move(request));
  universe_.trace(url, static_cast<std::uint64_t>(response.status));
  if (universe_.strikes(rates.crash_at_port)) {
    universe_.unknown_sends += sends ? 1 : 0;
    universe_.doomed.insert(owner_);
    co_await clock_.sleep(kForEver);
  }
  if (universe_.strikes(rates.answer_lost)) {
    universe_.unknown_sends += sends ? 1 : 0;
    universe_.trace("answer lost", 0);
    const Millis patience = silence(timeout);
    co_await clock_.sleep(patience);
    co_return fail(Errc::net_unknown, "simulated");
  }
  const Millis back = universe_.between(1, 60);
  co_await clock_.sleep(back);
  co_return response;
}

bool SimHttp::is_away(std::string_view url) const {
  const TelegramOutage& outage = universe_.outage;
  return universe_.faults_on && url.starts_with(kTelegramUrl) && universe_.timers.now() < outage.until &&
         !(outage.sends_alone && url.ends_with("/getUpdates"));
}

// A reset is known at once, a hang only when patience ends.
Millis SimHttp::silence(Millis timeout) {
  const Millis longest = std::min(timeout, Millis(25'000));
  return universe_.rng.below(2) == 0 ? universe_.between(1, 500) : longest;
}

Task<http::Response> SimHttp::carry_out(http::Request request) {
  const std::string url = request.url;
  http::Response response;
  if (url.starts_with(kTelegramUrl)) {
    const auto slash = url.rfind('/');
    const std::size_t token_at = kTelegramUrl.size() + 4;  // "/bot"
    std::string token = url.substr(token_at, slash - token_at);
    std::string method = url.substr(slash + 1);
    co_return co_await telegram(std::move(request), std::move(token), std::move(method));
  }
  if (url.starts_with(kFalUrl)) {
    co_return fal(request);
  }
  if (url.ends_with(".gone")) {
    response.status = 404;
  } else {
    response.status = 200;
    response.body = "picture " + url;
  }
  co_return response;
}

Task<http::Response> SimHttp::telegram(http::Request request, std::string token, std::string method) {
  const Rates& rates = universe_.plan().rates;
  if (universe_.strikes(rates.flood) && method != "getUpdates" && method != "answerCallbackQuery") {
    const auto wait = static_cast<int>(universe_.between(1, 7).count());
    co_return wire(tg::error_answer(tg::Refusal{429, "", wait}));
  }
  if (universe_.strikes(rates.server_error)) {
    co_return wire(tg::error_answer(tg::Refusal{500, "Internal Server Error", 0}));
  }
  const tg::Call call = read_call(request);
  tg::ApiAnswer answer = universe_.telegram.call(token, method, call);
  if (method == "getUpdates") {
    const Millis patience(call.params.integer("timeout", 0, 0, 50) * 1000);
    for (Millis waited{0}; waited < patience && answer.ok() && answer.result().get_array().empty();
         waited += kPollStep) {
      co_await clock_.sleep(kPollStep);
      answer = universe_.telegram.call(token, method, call);
    }
  }
  universe_.telegram.take_events();
  co_return wire(answer);
}

/// Counts the submit. What was asked for before the first refusal may still be on its way for a while.
bool SimHttp::is_retired_by_now() {
  constexpr Millis kOnItsWay{120'000};
  const std::int64_t after = universe_.plan().retires;
  if (after == 0 || ++universe_.submits <= after) {
    return false;
  }
  const TimePoint now = universe_.timers.now();
  if (!universe_.retired) {
    universe_.retired = now;
  } else if (now - *universe_.retired > kOnItsWay) {
    universe_.violation("an endpoint that is no more is asked again and again");
  }
  return true;
}

// POST /{endpoint}?fal_webhook=..., GET|PUT /{app}/requests/{id}[/status|/cancel]
http::Response SimHttp::fal(const http::Request& request) {
  const Rates& rates = universe_.plan().rates;
  http::Response trouble;
  if (universe_.strikes(rates.server_error)) {
    trouble.status = universe_.rng.below(2) == 0 ? 502 : 503;
    trouble.body = "<html>nginx</html>";
    return trouble;
  }
  const std::int64_t now = universe_.now_ms();
  sandbox::fal::Queue& queue = universe_.fal;
  queue.advance(now);
  const std::string path = request.url.substr(kFalUrl.size() + 1);
  if (path == ".well-known/jwks.json") {
    http::Response keys;
    keys.status = 200;
    keys.body = universe_.signer.jwks();
    return keys;
  }
  const auto requests = path.find("/requests/");
  if (requests != std::string::npos) {
    const std::string rest = path.substr(requests + 10);
    const std::string id = rest.substr(0, rest.find_first_of("/?"));
    if (request.method == "PUT") {
      return wire(queue.cancel(id, now));
    }
    return wire(rest.contains("/status") ? queue.status(id, false, now) : queue.result(id, now));
  }
  sandbox::fal::Submission submission;
  const auto question = path.find('?');
  submission.endpoint = path.substr(0, question);
  if (question != std::string::npos) {
    submission.webhook_url = encoding::percent_decode(path.substr(path.find('=') + 1)).value_or("");
  }
  submission.input = *json::parse(request.body);
  submission.origin = kFalUrl;
  auto settings = queue.settings();
  settings.steer = std::string_view();
  if (universe_.strikes(rates.bad_outcome)) {
    settings.steer = kMisbehaviours.at(universe_.rng.below(kMisbehaviours.size()));
  } else if (universe_.strikes(rates.bad_picture)) {
    settings.steer = kFlaws.at(universe_.rng.below(kFlaws.size()));
  }
  if (is_retired_by_now()) {
    settings.retired = {submission.endpoint};
  }
  queue.set_settings(settings);
  return wire(queue.submit(std::move(submission), now));
}

}  // namespace aisha::sim
