// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "bot/delivery/letter.hpp"
#include "bot/delivery/working_sign.hpp"
#include "domain/batch.hpp"

namespace aisha::bot {

/// How a batch is coming along and what came of it, in its own message; a new one is sent only where there is none.
class BatchLetters {
 public:
  BatchLetters(LetterDesk desk, ChatActions& chat_actions) : desk_(desk), sign_(chat_actions, desk.bot) {}

  /// V3; nothing once it has ended.
  Task<services::DeliveryOutcome> tell_status(Letter letter);
  /// V4.
  Task<services::DeliveryOutcome> tell_result(Letter letter);

 private:
  Task<Card> status_card(Letter letter, domain::BatchStatus status, Uuid open_one);
  Task<services::DeliveryOutcome> show(Letter letter, domain::Batch batch, Card card);

  LetterDesk desk_;
  WorkingSign sign_;
  std::map<Uuid, std::string> shown_;  ///< what the status of each says, while it is this process that tells
};

/// The pictures of a batch that has ended, side by side in reply to its message; one alone comes as a photo, none not
/// at all. After an unknown outcome once more.
Task<services::DeliveryOutcome> tell_album(LetterDesk desk, Letter letter);

}  // namespace aisha::bot
