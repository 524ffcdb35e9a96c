// SPDX-License-Identifier: Apache-2.0
#include "bot/features/settings/screen.hpp"

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/avatars/routes.hpp"
#include "bot/features/privacy/routes.hpp"
#include "bot/features/settings/routes.hpp"
#include "bot/flow/quality_words.hpp"

namespace aisha::bot::settings {

using layout::button;

Card settings_card(const texts::Texts& texts, const SettingsView& view) {
  const domain::UserSettings& now = view.settings;
  const std::string ratio = layout::next_of(view.ratios, now.aspect_ratio);
  const std::string quality = layout::next_of(view.qualities, now.quality_preset);
  Card card;
  card.photo = photo::Drawing{photo::Subject::settings};
  card.caption = texts.rich("settings.caption");
  if (const std::string about = quality_about(texts, now.quality_preset); !about.empty()) {
    card.caption += "\n";
    card.caption +=
        texts.rich("settings.quality", {{"quality", quality_name(texts, now.quality_preset)}, {"about", about}});
  }
  card.keyboard = {{button(texts.plain("button.format", {{"ratio", now.aspect_ratio}}),
                           Set{Setting::ratio, layout::ratio_slug(ratio)})},
                   {button(texts.plain("button.quality", {{"quality", quality_name(texts, now.quality_preset)}}),
                           Set{Setting::quality, quality})},
                   {button(texts.plain(now.confirm ? "button.confirm_on" : "button.confirm_off"),
                           Set{Setting::confirm, now.confirm ? "0" : "1"})},
                   {button(texts.plain(now.notify ? "button.notify_on" : "button.notify_off"),
                           Set{Setting::notify, now.notify ? "0" : "1"})},
                   {button(texts.plain("button.language"), Languages{}), button(texts.plain("button.zone"), Zones{})},
                   {button(texts.plain("button.avatars"), avatars::List{0, avatars::Origin::settings}),
                    button(texts.plain("button.my_data"), privacy::Open{})},
                   layout::menu(texts)};
  return card;
}

Card languages_card(const texts::Texts& texts, domain::Language chosen) {
  const auto label = [&](const char* id, domain::Language language) {
    std::string name = texts.plain(id);
    return language == chosen ? texts.plain("button.chosen", {{"label", name}}) : name;
  };
  Card card;
  card.photo = photo::Drawing{photo::Subject::settings};
  card.caption = texts.rich("language.caption");
  card.keyboard = {{button(label("button.language_ru", domain::Language::ru), SetLanguage{"ru"})},
                   {button(label("button.language_en", domain::Language::en), SetLanguage{"en"})},
                   layout::navigation(texts, Open{})};
  return card;
}

Card zones_card(const texts::Texts& texts, const ZonesView& view) {
  Card card;
  card.photo = photo::Drawing{photo::Subject::settings};
  card.caption = texts.rich("zone.caption", {{"zone", view.now}});
  std::vector<Button> zones;
  for (const ZonesView::Item& item : view.items) {
    const auto place = static_cast<std::int64_t>(zones.size());
    const std::string label = item.is_chosen ? texts.plain("button.chosen", {{"label", item.label}}) : item.label;
    zones.push_back(button(label, SetZone{place}));
  }
  layout::add_rows(card.keyboard, std::move(zones), 2);
  card.keyboard.push_back({button(texts.plain("button.zone_other"), AskZone{})});
  card.keyboard.push_back(layout::navigation(texts, Open{}));
  return card;
}

Card ask_zone_card(const texts::Texts& texts) {
  Card card;
  card.photo = photo::Drawing{photo::Subject::words};
  card.caption = texts.rich("zone.ask");
  card.keyboard = {{button(texts.plain("button.cancel"), Zones{}), button(texts.plain("button.menu"), frame::Home{})}};
  return card;
}

}  // namespace aisha::bot::settings
