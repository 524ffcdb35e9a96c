// SPDX-License-Identifier: Apache-2.0
#include "bot/features/picture/screen.hpp"

#include <utility>
#include <vector>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/favourites/routes.hpp"
#include "bot/features/gallery/routes.hpp"
#include "bot/features/picture/routes.hpp"
#include "bot/features/sharing/routes.hpp"
#include "bot/features/variants/routes.hpp"
#include "bot/flow/own_list.hpp"
#include "domain/own_days.hpp"

namespace aisha::bot::picture {
namespace {

using layout::button;

constexpr std::size_t kNameMax = 48;

std::string cut(const std::string& text, std::size_t most) {
  return texts::cut_utf16(std::string_view(text), most);
}

MarkSwitches switches_of(const ResultView& view) {
  const Uuid& id = view.generation.id;
  constexpr auto kHere = favourites::Origin::result;
  return {.heart = favourites::Heart{id, !view.marks.is_favorite, kHere},
          .pin = favourites::Pin{id, !view.marks.is_saved, kHere},
          .style = favourites::KeepStyleOf{id, !view.marks.is_style_kept, kHere}};
}

}  // namespace

Card result_card(const texts::Texts& texts, const ResultView& view) {
  const GenerationView& generation = view.generation;
  const std::string title =
      generation.style.empty() ? texts.plain("result.own_prompt") : cut(generation.title, kNameMax);
  const auto caption = [&](std::string_view words) {
    if (view.is_gift) {
      return texts.rich("result.gift", {{"style", title}, {"coins", view.coins}, {"words", words}});
    }
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
  const MarkSwitches switches = switches_of(view);
  card.keyboard.push_back(mark_row(texts, view.marks, switches));
  card.keyboard.push_back({button(texts.plain("button.variation", {{"price", generation.price}}),
                                  variants::Again{generation.id, view.nonce, generation.price}),
                           button(texts.plain("button.variants"), variants::Open{generation.id})});
  std::vector<Button> rest{button(texts.plain("button.share"), sharing::Share{generation.id}),
                           button(texts.plain("button.download"), Download{generation.id})};
  if (!generation.style.empty()) {
    rest.push_back(style_button(texts, view.marks, switches));
  }
  if (can_be_copied(generation.prompt)) {
    rest.push_back(copy_button(texts, generation.prompt));
  }
  layout::add_rows(card.keyboard, std::move(rest), 2);
  card.keyboard.push_back({button(texts.plain("button.delete"), Remove{generation.id}),
                           button(texts.plain("button.gallery"), gallery::Day{domain::day_number(view.day), {}})});
  card.keyboard.push_back(
      {button(texts.plain("button.create_more"), create::Open{}), button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

Card blank_card(const texts::Texts& texts) {
  Card card;
  card.photo = photo::Deleted{};
  card.caption = texts.rich("deleted.blank");
  return card;
}

Card deleted_card(const texts::Texts& texts, const Uuid& picture, int trash_days, WayOn way_on) {
  Card card;
  card.photo = photo::Deleted{};
  card.caption = texts.rich("deleted.caption", {{"days", texts.count("count.days_within", trash_days)}});
  // The nearest one to where it stood, on the day it stood.
  const Button on = way_on == WayOn::gallery
                        ? button(texts.plain("button.gallery"), gallery::Picture{picture, gallery::Origin::day})
                        : button(texts.plain("button.create_more"), create::Open{});
  card.keyboard = {{button(texts.plain("button.restore"), Undo{picture}), on}, layout::menu(texts)};
  return card;
}

Card kept_question_card(const texts::Texts& texts, const Uuid& picture, int trash_days) {
  Card card;
  card.photo = photo::Result{picture};
  card.caption = texts.rich("deleted.ask_kept", {{"days", texts.count("count.days_within", trash_days)}});
  card.keyboard = {{button(texts.plain("button.keep_it"), gallery::Picture{picture, gallery::Origin::day}),
                    button(texts.plain("button.delete"), RemoveKept{picture}, ButtonLook::danger)},
                   layout::menu(texts)};
  return card;
}

}  // namespace aisha::bot::picture
