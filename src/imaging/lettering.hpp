// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace aisha::imaging {

/// Ink of a line of text: how much of each pixel it covers, 0 to 255, row by row.
struct Ink {
  int width = 0;
  int height = 0;  ///< of the line; capitals take about two thirds of it
  std::vector<std::uint8_t> cover;
};

/// A line of Latin or Cyrillic letters (data/lettering), `line` px high and at most `widest` px wide: smaller where
/// that makes it fit, down to two thirds, then ended by an ellipsis. Other characters are left out; nothing is left of
/// a text of nothing else. Pure; no font of the machine is used.
Ink letter(std::string_view text, int line, int widest);

}  // namespace aisha::imaging
