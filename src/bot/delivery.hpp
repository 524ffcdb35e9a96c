// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/courier.hpp"
#include "bot/flows/scene.hpp"
#include "bot/photo_source.hpp"
#include "bot/presenter.hpp"
#include "services/delivery.hpp"

namespace aisha::bot {

/// What the outbox means, rendered when it is sent: what is true now, in the language of now. A generation's news are
/// edits of its own status message, so that repeating them is harmless; a new message is sent only where there is none
/// (or Telegram no longer has it).
class Delivery final : public services::Deliverer {
 public:
  Delivery(Line line, const Tools& tools, PhotoSource& photos, Courier& courier, PromptMessages& prompts)
      : line_(line), tools_(tools), photos_(photos), courier_(courier), prompts_(prompts) {}

  Task<services::DeliveryOutcome> deliver(services::OutboxItem item) override;

 private:
  struct Letter;
  Task<services::DeliveryOutcome> put(Letter& letter);
  Task<services::DeliveryOutcome> edit(Letter& letter);
  Task<services::DeliveryOutcome> edit_as_document(Letter& letter);
  Task<services::DeliveryOutcome> send(Letter& letter);
  Task<services::DeliveryOutcome> notice(Letter& letter);
  Task<services::DeliveryOutcome> original(Letter& letter);
  Task<void> accept(const Letter& letter, Drawn drawn, const telegram::Message& message,
                    services::DeliveryOutcome& out);
  Task<std::optional<Card>> card_of(Letter& letter);
  services::DeliveryOutcome outcome_of(const Letter& letter, const telegram::ApiError& error, bool repeatable);

  Line line_;
  const Tools& tools_;
  PhotoSource& photos_;
  Courier& courier_;
  PromptMessages& prompts_;
};

}  // namespace aisha::bot
