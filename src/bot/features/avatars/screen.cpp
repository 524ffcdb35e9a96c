// SPDX-License-Identifier: Apache-2.0
#include "bot/features/avatars/screen.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/photos/routes.hpp"
#include "bot/features/settings/routes.hpp"
#include "domain/name_text.hpp"

namespace aisha::bot::avatars {
namespace {

using layout::button;

constexpr std::size_t kNameMax = 40;
/// In a button beside another one, and where a mark stands with it.
constexpr std::size_t kLabelMax = 17;
constexpr std::size_t kMarkedMax = 14;

std::string cut(const std::string& text, std::size_t most) {
  return texts::cut_utf16(std::string_view(text), most);
}

std::string name_of(const texts::Texts& texts, const AvatarItem& avatar, std::size_t most) {
  return cut(avatar.name.empty() ? texts.plain("avatar.nameless") : avatar.name, most);
}

std::string kind_of(const texts::Texts& texts, const AvatarItem& avatar) {
  return texts.plain(avatar.kind == domain::AvatarKind::style ? "avatar.style" : "avatar.portrait");
}

std::string state_of(const texts::Texts& texts, const AvatarItem& avatar) {
  switch (avatar.state) {
    case State::ready: return texts.plain("avatar.ready");
    case State::training: return texts.plain("avatar.training", {{"n", avatar.progress}});
    case State::needs_photo: return texts.plain("avatar.draft_photos");
    case State::needs_consent: return texts.plain("avatar.draft_consent");
    case State::unusable: break;
  }
  return texts.plain("avatar.unusable");
}

Photo faces_of(const std::vector<AvatarItem>& avatars) {
  if (avatars.empty()) {
    return photo::Drawing{photo::Subject::settings};
  }
  photo::Faces faces;
  for (const AvatarItem& avatar : avatars) {
    faces.faces.push_back({avatar.photo});
  }
  return faces;
}

CallbackData way_back(Origin origin) {
  switch (origin) {
    case Origin::create: return create::Open{};
    case Origin::settings: return settings::Open{};
    case Origin::home:
    case Origin::card: break;
  }
  return frame::Home{};
}

texts::RichText deleted_caption(const texts::Texts& texts, const AvatarItem& avatar, int trash_days) {
  return texts.rich("avatar.deleted", {{"name", name_of(texts, avatar, kNameMax)},
                                       {"days", texts.count("count.days_within", trash_days)}});
}

texts::RichText list_caption(const texts::Texts& texts, const ListView& view) {
  if (view.items.empty()) {
    if (view.takes_photos) {
      return texts.rich("error.no_avatar_photos");
    }
    return texts.rich("error.no_avatar", {{"contact", layout::way_to_avatar(texts, false, view.support)}});
  }
  std::string lines;
  for (std::size_t i = 0; i < view.items.size(); ++i) {
    const AvatarItem& avatar = view.items[i];
    lines += fmt::format("{}{} {} — {}", i == 0 ? "" : "\n", i + 1, name_of(texts, avatar, kNameMax),
                         state_of(texts, avatar));
  }
  return texts.rich("avatars.caption",
                    {{"name", name_of(texts, view.main, kNameMax)},
                     {"kind", kind_of(texts, view.main)},
                     {"lines", lines},
                     {"tap", texts.plain(view.route.manages ? "avatars.manage" : "avatars.choose")}});
}

std::vector<Button> name_buttons(const texts::Texts& texts, const ListView& view) {
  std::vector<Button> out;
  for (const AvatarItem& avatar : view.items) {
    const std::string name = name_of(texts, avatar, avatar.is_main ? kMarkedMax : kLabelMax);
    // What is main already, or cannot be, has nothing to choose.
    const bool opens = view.route.manages || avatar.is_main || avatar.state != State::ready;
    out.push_back(button(avatar.is_main ? texts.plain("button.chosen", {{"label", name}}) : name,
                         opens ? CallbackData(Open{avatar.id}) : CallbackData(MakeMain{avatar.id, view.route.origin})));
  }
  return out;
}

Row pager(const texts::Texts& texts, const ListView& view) {
  const auto turn = [&](std::int64_t to) {
    return List{(to + view.pages) % view.pages, view.route.origin, view.route.manages};
  };
  return {button(texts.plain("button.previous"), turn(view.page - 1)),
          button(texts.plain("button.page", {{"page", view.page + 1}, {"pages", view.pages}}), frame::Nothing{}),
          button(texts.plain("button.next"), turn(view.page + 1))};
}

/// Where names are managed, or there is nothing else, what was thrown away last can come back.
std::vector<Button> back_buttons(const texts::Texts& texts, const ListView& view) {
  std::vector<Button> out;
  for (const AvatarItem& avatar : view.binned) {
    if ((view.route.manages || view.items.empty()) && out.size() < kOfferedBack) {
      out.push_back(
          button(texts.plain("button.restore_named", {{"name", name_of(texts, avatar, kMarkedMax)}}), Undo{avatar.id}));
    }
  }
  return out;
}

}  // namespace

Card list_card(const texts::Texts& texts, const ListView& view) {
  Card card;
  card.photo = faces_of(view.items);
  if (view.deleted) {
    card.caption = deleted_caption(texts, *view.deleted, view.trash_days);
    card.caption += "\n\n";
  }
  card.caption += list_caption(texts, view);
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  layout::add_rows(card.keyboard, name_buttons(texts, view), 2);
  if (view.pages > 1) {
    card.keyboard.push_back(pager(texts, view));
  }
  layout::add_rows(card.keyboard, back_buttons(texts, view), kOfferedBack);
  Row more;
  if (view.takes_photos) {
    more.push_back(button(texts.plain("button.create_avatar"), photos::Ways{}));
  }
  if (!view.items.empty()) {
    more.push_back(button(texts.plain(view.route.manages ? "button.ready" : "button.manage"),
                          List{view.page, view.route.origin, !view.route.manages}));
  }
  if (!more.empty()) {
    card.keyboard.push_back(std::move(more));
  }
  card.keyboard.push_back(layout::navigation(texts, way_back(view.route.origin)));
  return card;
}

Card avatar_card(const texts::Texts& texts, const AvatarView& view) {
  const AvatarItem& avatar = view.avatar;
  Card card;
  card.photo = faces_of({avatar});
  card.caption = texts.rich(avatar.is_main ? "avatar.caption_main" : "avatar.caption",
                            {{"name", name_of(texts, avatar, kNameMax)},
                             {"kind", kind_of(texts, avatar)},
                             {"state", state_of(texts, avatar)},
                             {"images", texts.count("count.images", view.pictures)}});
  if (avatar.is_of_photos) {
    const std::string photos = texts.count("count.photos", avatar.photos);
    card.caption += "\n";
    card.caption += texts.rich("avatar.made_of_photos", {{"photos", photos}});
    card.keyboard.push_back({avatar.state == State::needs_consent
                                 ? button(texts.plain("button.to_consent"), photos::Consent{avatar.id})
                                 : button(texts.plain("button.photos"), photos::Open{avatar.id})});
  }
  if (!avatar.is_main && avatar.state == State::ready) {
    card.keyboard.push_back({button(texts.plain("button.make_main"), MakeMain{avatar.id, Origin::card})});
  }
  card.keyboard.push_back({button(texts.plain("button.rename"), AskName{avatar.id}),
                           button(texts.plain("button.delete"), AskDelete{avatar.id})});
  card.keyboard.push_back(layout::navigation(texts, List{0, Origin::home, true}));
  return card;
}

Card ask_name_card(const texts::Texts& texts, const AvatarItem& avatar) {
  Card card;
  card.photo = photo::Drawing{photo::Subject::words};
  card.caption = texts.rich("avatar.ask_name", {{"name", name_of(texts, avatar, domain::kNameMaxCodePoints)}});
  card.keyboard = {
      {button(texts.plain("button.cancel"), Open{avatar.id}), button(texts.plain("button.menu"), frame::Home{})}};
  return card;
}

Card ask_delete_card(const texts::Texts& texts, const AvatarView& view, int trash_days) {
  Card card;
  card.photo = faces_of({view.avatar});
  const bool of_photos = view.avatar.is_of_photos;
  card.caption = texts.rich(of_photos ? "avatar.ask_delete_photos" : "avatar.ask_delete",
                            {{"name", name_of(texts, view.avatar, kNameMax)},
                             {"n", view.pictures},
                             {"days", texts.count(of_photos ? "count.days_in" : "count.days_within", trash_days)}});
  card.keyboard.push_back({button(texts.plain("button.keep_it"), Open{view.avatar.id}),
                           button(texts.plain("button.delete"), Delete{view.avatar.id}, ButtonLook::danger)});
  if (of_photos) {
    card.keyboard.push_back(
        {button(texts.plain("button.withdraw"), photos::Discard{view.avatar.id}, ButtonLook::danger)});
  }
  card.keyboard.push_back(layout::menu(texts));
  return card;
}

Card deleted_card(const texts::Texts& texts, const AvatarItem& avatar, int trash_days) {
  Card card;
  card.photo = photo::Deleted{};
  card.caption = deleted_caption(texts, avatar, trash_days);
  card.keyboard = {
      {button(texts.plain("button.restore"), Undo{avatar.id}), button(texts.plain("button.avatars"), List{})},
      layout::menu(texts)};
  return card;
}

}  // namespace aisha::bot::avatars
