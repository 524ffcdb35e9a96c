// SPDX-License-Identifier: Apache-2.0
#include "bot/flow/input.hpp"

namespace aisha::bot {

void begin_input(FlowContext& context, domain::Awaits what, std::optional<Uuid> about) {
  domain::Chat& chat = context.chat.row;
  chat.awaits = what;
  chat.awaits_ref = about;
  chat.awaits_until = context.bot.clock.now() + context.bot.options.input_wait;
  chat.draft.clear();
  chat.draft_ref.reset();
}

domain::Awaits awaited(const FlowContext& context) {
  const domain::Chat& chat = context.chat.row;
  const bool in_time = chat.awaits_until && context.bot.clock.now() <= *chat.awaits_until;
  return in_time ? chat.awaits : domain::Awaits::nothing;
}

void end_input(FlowContext& context) {
  domain::Chat& chat = context.chat.row;
  chat.awaits = domain::Awaits::nothing;
  chat.awaits_ref.reset();
  chat.awaits_until.reset();
  chat.draft.clear();
  chat.draft_ref.reset();
}

}  // namespace aisha::bot
