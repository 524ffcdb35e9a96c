// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "http/client/client.hpp"
#include "sandbox/hub.hpp"
#include "sandbox/telegram_api.hpp"

namespace aisha::sandbox {

/// Sends updates to the bots that have set a webhook: one at a time for each lane, retried until accepted or too old.
class Webhooks {
 public:
  Webhooks(Hub& hub, TelegramApi& api, http::Client& client) : hub_(hub), api_(api), client_(client) {}

  /// Runs until the feed closes. Spawn it once.
  Task<void> run();

 private:
  /// What became of one attempt.
  struct Attempt {
    bool accepted = false;
    std::string error;
    Millis retry_after{0};
  };

  void start_deliveries();
  Task<void> deliver(telegram::Update update);
  Task<Attempt> attempt(std::int64_t bot, std::string url, std::string secret, std::string body);
  Task<void> run_reply(std::int64_t bot, std::string body);
  /// The address while the update is still wanted there, or "".
  std::string target(const telegram::Update& update) const;

  Hub& hub_;
  TelegramApi& api_;
  http::Client& client_;
  std::map<std::int64_t, std::vector<std::string>> busy_;  ///< lanes under way, by bot
};

}  // namespace aisha::sandbox
