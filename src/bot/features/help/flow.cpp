// SPDX-License-Identifier: Apache-2.0
#include "bot/features/help/flow.hpp"

#include "bot/features/help/screen.hpp"

namespace aisha::bot::help {

Task<Reply> open(FlowContext& context) {
  const CatalogView::Prices prices = context.bot.catalog_view.prices();
  Reply reply;
  reply.card = help_card(context.texts(), {.lowest_price = prices.lowest,
                                           .highest_price = prices.highest,
                                           .coins = context.actor.balance(),
                                           .trash_days = context.bot.gallery.trash_days(),
                                           .support = context.bot.options.support,
                                           .samples = context.bot.catalog_view.samples()});
  co_return reply;
}

}  // namespace aisha::bot::help
