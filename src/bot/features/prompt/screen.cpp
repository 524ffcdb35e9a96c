// SPDX-License-Identifier: Apache-2.0
#include "bot/features/prompt/screen.hpp"

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/prompt/routes.hpp"

namespace aisha::bot::prompt {

using layout::button;
using layout::coins;

Card ask_card(const texts::Texts& texts, const AskView& view) {
  Card card;
  card.photo = photo::Drawing{photo::Subject::words};
  card.caption = texts.rich(
      "prompt.ask", {{"minutes", texts.count("count.minutes", view.minutes)}, {"price", coins(texts, view.price)}});
  card.keyboard = {
      {button(texts.plain("button.cancel"), create::Open{}), button(texts.plain("button.menu"), frame::Home{})}};
  return card;
}

Card confirm_card(const texts::Texts& texts, const ConfirmView& view) {
  const std::string avatar = texts::cut_utf16(std::string_view(view.avatar), 48);
  const std::string price = coins(texts, view.price);
  const auto caption = [&](std::string_view prompt) {
    return texts.rich("prompt.confirm",
                      {{"prompt", prompt}, {"avatar", avatar}, {"ratio", view.ratio}, {"price", price}});
  };
  const std::size_t frame = texts::utf16_length(caption("").text);
  Card card;
  card.photo = photo::Drawing{photo::Subject::words};
  card.caption = caption(texts::cut_utf16(std::string_view(view.prompt), kCaptionMax - frame));
  card.keyboard.push_back({button(texts.plain("button.create_for", {{"price", price}}),
                                  Generate{view.nonce, view.price, view.mark}, ButtonLook::primary)});
  Row row{button(texts.plain("button.change_prompt"), Ask{})};
  if (view.ratios.size() > 1) {
    const std::string next = layout::ratio_slug(layout::next_of(view.ratios, view.ratio));
    row.push_back(button(texts.plain("button.format", {{"ratio", view.ratio}}), Ratio{next}));
  }
  card.keyboard.push_back(std::move(row));
  card.keyboard.push_back(
      {button(texts.plain("button.cancel"), create::Open{}), button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

}  // namespace aisha::bot::prompt
