// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/photos/samples.hpp"

#include "bot/features/photos/screen.hpp"

namespace aisha::bot::testing {
namespace {

services::PhotoLine refused(std::int64_t number, Errc why, const std::string& name = {}, std::int64_t same_as = 0) {
  services::PhotoLine line;
  line.number = number;
  line.name = name;
  line.refused = why;
  line.same_as = same_as;
  return line;
}

/// One of every kind.
std::vector<services::PhotoLine> every_refusal() {
  std::vector<services::PhotoLine> out;
  std::int64_t number = 1;
  for (const Errc why :
       {Errc::image_not_an_image, Errc::image_type_refused, Errc::image_truncated, Errc::image_too_large,
        Errc::photo_too_many_bytes, Errc::photo_too_small, Errc::photo_dark, Errc::photo_bright, Errc::photo_no_face,
        Errc::photo_many_faces, Errc::photo_face_small, Errc::photo_blurred, Errc::photo_gone, Errc::photo_enough}) {
    out.push_back(refused(number++, why));
  }
  out.push_back(refused(number++, Errc::photo_duplicate, {}, 3));
  return out;
}

}  // namespace

void add_photo_screens(std::map<std::string, Card>& out, const texts::Texts& t, const std::string& name,
                       std::int64_t coins, const Uuid& id, std::int64_t nonce) {
  out["photo_ways"] = photos::ways_card(t);
  photos::PhotosView view;
  view.avatar = id;
  view.name = name;
  view.most = 20;
  view.checking = 1;
  view.draft_days = 7;
  out["photo_consent"] = photos::consent_card(t, view);
  out["photos_checking"] = photos::photos_card(t, view);
  view.checking = 0;
  out["photos_none"] = photos::photos_card(t, view);
  view.lines = {refused(2, Errc::photo_no_face), refused(3, Errc::photo_no_face),
                refused(4, Errc::image_type_refused, "passport.pdf"), refused(5, Errc::photo_duplicate, {}, 1)};
  view.kept = 1;
  view.face = "avatars/a/b.jpg";
  out["photo_consent_refused"] = photos::consent_card(t, view);
  services::PhotoLine weak;
  weak.number = 1;
  weak.weak = Errc::photo_dark;
  view.lines.push_back(weak);
  view.is_ready = true;
  view.kept = 6;
  out["photos_ready"] = photos::photos_card(t, view);
  view.lines = every_refusal();
  out["photos_refused"] = photos::photos_card(t, view);
  photos::ReadyView ready{.avatar = id, .name = name, .face = view.face, .first = std::nullopt};
  out["photo_avatar_ready_beside"] = photos::ready_card(t, ready);
  ready.first = photos::FirstPortrait{"business", nonce, coins};
  out["photo_avatar_ready"] = photos::ready_card(t, ready);
  out["photo_draft_discarded"] = photos::discarded_card(t, name, false);
  out["photo_consent_withdrawn"] = photos::discarded_card(t, name, true);
}

}  // namespace aisha::bot::testing
