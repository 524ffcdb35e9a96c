// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/features/sharing/inline_results.hpp"
#include "services/inbox/inbox.hpp"
#include "telegram/bot_api.hpp"

namespace aisha::bot {

/// One inline query from the inbox to its end: read, answer, done. No turn: nothing is written, nobody is met by it,
/// and whoever typed types on. So a refusal or a late answer ends it like an answer; Telegram being away does too.
class InlineAnswers {
 public:
  InlineAnswers(services::Inbox& inbox, telegram::BotApi& client, sharing::InlineResults results, Clock& clock)
      : inbox_(inbox), client_(client), results_(results), clock_(clock) {}

  Task<void> handle(services::ClaimedUpdate update);

 private:
  Task<void> answer(const services::ClaimedUpdate& update, telegram::InlineQuery query);

  services::Inbox& inbox_;
  telegram::BotApi& client_;
  sharing::InlineResults results_;
  Clock& clock_;
};

}  // namespace aisha::bot
