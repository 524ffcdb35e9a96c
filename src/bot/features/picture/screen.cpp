// SPDX-License-Identifier: Apache-2.0
#include "bot/features/picture/screen.hpp"

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/picture/routes.hpp"

namespace aisha::bot::picture {
namespace {

using layout::button;

constexpr std::size_t kNameMax = 48;

std::string cut(const std::string& text, std::size_t most) {
  return texts::cut_utf16(std::string_view(text), most);
}

}  // namespace

Card result_card(const texts::Texts& texts, const ResultView& view) {
  const GenerationView& generation = view.generation;
  const std::string title =
      generation.style.empty() ? texts.plain("result.own_prompt") : cut(generation.title, kNameMax);
  const auto caption = [&](std::string_view words) {
    return texts.rich(words.empty() ? "result.caption_bare" : "result.caption",
                      {{"style", title},
                       {"time", texts.plain("unit.seconds_short", {{"n", view.seconds}})},
                       {"coins", view.coins},
                       {"words", words}});
  };
  const std::size_t frame = texts::utf16_length(caption(" ").text);
  Card card;
  card.photo = photo::Result{generation.id};
  card.caption = caption(cut(generation.words, kCaptionMax - frame));
  card.keyboard = {{button(texts.plain("button.download"), Download{generation.id}),
                    button(texts.plain("button.delete"), Remove{generation.id})}};
  if (!generation.prompt.empty() && texts::utf16_length(generation.prompt) <= kCopyTextMax) {
    card.keyboard.push_back({{.text = texts.plain("button.copy_prompt"),
                              .data = {},
                              .copy = generation.prompt,
                              .look = ButtonLook::plain}});
  }
  card.keyboard.push_back(
      {button(texts.plain("button.create_more"), create::Open{}), button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

Card deleted_card(const texts::Texts& texts, const Uuid& picture, int trash_days) {
  Card card;
  card.photo = photo::Deleted{};
  card.caption = texts.rich("deleted.caption", {{"days", texts.count("count.days_within", trash_days)}});
  card.keyboard = {
      {button(texts.plain("button.restore"), Undo{picture}), button(texts.plain("button.create_more"), create::Open{})},
      layout::menu(texts)};
  return card;
}

}  // namespace aisha::bot::picture
