// SPDX-License-Identifier: Apache-2.0
#include "domain/avatar_photo.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace aisha::domain {
namespace {

PhotoLooks good() {
  PhotoLooks looks;
  looks.width = 1080;
  looks.height = 1440;
  looks.luma = 120;
  looks.dhash = 0xF0F0;
  looks.faces_known = true;
  looks.faces = {{300, 300, 400, 2.0}};
  looks.face_sharpness = 30;
  looks.sharpness = 400;
  return looks;
}

struct Case {
  const char* name;
  std::function<void(PhotoLooks&)> change;
  std::optional<Errc> refused;
  std::optional<Errc> weak;
};

const Case kCases[] = {
    {"good", [](PhotoLooks&) {}, {}, {}},
    {"short side 511", [](PhotoLooks& l) { l.width = 511; }, Errc::photo_too_small, {}},
    {"short side 512", [](PhotoLooks& l) { l.width = 512; }, {}, Errc::photo_too_small},
    {"short side 768", [](PhotoLooks& l) { l.height = l.width = 768; }, {}, {}},
    {"one pixel", [](PhotoLooks& l) { l.height = l.width = 1; }, Errc::photo_too_small, {}},
    {"black", [](PhotoLooks& l) { l.luma = 24.9; }, Errc::photo_dark, {}},
    {"dim", [](PhotoLooks& l) { l.luma = 25; }, {}, Errc::photo_dark},
    {"lit", [](PhotoLooks& l) { l.luma = 45; }, {}, {}},
    {"white", [](PhotoLooks& l) { l.luma = 235.1; }, Errc::photo_bright, {}},
    {"pale", [](PhotoLooks& l) { l.luma = 235; }, {}, Errc::photo_bright},
    {"bright", [](PhotoLooks& l) { l.luma = 215; }, {}, {}},
    {"nobody", [](PhotoLooks& l) { l.faces.clear(); }, Errc::photo_no_face, {}},
    {"two people", [](PhotoLooks& l) { l.faces.push_back({800, 300, 250, 0.5}); }, Errc::photo_many_faces, {}},
    {"a guess beside", [](PhotoLooks& l) { l.faces.push_back({800, 300, 250, -0.1}); }, {}, {}},
    {"somebody far behind", [](PhotoLooks& l) { l.faces.push_back({800, 300, 239, 0.5}); }, {}, {}},
    {"the same face twice", [](PhotoLooks& l) { l.faces.push_back({340, 320, 380, 0.5}); }, {}, {}},
    {"a tiny face", [](PhotoLooks& l) { l.faces[0].side = 95; }, Errc::photo_face_small, {}},
    {"a small face", [](PhotoLooks& l) { l.faces[0].side = 96; }, {}, Errc::photo_face_small},
    {"a face", [](PhotoLooks& l) { l.faces[0].side = 160; }, {}, {}},
    {"a smear", [](PhotoLooks& l) { l.face_sharpness = 3.9; }, Errc::photo_blurred, {}},
    {"soft", [](PhotoLooks& l) { l.face_sharpness = 4; }, {}, Errc::photo_blurred},
    {"sharp", [](PhotoLooks& l) { l.face_sharpness = 9; }, {}, {}},
    {"nobody looked for faces, blurred",
     [](PhotoLooks& l) {
       l.faces_known = false;
       l.faces.clear();
       l.sharpness = 19;
     },
     Errc::photo_blurred,
     {}},
    {"nobody looked for faces, soft",
     [](PhotoLooks& l) {
       l.faces_known = false;
       l.faces.clear();
       l.sharpness = 59;
     },
     {},
     Errc::photo_blurred},
};

TEST(AvatarPhoto, Row142EachThingThatIsWrongHasItsCodeAndItsBound) {
  for (const Case& one : kCases) {
    PhotoLooks looks = good();
    one.change(looks);
    const PhotoVerdict verdict = judge_photo(looks, AvatarKind::portrait, {});
    EXPECT_EQ(verdict.refused, one.refused) << one.name;
    EXPECT_EQ(verdict.weak, one.weak) << one.name;
  }
}

TEST(AvatarPhoto, AMannerOfDrawingNeedsNoFace) {
  PhotoLooks looks = good();
  looks.faces.clear();
  EXPECT_FALSE(judge_photo(looks, AvatarKind::style, {}).refused);
  looks.sharpness = 19;
  EXPECT_EQ(judge_photo(looks, AvatarKind::style, {}).refused, Errc::photo_blurred);
}

TEST(AvatarPhoto, Row146TheSamePictureAgainIsNamedAndANearOneIsWeak) {
  const Uuid first{{1}};
  const Uuid second{{2}};
  const std::vector<KeptPhoto> kept{{first, 0xFF00}, {second, 0xF0F0 ^ 0b111}};
  const auto same = judge_photo(good(), AvatarKind::portrait, kept);
  EXPECT_EQ(same.refused, Errc::photo_duplicate);
  EXPECT_EQ(same.same_as, second);
  const std::vector<KeptPhoto> near{{second, 0xF0F0 ^ 0b1111}};
  const auto close = judge_photo(good(), AvatarKind::portrait, near);
  EXPECT_FALSE(close.refused);
  EXPECT_EQ(close.weak, Errc::photo_duplicate);
  EXPECT_EQ(close.same_as, second);
  const std::vector<KeptPhoto> far{{second, 0xF0F0 ^ 0b1111111}};
  const auto other = judge_photo(good(), AvatarKind::portrait, far);
  EXPECT_FALSE(other.refused || other.weak || other.same_as);
}

TEST(AvatarPhoto, TheLargerAndSharperFaceIsTheBetterPhoto) {
  PhotoLooks larger = good();
  larger.faces[0].side = 500;
  PhotoLooks softer = good();
  softer.face_sharpness = 20;
  const auto merit = [](const PhotoLooks& looks) { return judge_photo(looks, AvatarKind::portrait, {}).merit; };
  EXPECT_GT(merit(larger), merit(good()));
  EXPECT_GT(merit(good()), merit(softer));
}

TEST(AvatarPhoto, AHashIsSixteenDigits) {
  EXPECT_EQ(dhash_text(0xABC), "0000000000000abc");
  EXPECT_EQ(dhash_from("ffffffffffffffff"), ~0ULL);
  for (const char* text : {"", "abc", "000000000000000g", "00000000000000000"}) {
    EXPECT_FALSE(dhash_from(text)) << text;
  }
}

}  // namespace
}  // namespace aisha::domain
