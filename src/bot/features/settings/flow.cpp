// SPDX-License-Identifier: Apache-2.0
#include "bot/features/settings/flow.hpp"

#include <algorithm>

#include "bot/features/settings/screen.hpp"
#include "bot/features/settings/zone_choice.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/ratio_choice.hpp"
#include "bot/flow/refusal.hpp"
#include "domain/name_text.hpp"
#include "domain/prompt_text.hpp"

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

Result<void> choose_flag(FlowContext& context, bool domain::UserSettings::* flag, std::string_view word) {
  if (word != "0" && word != "1") {
    return fail(Errc::callback_unknown, "neither on nor off");
  }
  domain::UserSettings now = context.actor.settings();
  now.*flag = word == "1";
  return context.bot.people.save_settings(context.actor, std::move(now));
}

Result<void> choose(FlowContext& context, Set what) {
  switch (what.key) {
    case Setting::ratio: return choose_ratio(context, what.value);
    case Setting::quality: return choose_quality(context, std::move(what.value));
    case Setting::notify: return choose_flag(context, &domain::UserSettings::notify, what.value);
    case Setting::confirm: break;
  }
  return choose_flag(context, &domain::UserSettings::confirm, what.value);
}

Reply zones_now(FlowContext& context) {
  const std::string& zone = context.actor.user().timezone;
  const TimePoint now = context.bot.clock.now();
  ZonesView view;
  view.now = zone_label(context.texts(), zone, now);
  for (const ZoneChoice& choice : kZones) {
    view.items.push_back({zone_label(context.texts(), choice.zone, now), choice.zone == zone});
  }
  Reply reply;
  reply.card = zones_card(context.texts(), view);
  return reply;
}

}  // namespace

Task<Reply> open(FlowContext& context) {
  const auto& avatar = context.actor.main_avatar();
  Reply reply;
  reply.card = settings_card(
      context.texts(), {.settings = context.actor.settings(),
                        .ratios = context.bot.catalog_view.ratios(avatar, context.actor.settings().quality_preset),
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

Task<Reply> zones(FlowContext& context) {
  if (awaited(context) == domain::Awaits::zone) {
    end_input(context);
  }
  co_return zones_now(context);
}

Task<Reply> set_zone(FlowContext& context, SetZone what) {
  if (what.place >= std::ssize(kZones)) {
    co_return stale();
  }
  std::string zone(kZones[static_cast<std::size_t>(what.place)].zone);
  context.bot.people.set_zone(context.actor, std::move(zone));
  co_return zones_now(context);
}

Task<Reply> ask_zone(FlowContext& context) {
  begin_input(context, domain::Awaits::zone);
  Reply reply;
  reply.card = ask_zone_card(context.texts());
  co_return reply;
}

Task<Reply> zone_written(FlowContext& context) {
  constexpr std::size_t kToldMax = 64;
  // What cannot be a name cannot be shown in a sentence either.
  const auto words = domain::check_name(context.text);
  auto zone = words ? zone_of_words(context.bot.library, *words) : std::nullopt;
  if (!zone) {
    co_return refuse({Errc::zone_unknown, {}, about::Words{words ? domain::shorten(*words, kToldMax) : "…"}});
  }
  end_input(context);
  context.bot.people.set_zone(context.actor, std::move(*zone));
  co_return zones_now(context);
}

}  // namespace aisha::bot::settings
