// SPDX-License-Identifier: Apache-2.0

#include "sandbox/studio/garments/patterns.hpp"

namespace aisha::sandbox::studio {

void sew_tee(Tailor& t) {
  Cloth jersey{.base = t.dyed({0.80f, 0.80f, 0.79f}),
               .weave = cotton,
               .round = 20,
               .wrinkle = 1,
               .fx = 0.016f,
               .fy = 0.02f,
               .lift = 5,
               .mottle = 0.03f};
  t.piece(
      outline("M -62 34 S -40 62 0 70 40 62 62 34 L 96 56 142 94 126 200 124 430 L -124 430 L -126 200 -142 94 -96 56"),
      jersey, torso_folds(1.2f));
  sleeves(t, jersey, 1.1f, -2);
  jersey.lift = 2;
  t.band(outline("M -63 33 S -40 62 0 70 40 62 63 33"), 6, jersey);
  t.band(outline("M -60 40 S -38 67 0 75 38 67 60 40"), 0.6f, with(kThread, jersey.base * 0.6f), Band::stitches, 2.4f);
}

void sew_breton(Tailor& t) {
  Cloth c{.base = {0.80f, 0.79f, 0.75f},
          .weave = stripes,
          .relief = 1,
          .sheen = 0.1f,
          .round = 20,
          .wrinkle = 0.9f,
          .fx = 0.014f,
          .fy = 0.02f,
          .lift = 6,
          .mottle = 0.02f};
  t.piece(outline("M -86 52 S -44 74 0 76 44 74 86 52 L 142 94 L 126 200 L 124 430 L -124 430 L -126 200 L -142 94"), c,
          torso_folds(1.1f));
  sleeves(t, c, 1.1f, -3);
  c.weave = cotton, c.lift = 3;
  t.band(outline("M -88 51 S -44 75 0 77 44 75 88 51"), 7, c);
  const Cloth k{.base = {0.36f, 0.018f, 0.024f},
                .weave = knit,
                .relief = 0.4f,
                .sheen = 0.3f,
                .round = 8,
                .puff = 1.2f,
                .edge = 2,
                .wrinkle = 1.2f,
                .fx = 0.05f,
                .fy = 0.05f,
                .lift = 5,
                .body = 0.2f};
  Cloth silk = k;
  silk.weave = cotton, silk.spec = 0.12f, silk.gloss = 9;
  t.piece(outline("M -42 10 S -24 40 2 44 26 40 42 8 L 46 22 S 30 58 4 62 -28 58 -47 24"), silk,
          Folds{{outline("M -40 22 S -10 52 30 40"), 4, 2.2f}});
  t.piece(outline("M 6 50 S 30 66 40 96 L 22 104 S 12 80 2 62"), silk, Folds{{outline("M 10 58 S 24 76 30 98"), 4, 2}});
  t.piece(outline("M 0 52 S -18 72 -22 104 L -4 110 S 2 84 10 64"), silk,
          Folds{{outline("M 0 62 S -10 84 -12 104"), 4, 2}});
  t.piece(outline("M -6 48 S 4 42 15 48 18 60 13 68 2 72 -6 66 -10 56 -6 48"), silk);
  t.in_front(true);
  Cloth b = k;
  b.weave = wool, b.relief = 1.6f, b.round = 26, b.puff = 1, b.lift = 9, b.shade = 0.6f, b.wrinkle = 0.7f, b.fx = 0.02f,
  b.fy = 0.02f, b.edge = 3;
  t.piece(askew("M -64 -118 S -84 -132 -90 -150 -70 -172 -20 -184 36 -184 66 -166 76 -144 72 -126 40 -118 0 -114 -40 "
                "-114 -64 -118",
                -0.10f),
          b,
          Folds{{askew("M -74 -126 S -30 -144 30 -150", -0.10f), 12, 2.6f},
                {askew("M -40 -120 S 20 -132 62 -140", -0.10f), 8, -2.f}});
  t.band(askew("M -62 -118 S -36 -111 2 -110 42 -113 70 -122", -0.10f), 7, b);
  t.band(askew("M -14 -184 L -16 -190", -0.10f), 3, b);
}

void sew_linen(Tailor& t) {
  Cloth c{.base = t.dyed({0.74f, 0.78f, 0.82f}),
          .weave = linen,
          .relief = 1.2f,
          .sheen = 0.1f,
          .round = 18,
          .edge = 1.6f,
          .wrinkle = 1.3f,
          .fx = 0.018f,
          .fy = 0.014f,
          .lift = 6,
          .mottle = 0.03f};
  behind_neck(t, c, 42, 8, 8);
  fronts(t, c, "-8 430 L -8 160 S 20 110 36 70 46 40 44 20", 1.3f, "-8 430 L -8 160 S 20 110 36 70 46 40 44 20");
  sleeves(t, c, 1.3f, 0);
  for (const float s : kSides) {
    t.piece(outline("M 42 6 S 52 14 58 28 L 82 84 L 60 104 S 40 108 22 118 34 80 40 52 40 26 38 14 38 6 42 6", s),
            thin(c, 6));
    t.band(outline("M 78 84 L 59 100 S 42 104 28 112", s), 0.6f, with(kThread, c.base * 0.6f), Band::stitches, 2.6f);
    t.band(outline("M 108 63 S 104 108 116 156 120 206", s), 0.7f, with(kThread, c.base * 0.6f), Band::stitches, 3);
  }
  t.band(outline("M -10 160 L -8 430"), 0.8f, with(kThread, c.base * 0.5f));
  t.band(outline("M 10 150 L 10 430"), 0.6f, with(kThread, c.base * 0.6f), Band::stitches, 2.6f);
  for (const float v : {176.f, 222.f, 268.f}) {
    t.dot(1, v, 3.2f,
          {.base = {0.42f, 0.30f, 0.20f}, .spec = 0.4f, .round = 2, .edge = 0.7f, .wrinkle = 0, .lift = 1.5f});
  }
  t.piece(outline("M 52 160 L 100 156 L 100 204 L 78 214 L 55 208"), thin(c, 2));
  t.band(outline("M 54 164 L 98 160"), 0.6f, with(kThread, c.base * 0.55f), Band::stitches, 2.6f);
  t.band(outline("M -36 34 S -20 84 0 104 20 84 36 32"), 1.2f, kGold, Band::beads, 1.6f);
  t.dot(0, 110, 4.6f, kGold);
}

}  // namespace aisha::sandbox::studio
