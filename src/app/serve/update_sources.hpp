// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/cancellation_signal.hpp>
#include <optional>
#include <vector>

#include "app/serve/core.hpp"
#include "app/serve/role.hpp"
#include "telegram/long_poll.hpp"
#include "telegram/updates.hpp"

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
  /// meanwhile, and goes out when Telegram takes the token once more.
  Task<void> run();
  void stop();

 private:
  enum class Way { poll, webhook, none };

  Task<void> follow();
  Task<void> poll();
  Task<void> take_webhook_away();
  Task<void> keep_webhook();
  Task<telegram::ApiResult<>> set_webhook();

  Core& core_;
  const config::Telegram settings_;
  Way way_;
  telegram::LongPoll long_poll_;
  boost::asio::cancellation_signal stop_;
  bool stopping_ = false;
};

}  // namespace aisha::app
