// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "bot/delivery/letter.hpp"
#include "bot/delivery/working_sign.hpp"
#include "bot/features/job/screen.hpp"

namespace aisha::bot {

/// What a picture that is being made has to say of itself: S4, without what is made.
job::StatusView progress_of(const services::Listener& person, const services::StatusView& view);

/// How a picture is coming along and what came of it, in its own status message; a new message is sent only where there
/// is none (or Telegram no longer has it).
class JobLetters {
 public:
  JobLetters(LetterDesk desk, ChatActions& chat_actions, PromptMessages& prompts)
      : desk_(desk), chat_actions_(chat_actions), prompts_(prompts), sign_(chat_actions, desk.bot) {}

  Task<services::DeliveryOutcome> tell(Letter letter);

 private:
  Card card_of(const Letter& letter, const services::StatusView& view) const;
  Task<services::DeliveryOutcome> edit(Letter letter, Card card, const services::StatusView& view);
  Task<services::DeliveryOutcome> correct(Letter letter, services::DeliveryOutcome out, std::string shown);
  Task<void> afterwards(const Letter& letter);
  bool says_nothing_new(const Letter& letter, const Card& card) const;
  void note_shown(const Letter& letter, std::string hash);

  LetterDesk desk_;
  ChatActions& chat_actions_;
  PromptMessages& prompts_;
  WorkingSign sign_;
  std::map<Uuid, std::string> shown_;  ///< what the status of each says, while it is this process that tells
};

}  // namespace aisha::bot
