// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

/// S13: a picture by the person's own words.
namespace aisha::bot::prompt {

struct AskView {
  std::int64_t price = 0;
  int minutes = 15;  ///< how long the text is waited for
};
Card ask_card(const texts::Texts& texts, const AskView& view);

struct ConfirmView {
  std::string prompt;
  std::string avatar;
  std::string ratio;
  std::vector<std::string> ratios;
  std::int64_t price = 0;
  std::int64_t nonce = 0;
  std::string mark;  ///< of the prompt
};
Card confirm_card(const texts::Texts& texts, const ConfirmView& view);

}  // namespace aisha::bot::prompt
