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

}  // namespace aisha::bot::settings
