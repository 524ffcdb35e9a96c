// SPDX-License-Identifier: Apache-2.0

#include "sandbox/studio/garments/patterns.hpp"

namespace aisha::sandbox::studio {

void sew_denim(Tailor& t) {
  const Cloth d{.base = t.dyed({0.085f, 0.15f, 0.27f}),
                .weave = denim_twill,
                .relief = 1.2f,
                .spec = 0.01f,
                .gloss = 6,
                .round = 16,
                .edge = 1.8f,
                .bevel = 1.5f,
                .wrinkle = 1.2f,
                .fx = 0.02f,
                .fy = 0.02f,
                .lift = 7};
  behind_neck(t, d, 43, 6, 8);
  tee(t);
  fronts(t, d, "40 430 S 36 330 34 240 44 150 56 90 54 50 46 20", 1.0f);
  sleeves(t, d, 1.2f, 2);
  Cloth seam = plain({0.035f, 0.06f, 0.11f}), st = with(kThread, {0.62f, 0.34f, 0.11f});
  for (const float s : kSides) {
    for (const float o : {0.f, 3.f}) {
      t.band(outline("M 108 63 S 104 110 116 156 120 206", s), 0.7f, st, Band::stitches, 3);
      t.band(
          [&] {
            Path p = outline("M 46 138 S 80 134 112 140", s);
            for (Point& q : p) {
              q.y += o;
            }
            return p;
          }(),
          0.7f, st, Band::stitches, 3);
    }
    t.band(outline("M 45 135 S 80 131 112 137", s), 1.0f, seam);
    t.band(outline("M 106 63 S 102 110 113 156 117 206", s), 1.0f, seam);
    t.band(outline("M 48 148 S 46 240 50 430", s), 0.7f, st, Band::stitches, 3);
    t.band(outline("M 74 180 L 78 430", s), 0.8f, st, Band::stitches, 3);
    t.piece(outline("M 58 150 L 104 152 L 104 172 L 81 186 L 59 170", s), thin(d, 3));
    t.band(outline("M 60 153 L 102 155 L 102 171 L 81 183 L 61 169 L 60 153", s), 0.7f, st, Band::stitches, 3);
    t.dot(s * 81, 173, 3.6f, with(kGold, {0.75f, 0.45f, 0.28f}));
    for (const float v : {126.f, 186.f, 246.f}) {
      t.dot(s * (v < 130 ? 48 : 41), v, 3.8f, with(kGold, {0.75f, 0.45f, 0.28f}));
    }
    t.piece(outline("M 43 4 S 54 14 66 28 L 96 80 L 74 104 S 60 94 52 84 52 54 42 24 39 10 43 4", s), thin(d, 6));
    t.band(outline("M 66 31 L 92 79 L 74 99 S 62 91 55 83", s), 0.7f, st, Band::stitches, 3);
  }
}

/// Zipped up to the chin, with a hood that lies on the back.
void sew_jacket(Tailor& t) {
  const Cloth shell{.base = t.dyed({0.40f, 0.085f, 0.022f}),
                    .weave = cotton,
                    .relief = 0.8f,
                    .spec = 0.09f,
                    .gloss = 9,
                    .round = 18,
                    .puff = 1.1f,
                    .edge = 2,
                    .bevel = 1.5f,
                    .wrinkle = 1.4f,
                    .fx = 0.022f,
                    .fy = 0.016f,
                    .lift = 7,
                    .mottle = 0.05f};
  const Cloth zip = with(kGold, {0.80f, 0.82f, 0.86f});
  Cloth hood = shell;
  hood.round = 22, hood.wrinkle = 1.6f;
  t.piece(outline("M -40 -6 S -66 0 -84 26 -74 58 -40 72 L 40 72 S 74 58 84 26 66 0 40 -6"), hood,
          Folds{{outline("M -72 10 S -50 40 -30 60"), 8, 3.f}, {outline("M 72 10 S 50 40 30 60"), 8, -3.f}});
  skin_base(t, Skin::neck);
  fronts(t, shell, "-6 430 S -4 330 -3 262 0 160 2 90 20 50 46 20", 1.2f,
         "-2 430 S -2 330 -1 262 0 160 0 90 20 50 46 20");
  sleeves(t, shell, 1.4f, 7, 3);
  t.piece(outline("M -46 4 S -54 24 -52 46 -30 66 0 70 30 66 52 46 54 24 45 2 L 36 8 S 22 28 0 32 -24 28 -37 8"),
          thin(shell, 6), Folds{{outline("M -44 30 S -16 52 20 52"), 6, 1.6f}});
  t.band(outline("M 0 36 L 0 430"), 7, with(plain(shell.base), shell.base * 0.6f));
  t.band(outline("M 0 38 L 0 430"), 2.6f, zip, Band::beads, 2.6f);
  t.piece(outline("M -3 92 L 3 92 L 3.6 108 L -3.6 108"), zip);
  for (const float s : kSides) {
    t.band(outline("M 106 63 S 102 110 113 156 117 206", s), 0.7f, with(kThread, shell.base * 0.5f), Band::stitches, 3);
    t.band(outline("M 20 124 S 66 128 114 120", s), 0.8f, with(kThread, shell.base * 0.5f), Band::stitches, 3);
    t.piece(outline("M 52 214 L 92 190 L 96 200 L 57 225", s), thin(shell, 3));
    t.band(outline("M 30 60 S 26 86 28 104", s), 1.6f, with(kThread, {0.7f, 0.68f, 0.62f}), Band::rope, 3);
    t.dot(s * 28, 107, 2.6f, zip);
  }
}

void sew_biker(Tailor& t) {
  const Cloth c{.base = t.dyed({0.020f, 0.019f, 0.021f}),
                .weave = leather,
                .relief = 0.45f,
                .spec = 0.30f,
                .gloss = 10,
                .sheen = 0.3f,
                .round = 18,
                .edge = 2,
                .bevel = 1.6f,
                .wrinkle = 1.3f,
                .fx = 0.022f,
                .fy = 0.02f,
                .lift = 7};
  const Cloth zip = with(kGold, {0.80f, 0.82f, 0.86f});
  behind_neck(t, c, 43, 4, 8);
  tee(t);
  fronts(t, c, "26 430 S 24 330 30 250 42 170 54 100 54 50 46 20", 1.2f,
         "-30 430 S -24 330 0 262 32 180 50 100 52 60 46 20");
  sleeves(t, c, 1.4f, 2);
  for (const float s : kSides) {
    t.piece(outline(s > 0 ? "M 50 46 L 86 82 L 122 96 S 110 150 70 200 40 240 22 262 40 190 50 120 50 70 50 46"
                          : "M 50 46 L 86 82 L 128 100 S 104 170 50 230 14 262 -8 276 28 196 46 120 50 78 50 46",
                    s),
            thin(c, 7));
    t.band(outline(s > 0 ? "M 122 98 S 108 152 68 202 40 240 24 262" : "M 128 102 S 104 172 50 232 14 262 -6 276", s),
           3.0f, zip, Band::beads, 2.6f);
    t.piece(outline("M 43 0 S 56 12 66 26 84 50 98 66 L 86 88 L 56 66 S 50 42 44 20 40 8 43 0", s), thin(c, 7));
    t.dot(s * 88, 78, 3.2f, zip);
    t.dot(s * 112, 97, 3.2f, zip);
    t.piece(outline("M 72 46 S 108 58 146 80 L 150 92 L 142 98 S 106 78 70 62", s), thin(c, 4));
    t.dot(s * 84, 58, 3, zip);
    t.band(outline("M 66 214 L 100 196", s), 3.4f, zip, Band::beads, 2.8f);
  }
}

}  // namespace aisha::sandbox::studio
