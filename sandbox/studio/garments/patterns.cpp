// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/garments/patterns.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aisha::sandbox::studio {

using std::max;

namespace {

constexpr std::string_view kTorso =
    "M 0 22 L 42 22 S 62 43 96 58 126 72 142 94 134 150 126 200 121 260 124 430 L 0 430";

/// Not the same on both arms.
Folds sleeve_folds(float side, float d) {
  if (side > 0) {
    return {{outline("M 116 152 S 136 160 160 162"), 9, 3.2f * d},
            {outline("M 114 196 S 130 196 160 222"), 10, -3.0f * d},
            {outline("M 166 232 S 140 258 112 262"), 11, 3.6f * d},
            {outline("M 112 292 S 140 286 168 306"), 9, -2.8f * d},
            {outline("M 128 84 S 136 130 140 190"), 13, 1.6f * d}};
  }
  return {{outline("M -116 166 S -134 167 -156 156"), 9, -3.2f * d},
          {outline("M -114 190 S -138 200 -166 202"), 10, 3.2f * d},
          {outline("M -114 246 S -136 240 -168 262"), 10, -3.2f * d},
          {outline("M -168 280 S -140 300 -112 296"), 11, 3.0f * d},
          {outline("M -128 84 S -136 130 -140 190"), 13, -1.6f * d}};
}

Path sleeve(float side, float out, float up) {
  return outline(fmt::format("M 108 {} S 134 {} {} {} {} 150 {} 230 {} 300 {} 430 L 110 430 S 112 330 116 260 120 206 "
                             "116 156 106 108 108 {}",
                             63 - up, 70 - up, 150 + out, 94 - up, 162 + out, 168 + out, 168 + out, 162 + out, 63 - up),
                 side);
}

constexpr std::string_view kNeckSkin = "M 0 -40 L 39 -40 S 36 -24 34 -10 33 8 36 20 L 38 40 L 0 40";
constexpr std::string_view kThroatSkin = "M 0 -40 L 39 -40 S 36 -24 34 -10 33 8 36 20 44 32 60 46 90 90 70 180 L 0 180";
constexpr std::string_view kShoulderSkin =
    "M 0 -40 L 39 -40 S 36 -24 34 -10 33 8 37 22 54 38 92 54 124 64 142 84 152 120 154 200 150 300 L 148 430 L 126 430 "
    "S 122 300 119 218 L 117 212 S 106 280 106 430 L 0 430";

}  // namespace

Path torso() {
  return both_halves(kTorso);
}

Folds torso_folds(float d) {
  return {{outline("M 116 172 S 88 190 58 190 30 200"), 11, 2.6f * d},
          {outline("M -116 176 S -92 204 -62 214"), 11, -2.8f * d},
          {outline("M 112 236 S 80 250 44 282"), 12, 3.0f * d},
          {outline("M -114 226 S -84 262 -40 266"), 12, 2.8f * d},
          {outline("M 92 84 S 84 112 86 150"), 13, 1.8f * d},
          {outline("M -94 86 S -88 120 -84 150"), 13, -1.8f * d}};
}

void sleeves(Tailor& t, Cloth cloth, float folds, float out, float up) {
  cloth.edge = max(0.8f, 0.6f * cloth.edge), cloth.bevel *= 0.5f;
  cloth.round = 20, cloth.puff = 1.15f, cloth.lift = 4, cloth.shade = 0.45f;
  for (const float side : kSides) {
    t.piece(sleeve(side, out, up), cloth, sleeve_folds(side, folds));
  }
}

void sew_body(Tailor& t, const Cloth& cloth, float folds, float out) {
  t.piece(torso(), cloth, torso_folds(folds));
  sleeves(t, cloth, folds, out);
}

// Shoulder, side, then back up along the opening.
void fronts(Tailor& t, const Cloth& cloth, std::string_view opening, float folds, std::string_view left) {
  for (const float side : {1.f, -1.f}) {
    const auto edge = side < 0 && !left.empty() ? left : opening;
    t.piece(
        outline(fmt::format("M 46 20 S 64 42 96 57 128 72 143 95 136 150 127 200 122 260 124 430 L {}", edge), side),
        cloth, torso_folds(folds));
  }
}

void lapels(Tailor& t, const Cloth& cloth, float reach) {
  const Cloth lap = thin(cloth);
  for (const float side : {1.f, -1.f}) {
    t.piece(outline(fmt::format("M 52 46 L 84 90 L {} 97 S {} 172 44 226 16 252 {} 266 S 24 196 44 120 50 78 52 46",
                                104 + reach, 86 + reach, side < 0 ? -8 : -4),
                    side),
            lap);
    t.piece(outline("M 43 6 S 52 16 62 29 78 52 91 69 L 84 91 L 54 72 S 51 48 43 26 40 12 43 6", side), lap);
    t.band(outline("M 104 99 S 84 172 44 224 16 250 -2 262", side), 0.6f, with(kThread, cloth.base * 1.6f),
           Band::stitches, 2.4f);
  }
}

