// SPDX-License-Identifier: Apache-2.0
#include "bot/flow/ratio_choice.hpp"

#include <algorithm>

#include "bot/cards/layout.hpp"

namespace aisha::bot {

Result<void> choose_ratio(FlowContext& context, std::string_view slug) {
  const auto& avatar = context.actor.main_avatar();
  domain::UserSettings now = context.actor.settings();
  now.aspect_ratio = layout::ratio_from_slug(slug);
  const auto known = context.bot.catalog_view.ratios(avatar, now.quality_preset);
  if (std::ranges::find(known, now.aspect_ratio) == known.end()) {
    return fail(Errc::callback_unknown, "ratio");
  }
  context.chat.renew_card();
  return context.bot.people.save_settings(context.actor, std::move(now));
}

}  // namespace aisha::bot
