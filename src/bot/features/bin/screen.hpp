// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/features/bin/routes.hpp"
#include "bot/flow/own_list.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::bin {

/// S9b. `items` are those of this page.
struct BinView {
  std::vector<OwnItem> items;
  std::int64_t total = 0;   ///< in the bin
  std::int64_t before = 0;  ///< in it before the first of the page
  int days_left = 0;        ///< until the first of all goes
};
Card bin_card(const texts::Texts& texts, const BinView& view);

/// S9c: one of it, and the question before it goes for ever.
Card removed_card(const texts::Texts& texts, const OwnItem& item);
Card for_ever_card(const texts::Texts& texts, const OwnItem& item);

/// S10.
struct ClearView {
  std::int64_t pictures = 0;  ///< live ones
  std::int64_t kept = 0;      ///< favourites and saved ones among them
  int trash_days = 0;
  std::int64_t nonce = 0;
};
/// How many pictures a clear would take.
std::int64_t taken_by(Scope scope, const ClearView& view);
Card clear_card(const texts::Texts& texts, const ClearView& view);
Card clear_question_card(const texts::Texts& texts, Scope scope, const ClearView& view);
struct ClearedView {
  Uuid clear;
  std::int64_t pictures = 0;
  bool goes_on = false;
};
Card cleared_card(const texts::Texts& texts, const ClearedView& view);
/// `of`: as many had been deleted.
Card restored_card(const texts::Texts& texts, std::int64_t pictures, std::int64_t of);

}  // namespace aisha::bot::bin