void roll_neck(Tailor& t, Cloth cloth) {
  cloth.relief *= 1.2f, cloth.round = 13, cloth.puff = 1.0f, cloth.wrinkle = 0.5f, cloth.edge = 2.2f;
  cloth.bevel = 1.3f, cloth.lift = 4, cloth.body = 0.1f;
  Cloth inside = cloth;
  inside.weave = nullptr;
  behind_neck(t, inside, 40.5f, 1, 7, Skin::neck);
  t.piece(outline("M -39 6 L -42 30 S -48 52 -56 64 -30 82 2 84 34 80 56 62 46 48 41 28 L 37 4 L 0 14"), cloth);
  cloth.lift = 6;
  t.piece(
      outline("M -41 1 S -45 12 -47 24 -50 42 -30 57 0 61 28 57 48 40 45 22 41 1 L 39.5 0 S 33 7 22 11 -2 15 -24 11 "
              "-35 7 -39.5 0"),
      cloth, Folds{{outline("M -46 26 S -20 42 10 44"), 5, 1.3f}, {outline("M 44 22 S 24 36 4 36"), 5, -1.2f}});
}

void tee(Tailor& t) {
  const Cloth jersey{.base = {0.80f, 0.80f, 0.79f},
                     .weave = cotton,
                     .round = 18,
                     .wrinkle = 1,
                     .fx = 0.016f,
                     .fy = 0.02f,
                     .mottle = 0.02f};
  Cloth ring = jersey;
  ring.lift = 2;
  t.piece(outline("M -43 20 S -28 48 0 52 28 48 43 20 L 60 40 S 90 60 90 120 80 430 L -80 430 S -90 120 -90 60 -60 40"),
          jersey, torso_folds(1.2f));
  t.band(outline("M -42 22 S -28 49 0 53 28 49 42 22"), 6, ring);
  t.band(outline("M -41 27 S -28 53 0 57 28 53 41 27"), 0.6f, kThread, Band::stitches, 2.4f);
}

void skin_base(Tailor& t, Skin bare) {
  if (t.is_in_front()) {
    return;  // it would cover the chin
  }
  Folds folds;
  for (const float s : kSides) {
    folds.push_back({outline("M 10 70 S 50 62 92 54 120 62", s), 7, 1.9f * s});
    folds.push_back({outline("M 35 -10 S 32 24 14 58", s), 9, 1.5f * s});
    if (bare == Skin::shoulders) {
      folds.push_back({outline("M 122 110 S 114 180 116 230", s), 8, 4.f * s});
    }
  }
  folds.push_back({outline("M 0 150 S 1 190 0 260"), 9, -2.0f});
  const Cloth skin{.base = t.skin(),
                   .weave = t.furry() ? fur : nullptr,
                   .spec = 0.08f,
                   .gloss = 8,
                   .skin = 1,
                   .round = 15,
                   .puff = 0.9f,
                   .edge = 0.6f,
                   .bevel = 0,
                   .wrinkle = 0,
                   .lift = 0,
                   .body = 1.0f,
                   .mottle = 0.05f};
  t.piece(both_halves(bare == Skin::shoulders ? kShoulderSkin
                      : bare == Skin::throat  ? kThroatSkin
                                              : kNeckSkin),
          skin, folds);
  t.show_neck();
}

void bare_neck(Tailor& t, std::string_view opening) {
  if (t.is_in_front()) {
    return;
  }
  const Cloth skin{.base = t.skin(),
                   .weave = t.furry() ? fur : nullptr,
                   .spec = 0.05f,
                   .gloss = 9,
                   .skin = 1,
                   .round = 13,
                   .puff = 0.1f,
                   .edge = 0.5f,
                   .bevel = 0,
                   .wrinkle = 0,
                   .lift = 0,
                   .body = 0.75f,
                   .mottle = 0.03f};
  t.piece(outline(opening), skin,
          Folds{{outline("M -35 -10 S -32 24 -14 58"), 9, -1.5f}, {outline("M 35 -10 S 32 24 14 58"), 9, 1.5f}});
  t.show_neck();
}

void behind_neck(Tailor& t, Cloth cloth, float u, float v, float up, Skin skin) {
  if (t.is_in_front()) {
    return;
  }
  cloth.base = cloth.base * 0.5f, cloth.lift = 0, cloth.round = 12, cloth.puff = -0.5f;
  t.piece(outline(fmt::format("M {} {} S {} {} 0 {} {} {} {} {} L {} 34 L {} 34", -u, v, -0.6f * u, v - 0.7f * up,
                              v - up, 0.6f * u, v - 0.7f * up, u, v, u + 3, -u - 3)),
          cloth);
  skin_base(t, skin);
}

}  // namespace aisha::sandbox::studio
