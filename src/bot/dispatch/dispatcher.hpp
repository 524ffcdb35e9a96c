// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <memory>

#include "base/uuid.hpp"
#include "bot/cards/chat_output.hpp"
#include "bot/cards/presenter.hpp"
#include "bot/dispatch/event.hpp"
#include "bot/dispatch/inline_answers.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"
#include "services/inbox/inbox.hpp"

namespace aisha::bot {

/// One update from the inbox to its end: parse, open the turn, let the route's flow decide, show, answer, commit.
/// What only shows is shown first and committed after: repeating an edit is harmless, and a crash between the two
/// brings the update back. What costs coins is committed first. While Telegram wants a chat left alone its updates wait
/// in the inbox, not here, and of several presses under one card only the last is drawn. A card that was sent before
/// its commit failed is changed when the update comes back, not sent once more: remembered in memory, so that only a
/// restart or another process in between sends a second one.
class Dispatcher final : public services::UpdateHandler {
 public:
  Dispatcher(services::Inbox& inbox, const BotServices& tools, Presenter& presenter, ChatActions& chat_actions,
             PromptMessages& prompts, InlineAnswers& inline_answers)
      : inbox_(inbox),
        bot_(tools),
        presenter_(presenter),
        chat_actions_(chat_actions),
        prompts_(prompts),
        inline_answers_(inline_answers) {}

  Task<void> handle(services::ClaimedUpdate update) override;

 private:
  struct Run;
  Task<void> turn_away(Run& run, Millis wait);
  Task<bool> attempt(Run& run);
  Task<Result<void>> carry_out(Run& run, services::UpdateTurn& turn, Reply& reply);
  Task<Result<void>> effect_first(Run& run, services::UpdateTurn& turn, Reply& reply);
  Task<Result<void>> make_room_or_wait(Run& run, services::UpdateTurn& turn, bool replaces);
  static bool replaces(const Run& run, const Reply& reply);
  std::string flood_toast(const services::UpdateTurn& turn, Millis wait) const;
  Task<bool> overtaken(const Run& run);
  Task<Shown> show(Run& run, services::UpdateTurn& turn, Reply& reply);
  Task<void> afterwards(const Run& run, const services::UpdateTurn& turn, Reply reply);
  Task<void> note_membership(services::ClaimedUpdate update, Event event);
  void remember_card(Uuid trace, std::int64_t message_id);

  services::Inbox& inbox_;
  const BotServices& bot_;
  Presenter& presenter_;
  ChatActions& chat_actions_;
  PromptMessages& prompts_;
  InlineAnswers& inline_answers_;
  std::map<Uuid, std::int64_t> sent_cards_;  // by trace; few, and empty while commits succeed
};

}  // namespace aisha::bot
