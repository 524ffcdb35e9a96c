// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram_api.hpp"

#include <strings.h>

#include <chrono>

#include "sandbox/telegram/limits.hpp"

namespace aisha::sandbox {
namespace {

using telegram::ApiAnswer;
using telegram::Call;
using telegram::Refusal;
using Steady = std::chrono::steady_clock;

constexpr std::string_view kNotFound = R"({"ok":false,"error_code":404,"description":"Not Found"})";

bool same_method(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

http::ServerResponse wire(const ApiAnswer& answer) {
  http::ServerResponse response;
  response.status = answer.status;
  response.body = json::serialize(answer.body);
  if (answer.retry_after > 0) {
    response.headers.push_back({"Retry-After", std::to_string(answer.retry_after)});
  }
  return response;
}

http::ServerResponse not_found() {
  http::ServerResponse response;
  response.status = 404;
  response.body = kNotFound;
  return response;
}

/// "/bot<token>/[test/]<method>"; extra slashes are skipped. Both empty when the path is no bot's.
struct Address {
  std::string token;
  std::string method;
};

Address read_address(std::string_view path, std::string_view prefix) {
  const std::size_t begin = path.find_first_not_of('/');
  if (begin == std::string_view::npos || !path.substr(begin).starts_with(prefix)) {
    return {};
  }
  path.remove_prefix(begin + prefix.size());
  const std::size_t slash = path.find('/');
  Address address{std::string(path.substr(0, slash)), {}};
  std::string_view rest = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
  rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of('/')));
  if (rest.starts_with("test/")) {
    rest.remove_prefix(5);
  }
  address.method = std::string(rest.substr(0, rest.find_last_not_of('/') + 1));
  return address;
}

/// What the fault answers instead of the method; words for the common codes when the order has none.
http::ServerResponse fault_response(const FaultAction& fault) {
  const int status = fault.status.value_or(500);
  std::string text;
  if (status == 403) {
    text = "Bot was blocked by the user";
  } else if (status == 409) {
    text = "Terminated by other getUpdates request; make sure that only one bot instance is running";
  }
  const int wait = status == 429 && fault.retry_after == 0 ? 1 : fault.retry_after;
  http::ServerResponse response = wire(telegram::error_answer(Refusal{status, text, wait}));
  response.status = status;
  if (fault.body) {
    response.body = *fault.body;
  }
  return response;
}

}  // namespace

std::int64_t TelegramApi::chat_of(const Call& call) const {
  const auto& callbacks = hub_.world.state().callbacks;
  const auto callback = callbacks.find(call.params.text("callback_query_id"));
  return callback != callbacks.end() ? callback->second.chat
                                     : telegram::parse_integer(call.params.text("chat_id")).value_or(0);
}

Task<ApiAnswer> TelegramApi::long_poll(std::string token, Call call, Millis wait) {
  const auto bot = hub_.world.authorize(token);
  if (!bot) {
    co_return telegram::error_answer(bot.error());
  }
  const std::int64_t id = (*bot)->id;
  const PollWatch::Open open(hub_.polls, id);
  const std::uint64_t mine = ++polls_[id];
  hub_.feed.publish({});  // an older poll that waits learns that it has been replaced
  const auto deadline = Steady::now() + wait;
  ApiAnswer answer = hub_.world.call(token, "getUpdates", call);
  while (answer.ok() && answer.result().get_array().empty() && !hub_.feed.closed()) {
    const auto left = std::chrono::duration_cast<Millis>(deadline - Steady::now());
    if (left <= Millis(0)) {
      break;
    }
    co_await hub_.feed.wait(left);
    const auto found = hub_.world.state().bots.find(id);
    if (found == hub_.world.state().bots.end()) {
      co_return telegram::error_answer(Refusal{401, "", 0});
    }
    if (polls_[id] != mine) {
      co_return telegram::error_answer(
          Refusal{409, "Terminated by other getUpdates request; make sure that only one bot instance is running", 0});
    }
    if (!found->second.webhook.url.empty()) {
      co_return telegram::error_answer(Refusal{409, "Terminated by setWebhook request", 0});
    }
    if (!found->second.pending.empty() || !found->second.repeats.empty()) {
      answer = hub_.world.call(token, "getUpdates", call);
    }
  }
  co_return answer;
}

