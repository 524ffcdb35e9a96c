// SPDX-License-Identifier: Apache-2.0
#include "bot/flow/ratio_choice.hpp"

#include <algorithm>

#include "bot/cards/layout.hpp"

namespace aisha::bot {

Task<Result<void>> choose_ratio(FlowContext& context, std::string slug) {
  const auto avatar = co_await context.bot.people.main_avatar(context.turn);
  domain::UserSettings now = context.turn.settings();
  now.aspect_ratio = layout::ratio_from_slug(slug);
  const auto known = context.bot.catalog_view.ratios(avatar);
  if (std::ranges::find(known, now.aspect_ratio) == known.end()) {
    co_return fail(Errc::callback_unknown, "ratio");
  }
  co_return context.bot.people.save_settings(context.turn, std::move(now));
}

}  // namespace aisha::bot
