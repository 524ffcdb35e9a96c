// SPDX-License-Identifier: Apache-2.0
#include "bot/features/sharing/screen.hpp"

#include <utility>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/gallery/routes.hpp"
#include "bot/features/prompt/routes.hpp"
#include "bot/features/sharing/routes.hpp"

namespace aisha::bot::sharing {
namespace {

using layout::button;

constexpr std::size_t kTitleMax = 64;

Row way_back(const texts::Texts& texts, const Uuid& picture) {
  return layout::navigation(texts, gallery::Picture{picture, gallery::Origin::day});
}

Row ways_on(const texts::Texts& texts) {
  return {button(texts.plain("button.to_styles"), create::Open{}), button(texts.plain("button.menu"), frame::Home{})};
}

}  // namespace

Card share_card(const texts::Texts& texts, const ShareView& view) {
  Card card;
  card.photo = photo::Result{view.picture};
  card.caption = texts.rich("share.caption", {{"date", texts.day_month_year(view.until)}, {"n", view.opened}});
  Row send;
  if (view.has_inline) {
    send.push_back({.text = texts.plain("button.to_chat"), .chosen_chat = "i " + view.picture.to_base64url()});
  } else {
    send.push_back(button(texts.plain("button.send_copy"), SendCopy{view.picture}));
  }
  if (!view.link.empty()) {
    send.push_back({.text = texts.plain("button.copy_link"), .copy = view.link});
  }
  card.keyboard = {
      std::move(send), {button(texts.plain("button.close_link"), Close{view.picture})}, way_back(texts, view.picture)};
  return card;
}

Card closed_card(const texts::Texts& texts, const Uuid& picture) {
  Card card;
  card.photo = photo::Result{picture};
  card.caption = texts.rich("share.closed");
  card.keyboard = {{button(texts.plain("button.share"), Share{picture})}, way_back(texts, picture)};
  return card;
}

Card copy_card(const texts::Texts& texts, const CopyView& view) {
  Card card;
  card.photo = photo::Result{view.picture};
  card.caption =
      view.style.empty()
          ? texts.rich("inline.own_prompt")
          : texts.rich("inline.style", {{"style", texts::cut_utf16(std::string_view(view.style), kTitleMax)}});
  if (!view.link.empty()) {
    card.caption += "\n" + texts.plain("button.same") + ": " + view.link;
  }
  return card;
}

Card shared_card(const texts::Texts& texts, const SharedView& view) {
  Card card;
  card.photo = view.photo;
  const std::string title = texts::cut_utf16(std::string_view(view.title), kTitleMax);
  if (view.style.empty()) {
    card.caption = texts.rich("shared.own_prompt");
    card.keyboard.push_back({button(texts.plain("button.own_prompt"), prompt::Ask{}, ButtonLook::primary)});
  } else if (view.is_available) {
    card.caption = texts.rich("shared.style", {{"style", title}});
    card.keyboard.push_back({button(texts.plain("button.try_style"), create::Style{view.style, create::Origin::home},
                                    ButtonLook::primary)});
  } else {
    card.caption = texts.rich("shared.style_away", {{"style", title}});
  }
  card.keyboard.push_back(ways_on(texts));
  return card;
}

Card gone_card(const texts::Texts& texts) {
  Card card;
  card.photo = photo::Drawing{photo::Subject::problem};
  card.caption = texts.rich("shared.gone");
  card.keyboard.push_back(ways_on(texts));
  return card;
}

}  // namespace aisha::bot::sharing
