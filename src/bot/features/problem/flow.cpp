// SPDX-License-Identifier: Apache-2.0
#include "bot/features/problem/flow.hpp"

#include "bot/features/problem/screen.hpp"

namespace aisha::bot::problem {
namespace {

/// credits_insufficient carries "need have".
std::int64_t needed(const Error& error, std::int64_t price) {
  const std::int64_t stated = number_in(error.detail);
  return stated > 0 ? stated : price;
}

}  // namespace

Task<Reply> tell(FlowContext& context, Reply reply) {
  const Error error = std::move(*reply.refused);
  reply.refused.reset();
  const auto avatar = co_await context.bot.people.main_avatar(context.turn);
  const ProblemView view{.code = error.code,
                         .detail = error.detail,
                         .avatar = avatar ? avatar->name : std::string(),
                         .price = needed(error, context.bot.catalog_view.price()),
                         .coins = context.turn.balance(),
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
