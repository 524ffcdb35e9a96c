// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::screens {

/// S0, for a person met for the first time.
struct Welcome {
  std::string name;                  ///< first name; may be empty
  std::int64_t coins = 0;            ///< granted
  std::int64_t pictures = 0;         ///< how many they pay for
  int seconds = 10;                  ///< usual time of one
  std::vector<std::string> samples;  ///< style ids of the banner
};
Card welcome(const texts::Texts& texts, const Welcome& view);

/// S1.
struct Home {
  std::string avatar;  ///< name of the main one; "" = none
  std::int64_t coins = 0;
  std::int64_t pictures = 0;
  std::optional<Uuid> last_picture;
  std::vector<std::string> samples;
};
Card home(const texts::Texts& texts, const Home& view);

/// Help: what the bot does, the first picture, prices, deleting, whom to ask.
struct Help {
  std::int64_t lowest_price = 0;
  std::int64_t highest_price = 0;
  std::int64_t coins = 0;
  int trash_days = 0;
  std::string support;  ///< contact of the operator; "" = none
  std::vector<std::string> samples;
};
Card help(const texts::Texts& texts, const Help& view);

}  // namespace aisha::bot::screens
