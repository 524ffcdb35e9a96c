// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/task.hpp"
#include "bot/cards/card_calls.hpp"
#include "bot/cards/chat_output.hpp"
#include "bot/cards/photo_source.hpp"
#include "bot/flow/flow_context.hpp"
#include "services/outbox/sender.hpp"

namespace aisha::bot {

/// What letters of every kind are written with.
struct LetterDesk {
  ChatOutput output;
  const BotServices& bot;
  PhotoSource& photos;

  const texts::Texts& texts(const services::Listener& person) const {
    return bot.library.in(domain::text_of(person.settings.language));
  }
};

/// One row of the outbox on its way to its chat.
struct Letter {
  services::OutboxMessage item;
  services::Listener person;

  calls::Place place() const { return {item.chat_id, person.topic_id}; }
};

/// To be called last before each call: another process may have told something newer by now. Throws std::runtime_error
/// when the lease is over.
void insist(const services::Lease& lease);

/// The message is there no more, or cannot be changed.
bool is_gone(telegram::ErrorKind kind);

/// When Telegram says that a message was sent.
TimePoint sent_at(const telegram::Message& message);

/// What a finished picture's message shows now: the picture, that it was removed, or that nothing is left of it.
Card finished_card(const LetterDesk& desk, const services::Listener& person, const services::StatusView& view);

/// Shows `card` in a message that there is, for as long as Telegram takes it in any shape. Errors of the picture are
/// worth waiting for. With Kind::sent it tells when the message was sent in `DeliveryOutcome::shows`.
Task<services::DeliveryOutcome> edit_letter(LetterDesk desk, Letter letter, std::int64_t message_id, Card card,
                                            Uuid owner);

/// `card` as a new message, in whatever shape Telegram takes it; after an unknown outcome once more. With Kind::sent it
/// tells which message it is in `DeliveryOutcome::shows`.
Task<services::DeliveryOutcome> send_letter(LetterDesk desk, Letter letter, Card card, Uuid owner);

/// A text of its own; at most once.
Task<services::DeliveryOutcome> send_once(LetterDesk desk, Letter letter, telegram::SendMessage call);

/// A short text in reply to that message, 0 = to none; at most once.
Task<services::DeliveryOutcome> say_once(LetterDesk desk, Letter letter, std::string text_id, std::int64_t in_reply_to);

}  // namespace aisha::bot
