// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/cards/chat_output.hpp"
#include "bot/cards/photo_source.hpp"
#include "bot/cards/presenter.hpp"
#include "bot/delivery/batch_letters.hpp"
#include "bot/delivery/job_letters.hpp"
#include "bot/delivery/letter.hpp"
#include "bot/flow/flow_context.hpp"
#include "services/outbox/sender.hpp"

namespace aisha::bot {

/// What the outbox means, rendered when it is sent: what is true now, in the language of now. Which letter a row is
/// decides its meaning; each kind has a file of its own here.
class Delivery final : public services::Sender {
 public:
  Delivery(ChatOutput line, const BotServices& tools, PhotoSource& photos, ChatActions& chat_actions,
           PromptMessages& prompts)
      : desk_{line, tools, photos}, jobs_(desk_, chat_actions, prompts), batches_(desk_, chat_actions) {}

  Task<services::DeliveryOutcome> deliver(services::OutboxMessage item) override;

 private:
  LetterDesk desk_;
  JobLetters jobs_;
  BatchLetters batches_;
};

}  // namespace aisha::bot
