// SPDX-License-Identifier: Apache-2.0
#include "bot/features/help/flow.hpp"

#include "bot/features/help/screen.hpp"

namespace aisha::bot::help {

namespace {

Task<Reply> show(FlowContext& context, bool unknown_command) {
  const CatalogView::Prices prices = context.bot.catalog_view.prices();
  Reply reply;
  reply.card = help_card(context.texts(), {.lowest_price = prices.lowest,
                                           .highest_price = prices.highest,
                                           .coins = context.actor.balance(),
                                           .trash_days = context.bot.gallery.trash_days(),
                                           .unknown_command = unknown_command,
                                           .support = context.bot.options.support});
  co_return reply;
}

}  // namespace

Task<Reply> open(FlowContext& context) {
  return show(context, false);
}

Task<Reply> unknown_command(FlowContext& context) {
  return show(context, true);
}

}  // namespace aisha::bot::help