Task<ApiAnswer> TelegramApi::run(std::string token, std::string method, Call call) {
  const auto bot = hub_.world.authorize(token);
  const std::int64_t started = hub_.now();
  const std::int64_t chat = chat_of(call);
  const std::int64_t n = hub_.calls.begin(bot ? (*bot)->id : 0, method, call, chat, started);
  const bool polling = same_method(method, "getUpdates");
  const Millis wait(polling ? call.params.integer("timeout", 0, 0, telegram::limit("poll_seconds")) * 1000 : 0);
  ApiAnswer answer;
  if (polling) {
    answer = co_await long_poll(std::move(token), std::move(call), wait);
  } else {
    answer = hub_.world.call(token, method, call);
  }
  const std::int64_t ended = hub_.now();
  hub_.calls.end(n, answer.status, answer.body, ended - started);
  std::vector<json::Object> events = hub_.world.take_events();
  if (!polling) {
    json::Object event{
        {"type", "call"}, {"n", n}, {"method", method}, {"status", answer.status}, {"ms", ended - started}};
    event["chat"] = chat == 0 ? json::Value(nullptr) : json::Value(chat);
    events.push_back(std::move(event));
  }
  if (!events.empty()) {
    hub_.feed.publish(events);
  }
  co_return answer;
}

Task<http::ServerResponse> TelegramApi::with_fault(FaultAction fault, std::string token, std::string method,
                                                   Call call) {
  if (fault.delay_ms > 0) {
    co_await hub_.clock.sleep(Millis(fault.delay_ms));
  }
  http::ServerResponse response;
  if (fault.skips_work()) {
    const std::int64_t chat = chat_of(call);
    const std::int64_t n = hub_.calls.begin(0, method, call, chat, hub_.now());
    const bool dropped = fault.drop != FaultAction::Drop::none;
    if (!dropped) {
      response = fault_response(fault);
    }
    const auto body = json::parse(response.body);
    hub_.calls.end(n, dropped ? 0 : response.status, body ? *body : json::Value(nullptr), fault.delay_ms);
    response.drop = dropped;
  } else {
    const ApiAnswer answer = co_await run(std::move(token), std::move(method), std::move(call));
    response = wire(answer);
    response.drop = fault.drop == FaultAction::Drop::after;
  }
  response.truncate = fault.truncate;
  co_return response;
}

Task<http::ServerResponse> TelegramApi::serve(http::ServerRequest request) {
  Address address = read_address(request.path, "bot");
  if (address.token.empty()) {
    co_return not_found();
  }
  if (request.method != "GET" && request.method != "POST") {
    http::ServerResponse refused;
    refused.status = 501;
    co_return refused;
  }
  std::string path = request.path;
  const bool pictures = !same_method(address.method, "sendDocument");
  Call call = co_await hub_.intake.read(std::move(request), pictures);
  if (address.method.empty()) {
    address.method = call.params.text("method");
  }
  FaultFacts facts;
  facts["method"] = address.method;
  facts["chat"] = std::to_string(chat_of(call));
  facts["path"] = std::move(path);
  auto fault = hub_.faults.take("telegram", facts);
  if (fault) {
    co_return co_await with_fault(std::move(*fault), std::move(address.token), std::move(address.method),
                                  std::move(call));
  }
  const ApiAnswer answer = co_await run(std::move(address.token), std::move(address.method), std::move(call));
  co_return wire(answer);
}

Task<http::ServerResponse> TelegramApi::serve_file(http::ServerRequest request) {
  const Address address = read_address(request.path, "file/bot");
  const auto bot = hub_.world.authorize(address.token);
  const telegram::StoredFile* file = bot ? hub_.world.find_file((*bot)->id, address.method) : nullptr;
  auto bytes = file == nullptr ? std::nullopt : hub_.files.load(file->sha256);
  if (!bytes) {
    co_return not_found();
  }
  http::ServerResponse response;
  response.content_type = file->mime.empty() ? "application/octet-stream" : file->mime;
  response.body = std::move(*bytes);
  co_return response;
}

void add_telegram_routes(http::Router& router, TelegramApi& api) {
  router.add("GET", "/file/*path", [&api](http::ServerRequest request) { return api.serve_file(std::move(request)); });
  router.add("*", "/:bot/*method", [&api](http::ServerRequest request) { return api.serve(std::move(request)); });
}

}  // namespace aisha::sandbox
