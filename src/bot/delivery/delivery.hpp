// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "bot/cards/chat_output.hpp"
#include "bot/cards/photo_source.hpp"
#include "bot/cards/presenter.hpp"
#include "bot/delivery/working_sign.hpp"
#include "bot/flow/flow_context.hpp"
#include "services/outbox/sender.hpp"

namespace aisha::bot {

/// What the outbox means, rendered when it is sent: what is true now, in the language of now. A generation's news are
/// edits of its own status message, so that repeating them is harmless; a new message is sent only where there is none
/// (or Telegram no longer has it).
class Delivery final : public services::Sender {
 public:
  Delivery(ChatOutput line, const BotServices& tools, PhotoSource& photos, ChatActions& chat_actions,
           PromptMessages& prompts)
      : output_(line),
        bot_(tools),
        photos_(photos),
        chat_actions_(chat_actions),
        prompts_(prompts),
        sign_(chat_actions, tools) {}

  Task<services::DeliveryOutcome> deliver(services::OutboxMessage item) override;

 private:
  struct Outgoing;
  Task<services::DeliveryOutcome> put(Outgoing& outgoing);
  Task<services::DeliveryOutcome> edit(Outgoing& outgoing);
  Task<services::DeliveryOutcome> send(Outgoing& outgoing);
  Task<services::DeliveryOutcome> notice(Outgoing& outgoing);
  Task<services::DeliveryOutcome> original(Outgoing& outgoing);
  Task<services::DeliveryOutcome> say(Outgoing& outgoing, const char* id);
  std::optional<Card> card_of(const Outgoing& outgoing) const;
  bool says_nothing_new(const Outgoing& outgoing) const;
  void note_shown(const Outgoing& outgoing);

  ChatOutput output_;
  const BotServices& bot_;
  PhotoSource& photos_;
  ChatActions& chat_actions_;
  PromptMessages& prompts_;
  WorkingSign sign_;
  std::map<Uuid, std::string> shown_;  ///< what the status of each says, while it is this process that tells
};

}  // namespace aisha::bot
