// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/flow/own_list.hpp"
#include "texts/texts.hpp"

/// S14, S14b: styles and own pictures by words.
namespace aisha::bot::search {

/// The word of suggestion `number` in the language of the texts; "" for a number that stands for none.
std::string suggestion_word(const texts::Texts& texts, std::int64_t number);

struct AskView {
  bool is_too_short = false;  ///< what was written has fewer than two letters
};
/// S14.
Card ask_styles_card(const texts::Texts& texts, const AskView& view);
/// S14b.
Card ask_pictures_card(const texts::Texts& texts, const AskView& view);

struct NoStylesView {
  std::string words;
  std::string mark;  ///< of the words as a prompt; "" = they are none
};
Card no_styles_card(const texts::Texts& texts, const NoStylesView& view);

struct FoundView {
  std::string words;
  std::vector<OwnItem> items;  ///< empty = nothing found
  bool has_newer = false;
  bool has_older = false;
};
Card found_card(const texts::Texts& texts, const FoundView& view);

}  // namespace aisha::bot::search
