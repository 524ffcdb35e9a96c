// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/methods.hpp"
#include "sandbox/telegram/render.hpp"
#include "sandbox/telegram/utf.hpp"

namespace aisha::sandbox::telegram {
namespace {

/// Remembered across calls; broken JSON is ignored, as Telegram does.
bool read_allowed(Context& context) {
  const auto listed = context.params().parsed("allowed_updates");
  if (!listed || !listed->is_array()) {
    return false;
  }
  std::vector<std::string> types;
  for (const json::Value& item : listed->get_array()) {
    if (item.is_string()) {
      types.emplace_back(item.get_string());
    }
  }
  const bool changed = context.bot.allowed != types;
  context.bot.allowed = std::move(types);
  return changed;
}

/// Acknowledges by the offset; true when something was forgotten.
bool apply_offset(Context& context, std::int64_t offset) {
  Bot& bot = context.bot;
  if (offset < 0) {
    const auto keep = std::min<std::int64_t>(-offset, static_cast<std::int64_t>(bot.pending.size()));
    const bool all = keep == static_cast<std::int64_t>(bot.pending.size());
    return !all && acknowledge(context.core, bot, bot.pending[bot.pending.size() - static_cast<std::size_t>(keep)]);
  }
  const bool beyond = bot.next_update == 0 || offset > bot.next_update + 10;
  return offset > 0 && !beyond && acknowledge(context.core, bot, offset);
}

/// Ids to hand out now: repeats that were ordered first, then the oldest pending, disturbed as `/sim/updates/repeat`
/// asks.
std::vector<std::int64_t> choose(Context& context, std::size_t most) {
  Bot& bot = context.bot;
  Core& core = context.core;
  std::vector<std::int64_t> ids;
  while (ids.size() < most && !bot.repeats.empty()) {
    ids.push_back(bot.repeats.front());
    bot.repeats.pop_front();
  }
  const std::size_t first = ids.size();
  for (const std::int64_t id : bot.pending) {
    if (ids.size() >= most) {
      break;
    }
    ids.push_back(id);
    const bool twice = core.state.duplicate > 0 &&
                       static_cast<double>(core.draw("duplicate") % 1'000'000U) < core.state.duplicate * 1e6;
    if (twice && ids.size() < most) {
      ids.push_back(id);
    }
  }
  const auto window = static_cast<std::size_t>(core.state.shuffle);
  for (std::size_t at = first; window > 1 && at < ids.size(); at += window) {
    const std::size_t count = std::min(window, ids.size() - at);
    for (std::size_t i = count - 1; i > 0; --i) {
      std::swap(ids[at + i], ids[at + core.draw("shuffle") % (i + 1)]);
    }
  }
  return ids;
}

bool secret_ok(const std::string& secret) {
  return std::ranges::all_of(secret, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
}

/// Of "scheme://host[:port]/path"; the sandbox takes plain http for this machine only.
Checked<bool> check_webhook_url(const std::string& url) {
  const std::size_t scheme_end = url.find("://");
  const std::string scheme = scheme_end == std::string::npos ? std::string() : url.substr(0, scheme_end);
  const std::size_t host_at = scheme_end == std::string::npos ? 0 : scheme_end + 3;
  const std::string authority = url.substr(host_at, url.find_first_of("/?#", host_at) - host_at);
  const std::string host = authority.substr(0, authority.find(':'));
  if (scheme == "http" && (host == "127.0.0.1" || host == "localhost")) {
    return true;
  }
  if (scheme != "https") {
    return refuse("Bad webhook: An HTTPS URL must be provided for webhook");
  }
  const std::size_t colon = authority.find(':');
  const std::string port = colon == std::string::npos ? "443" : authority.substr(colon + 1);
  if (port != "443" && port != "80" && port != "88" && port != "8443") {
    return refuse("Bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
  }
  return true;
}

}  // namespace

Outcome get_updates(Context& context) {
  Bot& bot = context.bot;
  if (!bot.webhook.url.empty()) {
    return refuse("Can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
                  409);
  }
  const bool allowed = read_allowed(context);
  expire_updates(context.core, bot);
  const bool forgotten = apply_offset(context, context.params().integer("offset", 0, INT64_MIN + 1, INT64_MAX));
  context.changed = allowed || forgotten;
  const auto most = static_cast<std::size_t>(context.params().integer("limit", 100, 1, limit("poll_updates")));
  json::Array out;
  for (const std::int64_t id : choose(context, most)) {
    Update& update = bot.updates.at(id);
    update.handed_ms.push_back(context.core.now);
    out.push_back(update.body);
  }
  return out;
}

Outcome set_webhook(Context& context) {
  Bot& bot = context.bot;
  const std::string& url = context.params().text("url");
  if (url.empty()) {
    return delete_webhook(context);
  }
  if (bot.last_set_webhook_ms != 0 && context.core.now - bot.last_set_webhook_ms < 1000) {
    return std::unexpected(Refusal{429, {}, 1});
  }
  if (const auto good = check_webhook_url(url); !good) {
    return std::unexpected(good.error());
  }
  const std::string& secret = context.params().text("secret_token");
  if (secret.size() > limit("webhook_secret")) {
    return refuse("Secret token is too long");
  }
  if (!secret_ok(secret)) {
    return refuse("Secret token contains unallowed characters");
  }
  Webhook hook;
  hook.url = url;
  hook.secret = secret;
  hook.max_connections =
      static_cast<int>(context.params().integer("max_connections", 40, 1, limit("webhook_connections")));
  hook.certificate = context.call.file("certificate") != nullptr;
  const bool same = bot.webhook.url == hook.url && bot.webhook.secret == hook.secret &&
                    bot.webhook.max_connections == hook.max_connections && bot.webhook.certificate == hook.certificate;
  const bool changed = read_allowed(context);
  if (context.params().flag("drop_pending_updates")) {
    acknowledge(context.core, bot, INT64_MAX);
  }
  if (same && !changed) {
    context.description = "Webhook is already set";
    return true;
  }
  bot.webhook = std::move(hook);
  bot.last_set_webhook_ms = context.core.now;
  context.description = "Webhook was set";
  context.core.emit({{"type", "webhook"}, {"bot", bot.id}});
  return true;
}

Outcome delete_webhook(Context& context) {
  Bot& bot = context.bot;
  const bool had = !bot.webhook.url.empty();
  bot.webhook = Webhook{};
  bool dropped = false;
  if (context.params().flag("drop_pending_updates")) {
    dropped = acknowledge(context.core, bot, INT64_MAX);
  }
  context.changed = had || dropped;
  context.description = had ? "Webhook was deleted" : "Webhook is already deleted";
  if (had) {
    context.core.emit({{"type", "webhook"}, {"bot", bot.id}});
  }
  return true;
}

Outcome get_webhook_info(Context& context) {
  context.changed = false;
  Bot& bot = context.bot;
  expire_updates(context.core, bot);
  json::Object out{{"url", bot.webhook.url},
                   {"has_custom_certificate", bot.webhook.certificate},
                   {"pending_update_count", bot.pending.size()}};
  if (bot.webhook.last_error_s != 0) {
    out["last_error_date"] = bot.webhook.last_error_s;
    out["last_error_message"] = bot.webhook.last_error;
  }
  if (!bot.webhook.url.empty()) {
    out["max_connections"] = bot.webhook.max_connections;
    out["ip_address"] = "127.0.0.1";
  }
  if (bot.allowed && !bot.allowed->empty()) {
    out["allowed_updates"] = json::encode(*bot.allowed);
  }
  return out;
}

Outcome answer_callback_query(Context& context) {
  const Params& params = context.params();
  const auto found = context.core.state.callbacks.find(params.text("callback_query_id"));
  const std::string& text = params.text("text");
  if (!valid_utf8(text)) {
    return refuse("Strings must be encoded in UTF-8");
  }
  const bool late = found == context.core.state.callbacks.end() || found->second.bot != context.bot.id ||
                    found->second.answered_ms != 0 || context.core.now - found->second.made_ms > limit("callback_age");
  if (late) {
    return refuse("Query is too old and response timeout expired or query ID is invalid");
  }
  if (code_points(text) > limit("callback_answer")) {
    return refuse("MESSAGE_TOO_LONG");
  }
  const std::string& url = params.text("url");
  if (!url.empty() && !url.starts_with("https://t.me/") && !url.starts_with("tg://")) {
    return refuse("URL_INVALID");
  }
  CallbackQuery& query = found->second;
  query.answered_ms = context.core.now;
  query.text = text;
  query.alert = params.flag("show_alert");
  query.url = url;
  context.core.emit({{"type", "answer"},
                     {"chat", query.chat},
                     {"bot", query.bot},
                     {"message_id", query.message},
                     {"toast", query.text},
                     {"alert", query.alert}});
  return true;
}

}  // namespace aisha::sandbox::telegram
