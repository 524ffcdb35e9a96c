// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::start {

/// S0, for a person met for the first time.
struct WelcomeView {
  std::string name;                  ///< first name; may be empty
  std::int64_t coins = 0;            ///< granted
  std::int64_t pictures = 0;         ///< how many they pay for
  int seconds = 10;                  ///< usual time of one
  std::string face;                  ///< name of the demo avatar they begin with; "" = an avatar of their own or none
  std::string support;               ///< whom to ask for one's own; "" = whoever runs the bot
  std::vector<std::string> samples;  ///< style ids of the banner
  /// They come for something that the card shows above these words, which are fewer then.
  bool is_invited = false;
  bool is_back = false;      ///< was here before and had everything erased: the gift is not given again
  bool takes_photos = true;  ///< a photo is enough for an avatar of one's own
};
Card welcome_card(const texts::Texts& texts, const WelcomeView& view);

/// S1.
struct HomeView {
  std::string avatar;  ///< name of the main one; "" = none
  std::int64_t coins = 0;
  std::string note;  ///< a sentence above it all, "" = none
  std::optional<Uuid> last_picture;
  std::vector<std::string> samples;
  std::string words = {};  ///< written unasked; "" = none
  std::string mark = {};   ///< of the words
};
Card home_card(const texts::Texts& texts, const HomeView& view);

}  // namespace aisha::bot::start
