// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::help {

/// What the bot does, the first picture, prices, deleting, whom to ask.
struct HelpView {
  std::int64_t lowest_price = 0;
  std::int64_t highest_price = 0;
  std::int64_t coins = 0;
  int trash_days = 0;
  bool unknown_command = false;  ///< it is the answer to one
  std::string support;           ///< contact of the operator; "" = none
};
Card help_card(const texts::Texts& texts, const HelpView& view);

}  // namespace aisha::bot::help
