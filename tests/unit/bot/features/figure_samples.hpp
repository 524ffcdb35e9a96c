// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::testing {

/// Statistics, avatars and time zones, filled with a name, a style's title, an id and a number.
struct FigureValues {
  std::string name;
  std::string title;
  std::int64_t number = 0;
  Uuid id;
};
void add_figure_screens(std::map<std::string, Card>& out, const texts::Texts& texts, const FigureValues& values);

}  // namespace aisha::bot::testing
