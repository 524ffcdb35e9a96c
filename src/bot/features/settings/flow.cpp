// SPDX-License-Identifier: Apache-2.0
#include "bot/features/settings/flow.hpp"

#include <algorithm>

#include "bot/features/settings/screen.hpp"
#include "bot/flow/ratio_choice.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot::settings {
namespace {

Result<void> choose_quality(FlowContext& context, std::string preset) {
  const auto& avatar = context.actor.main_avatar();
  const auto known = context.bot.catalog_view.qualities(avatar);
  if (std::ranges::find(known, preset) == known.end()) {
    return fail(Errc::callback_unknown, "quality");
  }
  domain::UserSettings now = context.actor.settings();
  now.quality_preset = std::move(preset);
  context.chat.renew_card();
  return context.bot.people.save_settings(context.actor, std::move(now));
}

Result<void> choose_confirm(FlowContext& context, std::string_view word) {
  if (word != "0" && word != "1") {
    return fail(Errc::callback_unknown, "confirm");
  }
  domain::UserSettings now = context.actor.settings();
  now.confirm = word == "1";
  return context.bot.people.save_settings(context.actor, std::move(now));
}

Result<void> choose(FlowContext& context, Set what) {
  switch (what.key) {
    case Setting::ratio: return choose_ratio(context, what.value);
    case Setting::quality: return choose_quality(context, std::move(what.value));
    case Setting::confirm: break;
  }
  return choose_confirm(context, what.value);
}

}  // namespace

Task<Reply> open(FlowContext& context) {
  const auto& avatar = context.actor.main_avatar();
  Reply reply;
  reply.card = settings_card(context.texts(), {.settings = context.actor.settings(),
                                               .ratios = context.bot.catalog_view.ratios(avatar),
                                               .qualities = context.bot.catalog_view.qualities(avatar)});
  co_return reply;
}

Task<Reply> set(FlowContext& context, Set what) {
  const auto chosen = choose(context, std::move(what));
  if (!chosen) {
    co_return refuse(chosen.error());
  }
  co_return co_await open(context);
}

Task<Reply> languages(FlowContext& context) {
  Reply reply;
  reply.card = languages_card(context.texts(), context.actor.settings().language);
  co_return reply;
}

Task<Reply> set_language(FlowContext& context, SetLanguage what) {
  if (what.language != "ru" && what.language != "en") {
    co_return stale();
  }
  domain::UserSettings now = context.actor.settings();
  now.language = what.language == "ru" ? domain::Language::ru : domain::Language::en;
  const auto saved = context.bot.people.save_settings(context.actor, std::move(now));
  if (!saved) {
    co_return refuse(saved.error());
  }
  co_return co_await languages(context);
}

}  // namespace aisha::bot::settings
