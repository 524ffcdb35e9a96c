// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "bot/cards/card.hpp"
#include "bot/features/statistics/routes.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::statistics {

/// S11: a person's own figures within a window.
struct StatisticsView {
  Window window = Window::month;
  std::int64_t made = 0;
  std::int64_t pictures = 0;  ///< of them live now
  std::int64_t favourites = 0;
  std::int64_t spent = 0;  ///< coins
  std::int64_t timed = 0;  ///< so many took `took` together
  Millis took{0};
  std::vector<std::int64_t> columns;
  std::int64_t lit = 0;  ///< see photo::Chart
  struct Style {
    std::string id;  ///< "" = own prompts
    std::string title;
    std::int64_t made = 0;
  };
  std::vector<Style> styles;  ///< the most made ones
  std::int64_t binned = 0;    ///< in the trash
  bool has_pictures = false;  ///< at any time
  domain::AvatarKind kind = domain::AvatarKind::portrait;
};
Card statistics_card(const texts::Texts& texts, const StatisticsView& view);

}  // namespace aisha::bot::statistics
