// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/cancellation_signal.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/serve/core.hpp"
#include "app/serve/role.hpp"
#include "telegram/long_poll.hpp"
#include "telegram/update_head.hpp"

namespace aisha::app {

/// Telegram's words -> the inbox's: what has no id, or is no text, is poison.
std::vector<services::RawUpdate> raw_updates(std::vector<telegram::RawUpdate> updates);

/// How updates come in: asked for by long poll, or brought to our own address after setWebhook. Either undoes the
/// other, so that one line of the configuration switches. `core` outlives it.
class Updates {
 public:
  Updates(Core& core, const config::Config& config, Role role);

  /// Where they go, however they come.
  telegram::UpdateSink sink();
  /// Until `stop`. Once. A token that becomes void is tried again: what is paid for goes on being made and kept
  /// meanwhile, and goes out when Telegram takes the token once more. A webhook of somebody else's is taken away.
  Task<void> run();
  void stop();

  /// How this process hears Telegram, for /readyz; nothing when others do.
  struct Hearing {
    bool well = false;
    std::string detail;
  };
  std::optional<Hearing> hearing() const;

 private:
  enum class Way { poll, webhook, none };

  Task<void> follow();
  Task<void> poll();
  Task<void> take_webhook_away();
  Task<void> keep_webhook();
  Task<telegram::ApiResult<>> set_webhook();
  Task<void> watch_webhook();
  Hearing polling() const;

  Core& core_;
  const config::Telegram settings_;
  Way way_;
  telegram::LongPoll long_poll_;
  boost::asio::cancellation_signal stop_;
  std::string webhook_trouble_ = "not set yet";  ///< "" while it brings updates
  bool stopping_ = false;
};

}  // namespace aisha::app
