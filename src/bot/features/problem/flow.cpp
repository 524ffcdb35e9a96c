// SPDX-License-Identifier: Apache-2.0
#include "bot/features/problem/flow.hpp"

#include "bot/features/problem/screen.hpp"

namespace aisha::bot::problem {
Task<Reply> tell(FlowContext& context, Reply reply) {
  const Error error = std::move(*reply.refused);
  reply.refused.reset();
  const auto avatar = co_await context.bot.people.main_avatar(context.turn);
  const ProblemView view{.code = error.code,
                         .about = error.about,
                         .avatar = avatar ? avatar->name : std::string(),
                         .max_active = context.bot.options.max_active,
                         .support = context.bot.options.support,
                         .samples = context.bot.catalog_view.samples()};
  auto toast = problem_toast(context.texts(), view);
  if (toast && context.pressed) {
    reply.toast = std::move(*toast);
  } else {
    reply.card = problem_card(context.texts(), view);
  }
  co_return reply;
}

}  // namespace aisha::bot::problem
