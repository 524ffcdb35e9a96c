// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/doctor_remote.hpp"

#include <fmt/format.h>

#include <optional>

#include "app/doctor/probe.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/json.hpp"
#include "base/rng.hpp"
#include "base/uuid.hpp"
#include "http/common/date.hpp"

// URLs and headers carry secrets here: nothing of them is printed.
namespace aisha::app {
namespace {

/// The scheme and host of an address: a webhook's path may be its secret.
std::string host_of(const std::string& url) {
  const auto scheme = url.find("://");
  const auto host = scheme == std::string::npos ? 0 : scheme + 3;
  return url.substr(0, url.find('/', host));
}

Result<http::Response> ask_telegram(const config::Config& config, std::string_view method) {
  http::Request request;
  request.url = fmt::format("{}/bot{}/{}", config.telegram.api_root, config.telegram.token.reveal(), method);
  return ask_once(std::move(request), proxies_of(config));
}

/// Why nobody answers at `url`, as far as it can be told from here.
Finding unreachable(const config::Config& config, std::string_view about, const std::string& url,
                    std::string_view setting) {
  const bool by_proxy = !proxies_of(config).proxy_for(url).empty();
  if (by_proxy) {
    return bad(
        std::string(about), host_of(url) + " does not answer through the proxy",
        fmt::format("check [network] proxy, user and password in it, and that it lets {} through", host_of(url)));
  }
  return bad(std::string(about), host_of(url) + " does not answer",
             fmt::format("check the network and {}; where a proxy is the only way out, set [network] proxy", setting));
}

/// The "result" of a Bot API answer.
std::optional<json::Object> result_of(const http::Response& answer) {
  const auto body = json::parse(answer.body);
  const auto* object = body ? body->if_object() : nullptr;
  const auto* result = object != nullptr ? object->if_contains("result") : nullptr;
  const auto* members = result != nullptr ? result->if_object() : nullptr;
  return members != nullptr ? std::optional(*members) : std::nullopt;
}

std::string text_at(const json::Object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number_at(const json::Object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

Finding judge_delivery(const json::Object& info, std::string seen) {
  constexpr std::chrono::seconds kRecent{600};
  const std::string error = text_at(info, "last_error_message");
  const std::chrono::sys_seconds failed{std::chrono::seconds(number_at(info, "last_error_date"))};
  const std::int64_t waiting = number_at(info, "pending_update_count");
  seen += fmt::format(", {} updates waiting", waiting);
  if (!error.empty() && std::chrono::system_clock::now() - failed < kRecent) {
    return bad("updates", seen + ", last error: " + error,
               "Telegram must reach that address: check DNS, certificate, proxy and that `aisha serve` runs");
  }
  return good("updates", std::move(seen));
}

Finding check_updates(const config::Config& config) {
  const auto answer = ask_telegram(config, "getWebhookInfo");
  const auto info = answer ? result_of(*answer) : std::nullopt;
  if (!info) {
    return bad("updates", "getWebhookInfo is not answered", "run `aisha doctor` again; it may pass");
  }
  const std::string url = text_at(*info, "url");
  const bool wanted = config.telegram.updates == "webhook";
  if (wanted && url.empty()) {
    return bad("updates", "no webhook is set yet", "start `aisha serve`: it tells Telegram the address");
  }
  if (!wanted && !url.empty()) {
    return bad("updates", "a webhook at " + host_of(url) + " takes the updates",
               "start `aisha serve` to take them over, or set [telegram] updates = \"webhook\"; if `aisha serve` runs, "
               "another program uses this token: give it one of its own");
  }
  if (wanted && url != config.telegram.webhook_url) {
    return bad("updates", "a webhook at " + host_of(url) + " takes the updates, not [telegram] webhook_url",
               "start `aisha serve` to take them over; if it runs, another program uses this token: give it one of its "
               "own");
  }
  return judge_delivery(*info, wanted ? "webhook at " + host_of(url) : std::string("polling"));
}

}  // namespace

Findings check_telegram(const config::Config& config) {
  if (config.telegram.token.empty()) {
    return {bad("telegram", "no token", "get one from @BotFather and set [telegram] token")};
  }
  const auto answer = ask_telegram(config, "getMe");
  if (!answer) {
    return {unreachable(config, "telegram", config.telegram.api_root, "[telegram] api_root")};
  }
  if (answer->status == 401 || answer->status == 404) {
    return {bad("telegram", "the token is refused", "it was revoked or mistyped: ask @BotFather for it")};
  }
  const auto me = result_of(*answer);
  if (!me) {
    return {bad("telegram", fmt::format("unexpected answer {}", answer->status), "check [telegram] api_root")};
  }
  Findings findings{good("telegram", "the bot is @" + text_at(*me, "username"))};
  if (const auto theirs = http::parse_http_date(answer->header("date"))) {
    findings.push_back(compare_clocks("Telegram", *theirs));
  }
  findings.push_back(check_updates(config));
  return findings;
}

namespace {

Result<http::Response> ask_fal(const config::Config& config, std::string method, std::string_view path,
                               std::string body = {}) {
  http::Request request;
  request.method = std::move(method);
  request.url = fmt::format("{}/fal-ai/flux-lora{}", config.fal.queue_url, path);
  request.headers = {{"Authorization", "Key " + config.fal.key.reveal()}, {"Content-Type", "application/json"}};
  request.body = std::move(body);
  return ask_once(std::move(request), proxies_of(config));
}

/// Nothing where the answer says nothing of key and account.
std::optional<Finding> judge_account(const http::Response& answer) {
  switch (answer.status) {
    case 401: return bad("fal", "the key is refused", "check [fal] key");
    case 403:
      return bad("fal", "the account is locked or may not do this: fal makes no pictures",
                 "top up the fal account's balance, or check [fal] key; Aisha goes on by itself");
    default: return std::nullopt;
  }
}

/// Only a submit tells that an account is locked. One without a prompt comes to nothing and costs nothing, and is taken
/// back at once.
Finding try_to_submit(const config::Config& config) {
  const auto answer = ask_fal(config, "POST", "", "{}");
  if (!answer) {
    return unreachable(config, "fal", config.fal.queue_url, "[fal] queue_url");
  }
  if (auto refused = judge_account(*answer)) {
    return *refused;
  }
  const auto body = json::parse(answer->body);
  const auto* object = body ? body->if_object() : nullptr;
  if (object != nullptr && answer->status / 100 == 2) {
    const auto cancelled = ask_fal(config, "PUT", "/requests/" + text_at(*object, "request_id") + "/cancel");
    return good("fal", cancelled ? "the key is accepted, requests are taken" : "requests are taken");
  }
  if (answer->status == 422) {
    return good("fal", "the key is accepted");
  }
  return bad("fal", fmt::format("unexpected answer {} to a request", answer->status), "look at fal's status page");
}

}  // namespace

Findings check_fal(const config::Config& config) {
  if (config.fal.key.empty()) {
    return {bad("fal", "no key", "make one at fal and set [fal] key")};
  }
  // A status of a request that cannot exist: 404 proves the key, 401 refuses it, and nothing is spent.
  SystemRng rng;
  const Uuid nobody = Uuid::v7(std::chrono::floor<Millis>(std::chrono::system_clock::now()), rng);
  const auto answer = ask_fal(config, "GET", "/requests/" + nobody.to_string() + "/status");
  if (!answer) {
    return {unreachable(config, "fal", config.fal.queue_url, "[fal] queue_url")};
  }
  if (auto refused = judge_account(*answer)) {
    return {*refused};
  }
  if (answer->status != 404) {
    return {bad("fal", fmt::format("unexpected answer {}", answer->status), "look at fal's status page")};
  }
  return {try_to_submit(config)};
}

}  // namespace aisha::app
