// SPDX-License-Identifier: Apache-2.0
#include "app/serve/update_sources.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <fstream>
#include <iterator>

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "config/listen.hpp"

namespace aisha::app {
namespace {

namespace asio = boost::asio;

constexpr Millis kFirstPause{1'000};
constexpr Millis kRefusedPause{5'000};
constexpr Millis kLastPause{10'000};
// Whatever took it away meanwhile (a process with other settings, a hand) is undone so soon.
constexpr Millis kSetAgain{600'000};
constexpr Millis kLookAtWebhook{60'000};
constexpr std::chrono::seconds kRecent{60};
// A single failed poll is no silence.
constexpr Millis kFailing{10'000};
constexpr Millis kIdle{3'600'000};

telegram::LongPollOptions poll_options_of(const config::Config& config) {
  telegram::LongPollOptions options;
  options.timeout_s = config.telegram.poll_timeout_s;
  options.allowed_updates = telegram::wanted_updates(config.telegram.inline_mode != "off");
  return options;
}

std::optional<telegram::Upload> certificate_of(const std::string& path) {
  if (path.empty()) {
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  telegram::Upload upload;
  upload.bytes.assign(std::istreambuf_iterator<char>(file), {});
  upload.filename = "certificate.pem";
  upload.content_type = "application/x-pem-file";
  return upload;
}

}  // namespace

std::vector<services::RawUpdate> raw_updates(std::vector<telegram::RawUpdate> updates) {
  std::vector<services::RawUpdate> out;
  out.reserve(updates.size());
  for (telegram::RawUpdate& update : updates) {
    const telegram::UpdateHead& head = update.head;
    const bool poison = !head.update_id || !head.is_text;
    out.push_back({head.update_id.value_or(0), head.lane, std::string(telegram::text_of(head.kind)),
                   std::move(update.json), poison});
  }
  return out;
}

Updates::Updates(Core& core, const config::Config& config, Role role)
    : core_(core),
      settings_(config.telegram),
      way_(settings_.updates == "webhook" ? (config.server.listen.empty() ? Way::none : Way::webhook)
                                          : (talks(role) ? Way::poll : Way::none)),
      long_poll_(core.telegram, core.clients.clock, core.clients.rng, sink(), poll_options_of(config)) {}

telegram::UpdateSink Updates::sink() {
  return
      [this](std::vector<telegram::RawUpdate> updates) { return core_.inbox.store(raw_updates(std::move(updates))); };
}

Task<void> Updates::run() {
  if (stopping_) {
    co_return;
  }
  try {
    auto ended = asio::co_spawn(core_.loop, follow(), asio::bind_cancellation_slot(stop_.slot(), asio::use_awaitable));
    co_await std::move(ended);
  } catch (const boost::system::system_error& cancelled) {
    if (!stopping_) {
      throw;
    }
  }
}

void Updates::stop() {
  stopping_ = true;
  stop_.emit(asio::cancellation_type::all);
}

Task<void> Updates::follow() {
  switch (way_) {
    case Way::poll: co_await poll(); break;
    case Way::webhook: co_await keep_webhook(); break;
    case Way::none: break;
  }
  for (;;) {
    co_await core_.clients.clock.sleep(kIdle);
  }
}

Task<void> Updates::poll() {
  for (;;) {
    co_await take_webhook_away();
    const Error ended = co_await long_poll_.run();
    if (ended.code == Errc::telegram_conflict) {
      log::error(
          "somebody has set a webhook for this bot, which took its updates: it is taken away. Whoever it was uses "
          "the same token: two programs cannot share a bot");
      continue;
    }
    log::error("Telegram refuses the bot's token; ask @BotFather for the current one");
    co_await core_.clients.clock.sleep(kRefusedPause);
  }
}

/// One that is still set would refuse every poll.
Task<void> Updates::take_webhook_away() {
  for (int failures = 0;; ++failures) {
    const auto gone = co_await core_.telegram.delete_webhook();
    if (gone) {
      co_return;
    }
    log::warn("telegram: deleteWebhook: {}", gone.error().description);
    const Millis pause = doubled(kFirstPause, failures, kRefusedPause);
    co_await core_.clients.clock.sleep(pause);
  }
}

Task<void> Updates::keep_webhook() {
  for (int failures = 0;;) {
    const auto set = co_await set_webhook();
    if (set) {
      failures = 0;
      webhook_trouble_.clear();
      co_await watch_webhook();
      continue;
    }
    webhook_trouble_ = std::string(code_of(set.error().code));
    log::error("telegram: setWebhook to {}: {}", settings_.webhook_url, set.error().description);
    const Millis pause = doubled(kFirstPause, failures++, kLastPause);
    co_await core_.clients.clock.sleep(pause);
  }
}

/// Until it is to be set again: after a while, or because somebody has changed it.
Task<void> Updates::watch_webhook() {
  for (Millis passed{0}; passed < kSetAgain; passed += kLookAtWebhook) {
    co_await core_.clients.clock.sleep(kLookAtWebhook);
    const auto info = co_await core_.telegram.get_webhook_info();
    if (!info) {
      webhook_trouble_ = std::string(code_of(info.error().code));
    } else if (info->url != settings_.webhook_url) {
      log::error("somebody has {} this bot's webhook: it is set again. Whoever it was uses the same token",
                 info->url.empty() ? "taken away" : "changed");
      co_return;
    } else {
      const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch();
      const bool fails = info->pending_update_count > 0 &&
                         now - std::chrono::seconds(info->last_error_date.value_or(0)) < kRecent + kLookAtWebhook;
      webhook_trouble_ = fails ? info->last_error_message.value_or("its calls fail") : "";
    }
  }
}

std::optional<Updates::Hearing> Updates::hearing() const {
  switch (way_) {
    case Way::poll: return polling();
    case Way::webhook: return Hearing{webhook_trouble_.empty(), webhook_trouble_.empty() ? "called" : webhook_trouble_};
    case Way::none: break;
  }
  return std::nullopt;
}

Updates::Hearing Updates::polling() const {
  const TimePoint now = core_.clients.clock.now();
  const auto failing = long_poll_.failing_since();
  const auto heard = long_poll_.heard_at();
  if (!heard) {
    return {false, "no poll was answered yet"};
  }
  if (failing && now - *failing > kFailing) {
    return {false, "polls fail"};
  }
  const bool well = now - *heard <= long_poll_.longest_silence();
  return {well, well ? "polls are answered" : "no poll was answered for long"};
}

Task<telegram::ApiResult<>> Updates::set_webhook() {
  telegram::SetWebhook hook;
  hook.url = settings_.webhook_url;
  hook.secret_token = config::webhook_secret_of(settings_).reveal();
  hook.max_connections = static_cast<int>(settings_.webhook_connections);
  hook.allowed_updates = telegram::wanted_updates(settings_.inline_mode != "off");
  co_return co_await core_.telegram.set_webhook(std::move(hook), certificate_of(settings_.webhook_certificate));
}

}  // namespace aisha::app
