// SPDX-License-Identifier: Apache-2.0
#include "bot/features/problem/flow.hpp"

#include "bot/features/problem/screen.hpp"

namespace aisha::bot::problem {
Reply tell(FlowContext& context, Reply reply) {
  const Error error = std::move(*reply.refused);
  reply.refused.reset();
  const auto& avatar = context.actor.main_avatar();
  const ProblemView view{
      .code = error.code,
      .about = error.about,
      .avatar = avatar ? context.bot.people.name_of(*avatar, context.actor.settings().language) : std::string(),
      .max_active = context.bot.options.max_active,
      .support = context.bot.options.support,
      .takes_photos = context.bot.options.takes_photos,
      .later = std::move(reply.later),
      .appeal = reply.can_appeal ? std::optional(context.chat.row.card_revision) : std::nullopt};
  auto toast = problem_toast(context.texts(), view);
  if (toast && context.chat.pressed) {
    reply.toast = std::move(*toast);
  } else {
    reply.card = problem_card(context.texts(), view);
  }
  return reply;
}

}  // namespace aisha::bot::problem
