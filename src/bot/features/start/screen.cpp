// SPDX-License-Identifier: Apache-2.0
#include "bot/features/start/screen.hpp"

#include "bot/cards/layout.hpp"
#include "bot/features/avatars/routes.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/favourites/routes.hpp"
#include "bot/features/gallery/routes.hpp"
#include "bot/features/help/routes.hpp"
#include "bot/features/prompt/routes.hpp"
#include "bot/features/search/routes.hpp"
#include "bot/features/settings/routes.hpp"

namespace aisha::bot::start {
namespace {

using layout::button;

constexpr std::size_t kNameMax = 64;
constexpr std::size_t kWordsMax = 240;

}  // namespace

Card welcome_card(const texts::Texts& texts, const WelcomeView& view) {
  const std::string name =
      view.name.empty() ? texts.plain("welcome.friend") : texts::cut_utf16(std::string_view(view.name), kNameMax);
  Card card;
  card.photo = layout::banner(view.samples);
  const char* words = view.is_back ? "welcome.back" : view.is_invited ? "welcome.invited" : "welcome.caption";
  card.caption = texts.rich(words, {{"name", name},
                                    {"time", texts.count("count.seconds_in", view.seconds)},
                                    {"coins", layout::coins(texts, view.coins)},
                                    {"images", texts.count("count.images", view.pictures)}});
  if (!view.face.empty()) {
    const std::string contact = layout::way_to_avatar(texts, view.takes_photos, view.support);
    card.caption += "\n\n";
    card.caption +=
        texts.rich("welcome.demo_face",
                   {{"avatar", texts::cut_utf16(std::string_view(view.face), kNameMax)}, {"contact", contact}});
  } else if (view.takes_photos) {
    card.caption += "\n\n";
    card.caption += texts.rich("welcome.own_face");
  }
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  card.keyboard = {
      {button(texts.plain("button.create"), create::Open{}, ButtonLook::primary)},
      {button(texts.plain("button.language"), settings::Languages{}), button(texts.plain("button.help"), help::Open{})},
      layout::menu(texts)};
  return card;
}

Card home_card(const texts::Texts& texts, const HomeView& view) {
  const std::string avatar =
      view.avatar.empty() ? texts.plain("home.no_avatar") : texts::cut_utf16(std::string_view(view.avatar), kNameMax);
  Card card;
  card.photo = view.last_picture ? Photo(photo::Result{*view.last_picture}) : layout::banner(view.samples);
  if (!view.note.empty()) {
    card.caption = texts::RichText{view.note + "\n\n", {}};
  }
  card.caption += texts.rich("home.caption", {{"avatar", avatar}, {"coins", layout::coins(texts, view.coins)}});
  if (!view.words.empty()) {
    const std::string words = texts::cut_utf16(std::string_view(view.words), kWordsMax);
    card.caption += "\n\n";
    card.caption += texts.rich("home.words", {{"words", words}});
    card.keyboard.push_back({button(texts.plain("button.take_words"), prompt::Take{view.mark}, ButtonLook::primary)});
  }
  const ButtonLook look = view.words.empty() ? ButtonLook::primary : ButtonLook::plain;
  card.keyboard.push_back({button(texts.plain("button.create"), create::Open{}, look)});
  card.keyboard.push_back({button(texts.plain("button.my_images"), gallery::Newest{})});
  card.keyboard.push_back({button(texts.plain("button.favorites"), favourites::Pictures{}),
                           button(texts.plain("button.avatars"), avatars::List{0, avatars::Origin::home, false})});
  card.keyboard.push_back({button(texts.plain("button.own_prompt"), prompt::Ask{}),
                           button(texts.plain("button.find_style"), search::AskStyles{})});
  card.keyboard.push_back(
      {button(texts.plain("button.settings"), settings::Open{}), button(texts.plain("button.help"), help::Open{})});
  return card;
}

}  // namespace aisha::bot::start
