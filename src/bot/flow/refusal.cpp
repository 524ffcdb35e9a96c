// SPDX-License-Identifier: Apache-2.0
#include "bot/features/flows.hpp"
#include "bot/flow/problem.hpp"

namespace aisha::bot::flows {
namespace {

/// credits_insufficient carries "need have".
std::int64_t needed(const Error& error, std::int64_t price) {
  const std::int64_t stated = screens::number_in(error.detail);
  return stated > 0 ? stated : price;
}

}  // namespace

Task<Reply> refuse(FlowContext& context, Error error) {
  const auto avatar = co_await context.bot.people.main_avatar(context.turn);
  const screens::Problem view{.code = error.code,
                              .detail = error.detail,
                              .avatar = avatar ? avatar->name : std::string(),
                              .price = needed(error, context.bot.catalog_view.price()),
                              .coins = context.turn.balance(),
                              .max_active = context.bot.options.max_active,
                              .support = context.bot.options.support,
                              .samples = context.bot.catalog_view.samples()};
  Reply reply;
  auto toast = screens::problem_toast(context.texts(), view);
  if (toast && context.pressed) {
    reply.toast = std::move(*toast);
  } else {
    reply.card = screens::problem(context.texts(), view);
  }
  co_return reply;
}

}  // namespace aisha::bot::flows
