// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::privacy {

/// S21.
struct DataView {
  std::int64_t pictures = 0;  ///< those in the bin too
  std::int64_t bytes = 0;
  std::int64_t avatars = 0;
  bool is_exporting = false;
  std::int64_t files = 1;  ///< that an archive would have, about
  std::int64_t part = 0;   ///< the one that is being sent; 0 = none yet
  std::int64_t parts = 0;
};
Card data_card(const texts::Texts& texts, const DataView& view);

/// S21b: what goes, what stays, how long it takes.
struct EraseView {
  std::int64_t pictures = 0;  ///< live ones
  std::int64_t binned = 0;
  std::int64_t avatars = 0;
  std::int64_t coins = 0;
  bool is_shared = false;     ///< another bot uses the table of people too
  bool is_exporting = false;  ///< an archive is on its way, and ends with it
  std::int64_t nonce = 0;
};
Card erase_card(const texts::Texts& texts, const EraseView& view);
/// E20, for as long as it takes; the receipt (S21c) ends it.
Card erasing_card(const texts::Texts& texts);

/// S21d: what is kept, where, how long, how to get or delete it, whom to ask.
struct PolicyView {
  int trash_days = 0;
  std::string support;  ///< contact of the operator; "" = none
};
Card policy_card(const texts::Texts& texts, const PolicyView& view);

/// What stands under a word about an export that has ended.
Keyboard note_keyboard(const texts::Texts& texts);

}  // namespace aisha::bot::privacy
