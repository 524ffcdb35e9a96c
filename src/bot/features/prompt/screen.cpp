// SPDX-License-Identifier: Apache-2.0
#include "bot/features/prompt/screen.hpp"

#include "bot/cards/layout.hpp"

namespace aisha::bot::screens {

using layout::button;
using layout::coins;

Card ask_prompt(const texts::Texts& texts, const AskPrompt& view) {
  Card card;
  card.photo = layout::banner(view.samples);
  card.caption = texts.rich(
      "prompt.ask", {{"minutes", texts.count("count.minutes", view.minutes)}, {"price", coins(texts, view.price)}});
  card.keyboard = {
      {button(texts.plain("button.cancel"), route::Create{}), button(texts.plain("button.menu"), route::Home{})}};
  return card;
}

Card confirm_prompt(const texts::Texts& texts, const ConfirmPrompt& view) {
  const std::string avatar = texts::cut_utf16(std::string_view(view.avatar), 48);
  const std::string price = coins(texts, view.price);
  const auto caption = [&](std::string_view prompt) {
    return texts.rich("prompt.confirm",
                      {{"prompt", prompt}, {"avatar", avatar}, {"ratio", view.ratio}, {"price", price}});
  };
  const std::size_t frame = texts::utf16_length(caption("").text);
  Card card;
  card.photo = layout::banner(view.samples);
  card.caption = caption(texts::cut_utf16(std::string_view(view.prompt), kCaptionMax - frame));
  card.keyboard.push_back({button(texts.plain("button.create_for", {{"price", price}}),
                                  route::GeneratePrompt{view.nonce}, ButtonLook::primary)});
  Row row{button(texts.plain("button.change_prompt"), route::Prompt{})};
  if (view.ratios.size() > 1) {
    const std::string next = layout::ratio_slug(layout::next_of(view.ratios, view.ratio));
    row.push_back(button(texts.plain("button.format", {{"ratio", view.ratio}}), route::PromptRatio{next}));
  }
  card.keyboard.push_back(std::move(row));
  card.keyboard.push_back(
      {button(texts.plain("button.cancel"), route::Create{}), button(texts.plain("button.menu"), route::Home{})});
  return card;
}

}  // namespace aisha::bot::screens
