// SPDX-License-Identifier: Apache-2.0
#include "bot/features/help/screen.hpp"

#include <fmt/core.h>

#include "bot/cards/layout.hpp"
#include "bot/features/create/routes.hpp"

namespace aisha::bot::help {

using layout::button;

Card help_card(const texts::Texts& texts, const HelpView& view) {
  std::string price = layout::coins(texts, view.highest_price);
  if (view.lowest_price != view.highest_price) {
    price = fmt::format("{}–{}", view.lowest_price, price);
  }
  const std::string support =
      view.support.empty() ? texts.plain("help.no_support") : texts.plain("help.support", {{"contact", view.support}});
  Card card;
  card.photo = photo::Drawing{photo::Subject::help};
  if (view.unknown_command) {
    card.caption = texts.rich("help.unknown_command");
    card.caption += "\n\n";
  }
  card.caption += texts.rich("help.caption", {{"price", price},
                                              {"coins", layout::coins(texts, view.coins)},
                                              {"days", texts.count("count.days_within", view.trash_days)},
                                              {"support", support}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  card.keyboard = {{button(texts.plain("button.create"), create::Open{}, ButtonLook::primary)}, layout::menu(texts)};
  return card;
}

}  // namespace aisha::bot::help
