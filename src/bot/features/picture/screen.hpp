// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "bot/cards/card.hpp"
#include "bot/flow/catalog_view.hpp"
#include "domain/own_picture.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::picture {

/// S5.
struct ResultView {
  GenerationView generation;
  std::int64_t seconds = 0;  ///< from the tap to the stored picture
  std::int64_t coins = 0;    ///< balance
  std::string day;           ///< under which it stands in the gallery, "2026-01-15"
  domain::OwnMarks marks;
  std::int64_t nonce = 0;  ///< of the button that makes another one
  bool is_gift = false;    ///< came after its time, for nothing
};
Card result_card(const texts::Texts& texts, const ResultView& view);

/// Where nothing is left of a picture: no way leads on from there.
Card blank_card(const texts::Texts& texts);

/// Where S9 leads on: under a result to another picture, from the menu card back into the gallery.
enum class WayOn : std::uint8_t { create, gallery };
/// S9.
Card deleted_card(const texts::Texts& texts, const Uuid& picture, int trash_days, WayOn way_on);
/// S9: the question before a favourite or saved picture goes.
Card kept_question_card(const texts::Texts& texts, const Uuid& picture, int trash_days);

}  // namespace aisha::bot::picture
