// SPDX-License-Identifier: Apache-2.0
#include "sandbox/webhooks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cctype>
#include <exception>

#include "base/log.hpp"

namespace aisha::sandbox {
namespace {

using telegram::Update;

void report(std::exception_ptr failure) {
  if (!failure) {
    return;
  }
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& problem) {
    log::debug("a webhook delivery ended early: {}", problem.what());
  }
}

/// At once, then 2, 4, 8, 16, 32 s, then 60-120 s (telegram-bot-api, WebhookActor.cpp).
Millis pause_before(int attempt, std::int64_t update_id) {
  if (attempt <= 1) {
    return Millis(0);
  }
  if (attempt <= 6) {
    return Millis(1000LL << (attempt - 1));
  }
  return Millis(60'000 + (update_id * 7919 + attempt * 104'729) % 60'000);
}

/// Not to be run from the body of an answer.
bool allowed_in_reply(std::string method) {
  std::ranges::transform(method, method.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return !method.empty() && !method.starts_with("get") && method != "setwebhook" && method != "deletewebhook" &&
         method != "close" && method != "logout";
}

}  // namespace

Task<void> Webhooks::run() {
  while (!hub_.feed.closed()) {
    start_deliveries();
    co_await hub_.feed.wait(Millis(1'000));
  }
}

void Webhooks::start_deliveries() {
  for (const auto& [id, bot] : hub_.world.state().bots) {
    if (bot.webhook.url.empty() || (bot.pending.empty() && bot.repeats.empty())) {
      continue;
    }
    auto& busy = busy_[id];
    const auto most = static_cast<std::size_t>(bot.webhook.max_connections);
    if (busy.size() >= most) {
      continue;
    }
    for (Update& update : hub_.world.take_for_webhook(id, busy, most - busy.size())) {
      busy.push_back(update.lane);
      boost::asio::co_spawn(hub_.executor, deliver(std::move(update)), report);
    }
  }
}

std::string Webhooks::target(const Update& update) const {
  const auto bot = hub_.world.state().bots.find(update.bot);
  if (bot == hub_.world.state().bots.end() || hub_.feed.closed() || update.expires_ms <= hub_.now()) {
    return {};
  }
  return bot->second.webhook.url;
}

Task<void> Webhooks::deliver(Update update) {
  // The lane is free again however this ends.
  struct Lane {
    std::vector<std::string>& busy;
    std::string name;
    ~Lane() { std::erase(busy, name); }
  };
  const Lane lane{busy_[update.bot], update.lane};
  const std::string body = json::serialize(update.body);
  Millis asked{0};
  for (int number = 0;; ++number) {
    const Millis pause = std::max(asked, pause_before(number, update.id));
    if (pause > Millis(0)) {
      co_await hub_.clock.sleep(pause);
    }
    const std::string url = target(update);
    if (url.empty()) {
      co_return;
    }
    const auto& bots = hub_.world.state().bots;
    const std::string secret = bots.at(update.bot).webhook.secret;
    const Attempt attempt = co_await this->attempt(update.bot, url, secret, body);
    hub_.world.webhook_done(update.bot, update.id, attempt.accepted, attempt.error);
    hub_.settle();
    if (attempt.accepted) {
      co_return;
    }
    asked = attempt.retry_after;
  }
}

Task<Webhooks::Attempt> Webhooks::attempt(std::int64_t bot, std::string url, std::string secret, std::string body) {
  http::Request request;
  request.method = "POST";
  request.url = std::move(url);
  request.body = std::move(body);
  request.timeout = Millis(60'000);
  request.headers.push_back({"Content-Type", "application/json"});
  if (!secret.empty()) {
    request.headers.push_back({"X-Telegram-Bot-Api-Secret-Token", std::move(secret)});
  }
  auto answer = co_await client_.send(std::move(request));
  Attempt attempt;
  if (!answer) {
    attempt.error = fmt::format("Connection failed: {}", code_of(answer.error().code));
    co_return attempt;
  }
  attempt.accepted = answer->status / 100 == 2;
  if (attempt.accepted) {
    co_await run_reply(bot, std::move(answer->body));
    co_return attempt;
  }
  attempt.error = fmt::format("Wrong response from the webhook: {}", answer->status);
  const auto seconds = telegram::parse_integer(answer->header("Retry-After")).value_or(0);
  attempt.retry_after = Millis(std::clamp<std::int64_t>(seconds, 0, 3600) * 1000);
  co_return attempt;
}

Task<void> Webhooks::run_reply(std::int64_t bot, std::string body) {
  const auto parsed = json::parse(body);
  if (!parsed || !parsed->is_object()) {
    co_return;
  }
  telegram::Call call;
  call.params = telegram::Params(parsed->get_object());
  std::string method = call.params.text("method");
  const auto& bots = hub_.world.state().bots;
  const auto found = bots.find(bot);
  if (!allowed_in_reply(method) || found == bots.end()) {
    co_return;
  }
  std::string token = found->second.token;
  const auto answer = co_await api_.run(std::move(token), std::move(method), std::move(call));
  log::debug("a call in a webhook's answer got {}", answer.status);
}

}  // namespace aisha::sandbox
