// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "sandbox/studio/garments/patterns.hpp"

namespace aisha::sandbox::studio {

namespace {

/// "Golden armour" is of that metal, not under a golden cape.
Cloth steel_of(const Tailor& t) {
  return with(kSteel, t.dyed(kSteel.base));
}

/// Three plates over each shoulder.
void pauldrons(Tailor& t) {
  Cloth plate = steel_of(t);
  plate.round = 13, plate.puff = 1.3f, plate.lift = 6;
  for (const float s : kSides) {
    for (int i = 2; i >= 0; --i) {
      const float y = 30.f * float(i), o = 3.f * float(i), u = 86 + 10.f * float(i), w = 112 + 4.f * float(i);
      t.piece(outline(fmt::format("M {} {} S 118 {} 150 {} 176 {} 182 {} 184 {} 180 {} 152 {} {} {} 84 {} {} {}", u,
                                  62 + y, 52 + y * 0.9f, 66 + y * 0.9f, 90 + y, 122 + y, 138 + y, 146 + y - o, 136 + y,
                                  w, 124 + y, 98 + y, u, 62 + y),
                      s),
              plate);
      t.band(outline(fmt::format("M {} {} S 152 {} 180 {}", w, 122 + y, 134 + y, 144 + y - o), s), 4, kGold);
      t.dot(s * 160, 122 + y, 3, kGold);
    }
  }
}

void gorget(Tailor& t) {
  Cloth go = steel_of(t);
  go.round = 10, go.lift = 6, go.body = 0.2f;
  t.piece(
      outline("M -48 22 S -84 46 -96 60 -70 88 -34 96 0 106 34 96 70 88 96 60 84 46 48 22 20 40 0 42 -20 40 -48 22"),
      go, Folds{{outline("M 0 40 S 1 70 0 104"), 8, 3.f}});
  t.band(outline("M -94 61 S -70 86 -34 94 0 104 34 94 70 86 94 61"), 4, kGold);
  t.piece(outline("M -43 0 S -50 22 -54 38 -30 58 0 62 30 58 52 36 46 20 41 -2 24 16 0 20 -24 16 -43 0"), go,
          Folds{{outline("M 0 20 S 1 40 0 60"), 6, 2.f}});
  t.band(outline("M -42 2 S -24 17 0 21 24 17 40 0"), 4.5f, kGold, Band::rope, 5);
  for (const float s : kSides) {
    t.dot(s * 40, 44, 2.6f, kGold);
    t.dot(s * 78, 64, 3, kGold);
  }
}

}  // namespace

void sew_armour(Tailor& t) {
  const Cloth ml{.base = {0.42f, 0.43f, 0.46f},
                 .weave = mail,
                 .relief = 1,
                 .spec = 0.3f,
                 .gloss = 12,
                 .metal = 0.5f,
                 .round = 20,
                 .wrinkle = 0.5f,
                 .lift = 4};
  const Cloth cape{.base = {0.22f, 0.014f, 0.020f},
                   .weave = wool,
                   .sheen = 0.4f,
                   .round = 14,
                   .edge = 3,
                   .wrinkle = 1.6f,
                   .fx = 0.04f,
                   .fy = 0.006f};
  for (const float s : kSides) {
    t.piece(outline("M 50 30 S 100 40 150 62 196 110 206 250 210 430 L 110 430 L 60 60", s), cape,
            Folds{{outline("M 150 80 S 182 160 190 330", s), 9, 4.f * s}});
  }
  sew_body(t, ml, 0.6f, -2);
  Cloth st = steel_of(t);
  for (const float s : kSides) {
    t.piece(outline("M 118 190 S 140 184 166 190 174 250 170 330 L 112 330 S 112 250 118 190", s), st);
    t.band(outline("M 118 193 S 140 187 166 193", s), 4, kGold);
  }
  st.round = 26;
  t.piece(outline("M -104 66 S -70 88 -40 86 0 92 40 86 70 88 104 66 108 120 118 178 122 250 112 430 L -112 430 S -122 "
                  "250 -118 178 -108 120 -104 66"),
          st, Folds{{outline("M 0 70 S 3 200 0 420"), 15, 7.f}});
  for (const float v : {232.f, 262.f}) {
    Path p = outline("M -122 0 S -60 22 0 26 60 22 122 0");
    for (Point& q : p) {
      q.y += v;
    }
    t.band(p, 3, kGold);
  }
  t.piece(outline("M 0 128 L 9 146 L 30 150 L 14 164 L 18 186 L 0 175 L -18 186 L -14 164 L -30 150 L -9 146"), kGold);
  pauldrons(t);
  gorget(t);
}

void sew_hero(Tailor& t) {
  const Cloth s1{.base = {0.010f, 0.075f, 0.105f},
                 .weave = hexagons,
                 .relief = 0.6f,
                 .spec = 0.18f,
                 .gloss = 14,
                 .sheen = 0.4f,
                 .round = 20,
                 .puff = 1.1f,
                 .wrinkle = 0.2f,
                 .lift = 5,
                 .body = 0.9f};
  const Cloth cape{.base = t.dyed({0.46f, 0.10f, 0.010f}),
                   .weave = cotton,
                   .spec = 0.06f,
                   .gloss = 8,
                   .sheen = 0.5f,
                   .round = 15,
                   .edge = 3,
                   .wrinkle = 1.4f,
                   .fx = 0.035f,
                   .fy = 0.007f,
                   .lift = 7};
  for (const float s : kSides) {
    t.piece(outline("M 50 26 S 110 40 156 74 206 170 226 300 232 430 L 100 430 L 60 60", s), cape,
            Folds{{outline("M 140 70 S 190 180 204 400", s), 10, 5.f * s},
                  {outline("M 120 70 S 166 180 176 400", s), 9, -4.f * s}});
  }
  behind_neck(t, cape, 42, 4, 8);
  Folds f{{outline("M -96 150 S -70 222 -10 214"), 12, -4.f},
          {outline("M 96 150 S 70 222 10 214"), 12, 4.f},
          {outline("M 0 190 S 1 300 0 420"), 9, -3.f},
          {outline("M -90 250 S -50 262 -10 256"), 9, -2.f},
          {outline("M 90 250 S 50 262 10 256"), 9, 2.f}};
  t.piece(torso(), s1, f);
  sleeves(t, s1, 0.4f, -5);
  const Cloth red = with(s1, {0.012f, 0.022f, 0.034f});
  for (const float s : kSides) {
    t.piece(outline("M 118 210 S 140 204 166 212 L 166 430 L 112 430 S 112 300 118 210", s), thin(red, 4));
    t.band(outline("M 117 210 S 140 204 167 212", s), 4, kGold);
    t.band(outline("M 62 50 S 84 110 100 180 108 300 104 430", s), 2.4f, kGold);
  }
  t.dot(0, 150, 37, kGold);
  t.dot(0, 150, 31, thin(red, 1));
  t.piece(outline("M 0 108 L 7 143 L 40 150 L 7 157 L 0 196 L -7 157 L -40 150 L -7 143"), kGold);
  t.piece(outline("M 0 150 L 16 134 L 7 150 L 16 166 L 0 157 L -16 166 L -7 150 L -16 134 L 0 143"), kGold);
  for (const float s : kSides) {
    t.piece(outline("M 40 4 S 60 30 96 48 136 64 156 92 128 88 100 84 60 76 26 62 36 34 40 4", s), cape,
            Folds{{outline("M 46 30 S 80 62 140 84", s), 8, 3.4f * s},
                  {outline("M 40 46 S 70 70 110 82", s), 6, -2.4f * s}});
    t.dot(s * 50, 70, 9, kGold);
    t.dot(s * 50, 70, 5.5f, with(kGold, {0.8f, 0.45f, 0.15f}));
  }
  t.piece(outline("M -41 4 S -48 24 -54 44 -30 64 0 68 30 64 52 42 46 22 40 2 36 4 28 36 0 52 -28 36 -36 6 -41 4"),
          thin(red, 4));
  t.band(outline("M -38 6 S -28 37 0 54 28 37 37 4"), 2.2f, kGold);
}

namespace {

constexpr Colour kCyan{0.05f, 0.95f, 1.1f}, kMagenta{1.2f, 0.06f, 0.62f};

const Cloth kPad{.base = {0.012f, 0.013f, 0.018f},
                 .weave = hexagons,
                 .relief = 1,
                 .spec = 0.35f,
                 .gloss = 22,
                 .round = 10,
                 .puff = 1.2f,
                 .edge = 2,
                 .bevel = 1.4f,
                 .wrinkle = 0,
                 .lift = 5};

/// A glowing line in a dark seam.
void neon(Tailor& t, const Path& line, Colour glow, float width = 2.2f) {
  t.band(line, width + 2.6f, plain({0.012f, 0.012f, 0.014f}));
  Cloth light = plain({0, 0, 0});
  light.lift = 0, light.glow = glow;
  t.band(line, 20, light, Band::glow);
  t.band(line, width, light);
}

}  // namespace

void sew_techwear(Tailor& t) {
  const Cloth c{.base = t.dyed({0.022f, 0.024f, 0.032f}),
                .weave = tech,
                .spec = 0.10f,
                .gloss = 12,
                .sheen = 0.2f,
                .round = 16,
                .edge = 2,
                .bevel = 1.6f,
                .wrinkle = 1.0f,
                .fx = 0.02f,
                .fy = 0.02f,
                .lift = 6};
  roll_neck(t, {.base = {0.03f, 0.032f, 0.04f}, .weave = fine_rib, .round = 12, .wrinkle = 0.3f});
  sew_body(t, c, 1.1f, 2);
  t.piece(outline("M -60 54 S -66 36 -62 8 -54 -8 -50 -10 -46 30 -34 60 0 120 20 300 L 20 430 L -124 430 S -122 260 "
                  "-112 130 -80 70 -60 54"),
          c, torso_folds(1));
  t.piece(outline("M 58 52 S 68 36 64 6 56 -10 51 -12 46 26 34 60 8 96 -8 150 -4 300 L -6 430 L 124 430 S 122 260 112 "
                  "130 82 70 58 52"),
          thin(c, 8), torso_folds(1));
  neon(t, outline("M 50 4 S 45 30 32 62 6 98 -9 150 -5 300 -7 430"), kCyan);
  neon(t, outline("M -48 6 S -44 32 -33 60 -20 84 -12 104"), kMagenta);
  for (const float s : kSides) {
    t.piece(outline("M 92 56 S 128 62 152 90 166 124 166 156 150 168 132 160 116 130 104 100 92 56", s), kPad);
    neon(t, outline("M 104 100 S 116 132 132 160", s), s < 0 ? kMagenta : kCyan, 1.6f);
    t.piece(outline("M 114 192 S 140 186 168 196 L 169 210 S 140 200 114 206", s), thin(kPad, 3));
    t.piece(outline("M 132 188 L 144 188 L 145 204 L 132 203", s), with(kSteel, {0.4f, 0.42f, 0.46f}));
    neon(t, outline("M 154 214 S 158 260 152 430", s), s < 0 ? kMagenta : kCyan, 1.4f);
  }
  t.piece(outline("M -117 142 S -60 160 -13 166 L -12 178 S -60 172 -117 155"), thin(kPad, 3));
  t.piece(outline("M -7 166 S 60 162 117 142 L 117 155 S 60 174 -7 178"), thin(kPad, 3));
  t.piece(outline("M -70 152 L -46 158 L -46 180 L -70 174"), with(kSteel, {0.4f, 0.42f, 0.46f}));
  t.piece(outline("M 36 198 L 92 188 L 94 236 L 40 246"), thin(c, 4));
  neon(t, outline("M 42 204 L 88 196"), kMagenta, 1.4f);
  t.piece(outline("M -92 104 L -58 112 L -58 124 L -92 116"), thin(kPad, 2));
  for (int i = 0; i < 4; ++i) {
    Cloth n = plain({0, 0, 0});
    n.glow = i == 1 ? kMagenta : kCyan, n.lift = 0;
    t.dot(-86.f + 7.5f * i, 111.5f + 1.8f * i, 1.9f, n);
  }
}

}  // namespace aisha::sandbox::studio
