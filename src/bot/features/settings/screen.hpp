// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "domain/user.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::settings {

/// S18. The lists are what the format and quality buttons go through.
struct SettingsView {
  domain::UserSettings settings;
  std::vector<std::string> ratios;
  std::vector<std::string> qualities;
};
Card settings_card(const texts::Texts& texts, const SettingsView& view);

/// S19.
Card languages_card(const texts::Texts& texts, domain::Language chosen);

/// S18b.
struct ZonesView {
  std::string now;  ///< "Москва +3"
  struct Item {
    std::string label;
    bool is_chosen = false;
  };
  std::vector<Item> items;  ///< in the order of kZones
};
Card zones_card(const texts::Texts& texts, const ZonesView& view);

/// S18b, asking for another one.
Card ask_zone_card(const texts::Texts& texts);

}  // namespace aisha::bot::settings
