// SPDX-License-Identifier: Apache-2.0
#include "bot/features/start/screen.hpp"

#include <fmt/core.h>

#include "bot/cards/layout.hpp"

namespace aisha::bot::screens {
namespace {

using layout::button;

constexpr std::size_t kNameMax = 64;

}  // namespace

Card welcome(const texts::Texts& texts, const Welcome& view) {
  const std::string name =
      view.name.empty() ? texts.plain("welcome.friend") : texts::cut_utf16(std::string_view(view.name), kNameMax);
  Card card;
  card.photo = layout::banner(view.samples);
  card.caption = texts.rich("welcome.caption", {{"name", name},
                                                {"time", texts.count("count.seconds_in", view.seconds)},
                                                {"coins", layout::coins(texts, view.coins)},
                                                {"images", texts.count("count.images", view.pictures)}});
  card.keyboard = {
      {button(texts.plain("button.create"), route::Create{}, ButtonLook::primary)},
      {button(texts.plain("button.language"), route::Languages{}), button(texts.plain("button.help"), route::Help{})},
      layout::menu(texts)};
  return card;
}

Card home(const texts::Texts& texts, const Home& view) {
  const std::string avatar =
      view.avatar.empty() ? texts.plain("home.no_avatar") : texts::cut_utf16(std::string_view(view.avatar), kNameMax);
  Card card;
  card.photo = view.last_picture ? Photo(photo::Result{*view.last_picture}) : layout::banner(view.samples);
  card.caption = texts.rich("home.caption", {{"avatar", avatar},
                                             {"coins", layout::coins(texts, view.coins)},
                                             {"images", texts.count("count.images", view.pictures)}});
  card.keyboard = {
      {button(texts.plain("button.create"), route::Create{}, ButtonLook::primary)},
      {button(texts.plain("button.own_prompt"), route::Prompt{})},
      {button(texts.plain("button.settings"), route::Settings{}), button(texts.plain("button.help"), route::Help{})}};
  return card;
}

Card help(const texts::Texts& texts, const Help& view) {
  std::string price = layout::coins(texts, view.highest_price);
  if (view.lowest_price != view.highest_price) {
    price = fmt::format("{}–{}", view.lowest_price, price);
  }
  const std::string support =
      view.support.empty() ? texts.plain("help.no_support") : texts.plain("help.support", {{"contact", view.support}});
  Card card;
  card.photo = layout::banner(view.samples);
  card.caption = texts.rich("help.caption", {{"price", price},
                                             {"coins", layout::coins(texts, view.coins)},
                                             {"days", texts.count("count.days_within", view.trash_days)},
                                             {"support", support}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  card.keyboard = {{button(texts.plain("button.create"), route::Create{}, ButtonLook::primary)}, layout::menu(texts)};
  return card;
}

}  // namespace aisha::bot::screens
