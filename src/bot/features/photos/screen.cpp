// SPDX-License-Identifier: Apache-2.0
#include "bot/features/photos/screen.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/avatars/routes.hpp"
#include "bot/features/create/routes.hpp"
#include "domain/avatar_photo.hpp"

namespace aisha::bot::photos {
namespace {

using layout::button;
using services::PhotoLine;

constexpr std::size_t kNameMax = 40;
constexpr std::size_t kFileNameMax = 24;

std::string cut(const std::string& text, std::size_t most) {
  return texts::cut_utf16(std::string_view(text), most);
}

Photo face_of(const std::string& face) {
  if (face.empty()) {
    return photo::Drawing{photo::Subject::waiting};
  }
  return photo::Faces{{{face}}};
}

const char* why_id(Errc code) {
  switch (code) {
    case Errc::image_type_refused: return "photo.why_type";
    case Errc::image_truncated: return "photo.why_damaged";
    case Errc::image_too_large: return "photo.why_large";
    case Errc::photo_too_many_bytes:
    case Errc::image_too_many_bytes: return "photo.why_bytes";
    case Errc::photo_too_small: return "photo.why_small";
    case Errc::photo_dark: return "photo.why_dark";
    case Errc::photo_bright: return "photo.why_bright";
    case Errc::photo_no_face: return "photo.why_no_face";
    case Errc::photo_many_faces: return "photo.why_many_faces";
    case Errc::photo_face_small: return "photo.why_face_small";
    case Errc::photo_blurred: return "photo.why_blurred";
    case Errc::photo_gone: return "photo.why_gone";
    default: return "photo.why_not_an_image";
  }
}

std::string why(const texts::Texts& texts, Errc code, std::int64_t same_as, std::int64_t most) {
  if (code == Errc::photo_duplicate) {
    return same_as == 0 ? texts.plain("photo.why_repeat") : texts.plain("photo.why_same", {{"n", same_as}});
  }
  if (code == Errc::photo_enough) {
    return texts.plain("photo.why_enough", {{"n", most}});
  }
  return texts.plain(why_id(code));
}

/// Files have names, which may be long: where they do not fit all are numbers.
enum class Naming : std::uint8_t { names, numbers };

std::string which(const texts::Texts& texts, const PhotoLine& line, Naming naming) {
  return line.name.empty() || naming == Naming::numbers ? texts.plain("photo.number", {{"n", line.number}})
                                                        : cut(line.name, kFileNameMax);
}

/// "№2, №5, a.pdf: not a picture", one line a reason, in the order in which they came up.
std::string refused_of(const texts::Texts& texts, const PhotosView& view, Naming naming) {
  std::vector<std::pair<std::string, std::string>> reasons;
  for (const PhotoLine& line : view.lines) {
    if (!line.refused) {
      continue;
    }
    std::string reason = why(texts, *line.refused, line.same_as, view.most);
    auto known = std::ranges::find(reasons, reason, &std::pair<std::string, std::string>::first);
    if (known == reasons.end()) {
      reasons.emplace_back(std::move(reason), which(texts, line, naming));
    } else {
      known->second += ", " + which(texts, line, naming);
    }
  }
  std::string out;
  for (const auto& [reason, photos] : reasons) {
    out += (out.empty() ? "" : "\n") + texts.plain("photos.refused", {{"which", photos}, {"why", reason}});
  }
  return out;
}

std::string weak_of(const texts::Texts& texts, const PhotosView& view, Naming naming) {
  std::string list;
  for (const PhotoLine& line : view.lines) {
    if (line.weak) {
      list += (list.empty() ? "" : ", ") +
              texts.plain("photo.weak_one", {{"which", which(texts, line, naming)},
                                             {"why", why(texts, *line.weak, line.same_as, view.most)}});
    }
  }
  return list.empty() ? list : texts.plain("photos.weak", {{"list", list}});
}

/// What has been found so far, a line each; "" = nothing to say.
std::string news_of(const texts::Texts& texts, const PhotosView& view, Naming naming) {
  std::string out;
  const auto add = [&](const std::string& line) { out += line.empty() ? line : (out.empty() ? "" : "\n") + line; };
  if (view.checking > 0) {
    add(texts.plain("photos.checking", {{"n", view.checking}}));
  }
  add(refused_of(texts, view, naming));
  add(weak_of(texts, view, naming));
  return out;
}

void append(texts::RichText& caption, const std::string& more) {
  if (!more.empty()) {
    caption += "\n\n";
    caption += texts::RichText{more, {}};
  }
}

std::string draft_line(const texts::Texts& texts, const PhotosView& view) {
  return texts.plain("photos.draft", {{"days", texts.count("count.days_in", view.draft_days)}});
}

texts::RichText consent_caption(const texts::Texts& texts, const PhotosView& view, Naming naming) {
  texts::RichText caption = texts.rich("photos.consent", {{"kept", texts.plain("photos.kept_with_avatar")}});
  append(caption, news_of(texts, view, naming));
  append(caption, draft_line(texts, view));
  return caption;
}

texts::RichText photos_caption(const texts::Texts& texts, const PhotosView& view, Naming naming) {
  texts::RichText caption =
      texts.rich("photos.caption", {{"name", cut(view.name, kNameMax)}, {"n", view.kept}, {"most", view.most}});
  append(caption, news_of(texts, view, naming));
  if (view.kept == 0 && view.checking == 0) {
    caption += "\n\n";
    caption += texts.rich("photos.send");
  } else if (view.kept > domain::kReferencesMost) {
    append(caption, texts.plain("photos.best", {{"n", domain::kReferencesMost}}));
  }
  if (!view.is_ready) {
    append(caption, draft_line(texts, view));
  }
  return caption;
}

template <class Write>
texts::RichText fitting(Write write) {
  texts::RichText caption = write(Naming::names);
  if (texts::utf16_length(caption.text) > kCaptionMax) {
    caption = write(Naming::numbers);
  }
  return texts::cut_utf16(std::move(caption), kCaptionMax);
}

}  // namespace

Card ways_card(const texts::Texts& texts) {
  Card card;
  card.photo = photo::Drawing{photo::Subject::waiting};
  card.caption = texts.rich("photos.ways", {{"n", domain::kReferencesMost}});
  card.caption += "\n\n";
  card.caption += texts.rich("photos.send");
  card.keyboard = {layout::navigation(texts, avatars::List{0, avatars::Origin::home, false})};
  return card;
}

Card consent_card(const texts::Texts& texts, const PhotosView& view) {
  Card card;
  card.photo = face_of(view.face);
  card.caption = fitting([&](Naming naming) { return consent_caption(texts, view, naming); });
  const auto agree = [&](Who who) { return Agree{view.avatar, Way::references, who}; };
  card.keyboard = {
      {button(texts.plain("button.woman"), agree(Who::woman), ButtonLook::primary),
       button(texts.plain("button.man"), agree(Who::man), ButtonLook::primary)},
      {button(texts.plain("button.unsaid"), agree(Who::unsaid))},
      {button(texts.plain("button.discard"), Discard{view.avatar}), button(texts.plain("button.menu"), frame::Home{})}};
  return card;
}

Card photos_card(const texts::Texts& texts, const PhotosView& view) {
  Card card;
  card.photo = face_of(view.face);
  card.caption = fitting([&](Naming naming) { return photos_caption(texts, view, naming); });
  const bool has_weak = std::ranges::any_of(view.lines, [](const PhotoLine& line) { return line.weak.has_value(); });
  if (has_weak) {
    card.keyboard.push_back({button(texts.plain("button.drop_weak"), DropWeak{view.avatar})});
  }
  card.keyboard.push_back({view.is_ready ? button(texts.plain("button.to_avatar"), avatars::Open{view.avatar})
                                         : button(texts.plain("button.discard"), Discard{view.avatar}),
                           button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

Card ready_card(const texts::Texts& texts, const ReadyView& view) {
  Card card;
  card.photo = face_of(view.face);
  card.caption = texts.rich("photos.ready", {{"name", cut(view.name, kNameMax)}, {"n", domain::kReferencesMost}});
  if (view.first) {
    const std::string price = layout::coins(texts, view.first->price);
    card.keyboard.push_back(
        {button(texts.plain("button.first_portrait", {{"price", price}}),
                create::Generate{view.first->style, view.first->nonce, view.first->price}, ButtonLook::primary)});
    card.keyboard.push_back({button(texts.plain("button.create"), create::Open{})});
  } else {
    card.keyboard.push_back({button(texts.plain("button.make_main"),
                                    avatars::MakeMain{view.avatar, avatars::Origin::create}, ButtonLook::primary)});
  }
  card.keyboard.push_back({button(texts.plain("button.to_avatar"), avatars::Open{view.avatar}),
                           button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

Card discarded_card(const texts::Texts& texts, const std::string& name, bool was_ready) {
  Card card;
  card.photo = photo::Deleted{};
  card.caption = texts.rich(was_ready ? "photos.withdrawn" : "photos.discarded", {{"name", cut(name, kNameMax)}});
  card.keyboard = {{button(texts.plain("button.create_avatar"), Ways{}),
                    button(texts.plain("button.avatars"), avatars::List{0, avatars::Origin::home, false})},
                   layout::menu(texts)};
  return card;
}

}  // namespace aisha::bot::photos
