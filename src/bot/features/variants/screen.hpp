// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/flow/own_list.hpp"
#include "domain/own_days.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::variants {

/// V1.
struct ChoicesView {
  Uuid picture;
  bool is_shown = true;  ///< there is something to show
  std::string title;     ///< of its style, or that it is of own words
  std::string model;
  std::string ratio;
  std::string quality;  ///< "максимум"
  domain::FamilyTies ties;
  std::int64_t price = 0;           ///< of one
  std::vector<std::string> ratios;  ///< others
  std::string better;               ///< what the best preset is called; "" = it is made in it
  std::int64_t better_price = 0;
  bool can_be_closer = false;
  bool can_be_freer = false;
  bool can_be_repainted = false;
  std::int64_t repaint_price = 0;
  bool can_be_changed = false;
  std::string other_avatar;  ///< with which it would be made, since its own one is gone; "" = with its own
  std::int64_t nonce = 0;
};
Card choices_card(const texts::Texts& texts, const ChoicesView& view);

/// V2.
struct FamilyView {
  Uuid head;
  std::optional<OwnItem> head_item;  ///< none when it is gone
  std::optional<Uuid> parent;        ///< live one of the head
  std::vector<OwnItem> children;
  std::int64_t ahead = 0;
  std::int64_t all = 0;
};
Card family_card(const texts::Texts& texts, const FamilyView& view);
/// Children on one page: with their head they fill a sheet.
inline constexpr std::size_t kChildrenPerPage = kOwnPerPage - 1;

/// V5.
struct WordsView {
  Uuid picture;
  std::int64_t price = 0;
  int minutes = 0;  ///< how long a text is waited for
};
Card words_card(const texts::Texts& texts, const WordsView& view);

/// V5, second card: the words as they will be used.
struct ChangeView {
  Uuid picture;
  std::string words;
  std::int64_t price = 0;
  std::int64_t nonce = 0;
  std::string mark;  ///< of the words
};
Card change_card(const texts::Texts& texts, const ChangeView& view);

}  // namespace aisha::bot::variants
