// SPDX-License-Identifier: Apache-2.0
#include "bot/features/settings/screen.hpp"

#include <algorithm>

#include "bot/cards/layout.hpp"
#include "bot/features/flows.hpp"

namespace aisha::bot::flows {
namespace {

bool contains(const std::vector<std::string>& values, const std::string& value) {
  return std::ranges::find(values, value) != values.end();
}

}  // namespace

Task<Reply> settings(FlowContext& context) {
  const auto avatar = co_await context.bot.people.main_avatar(context.turn);
  Reply reply;
  reply.card = screens::settings(context.texts(), {.settings = context.turn.settings(),
                                                   .ratios = context.bot.catalog_view.ratios(avatar),
                                                   .qualities = context.bot.catalog_view.qualities(avatar),
                                                   .samples = context.bot.catalog_view.samples()});
  co_return reply;
}

Task<Reply> set(FlowContext& context, route::Set what) {
  const auto avatar = co_await context.bot.people.main_avatar(context.turn);
  domain::UserSettings now = context.turn.settings();
  bool known = false;
  switch (what.key) {
    case route::Setting::ratio:
      now.aspect_ratio = layout::ratio_from_slug(what.value);
      known = contains(context.bot.catalog_view.ratios(avatar), now.aspect_ratio);
      break;
    case route::Setting::quality:
      now.quality_preset = what.value;
      known = contains(context.bot.catalog_view.qualities(avatar), now.quality_preset);
      break;
    case route::Setting::confirm:
      now.confirm = what.value == "1";
      known = what.value == "0" || what.value == "1";
      break;
  }
  if (!known) {
    co_return co_await stale(context);
  }
  const auto saved = context.bot.people.save_settings(context.turn, std::move(now));
  if (!saved) {
    co_return co_await refuse(context, saved.error());
  }
  co_return co_await settings(context);
}

Task<Reply> languages(FlowContext& context) {
  Reply reply;
  reply.card =
      screens::languages(context.texts(), context.turn.settings().language, context.bot.catalog_view.samples());
  co_return reply;
}

Task<Reply> set_language(FlowContext& context, route::SetLanguage what) {
  if (what.language != "ru" && what.language != "en") {
    co_return co_await stale(context);
  }
  domain::UserSettings now = context.turn.settings();
  now.language = what.language == "ru" ? domain::Language::ru : domain::Language::en;
  const auto saved = context.bot.people.save_settings(context.turn, std::move(now));
  if (!saved) {
    co_return co_await refuse(context, saved.error());
  }
  co_return co_await languages(context);
}

}  // namespace aisha::bot::flows
