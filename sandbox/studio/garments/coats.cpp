// SPDX-License-Identifier: Apache-2.0

#include "sandbox/studio/garments/patterns.hpp"
#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

namespace {

void trench(Tailor& t, const Cloth& c) {
  behind_neck(t, c, 48, -6, 12);
  t.piece(outline("M -56 56 L 0 70 L 56 54 L 70 300 L -70 300"),
          {.base = {0.02f, 0.02f, 0.022f}, .weave = fine_rib, .sheen = 0.5f, .wrinkle = 0.6f});
  roll_neck(
      t, {.base = {0.02f, 0.02f, 0.022f}, .weave = rib, .relief = 0.6f, .sheen = 0.5f, .round = 12, .wrinkle = 0.4f});
  fronts(t, c, "-30 430 S -20 330 -2 250 30 170 56 100 58 60 46 20", 1);
  sleeves(t, c, 1.1f, 4);
  t.piece(outline("M 60 60 S 100 74 134 92 140 130 130 158 96 172 62 160 56 110 60 60"), thin(c, 5));
  t.band(outline("M 132 155 S 96 168 64 157"), 0.7f, kThread, Band::stitches, 3);
  for (const float s : kSides) {
    t.piece(outline("M 72 44 S 108 56 146 78 L 150 90 L 142 96 S 106 76 70 60", s), thin(c, 4));
    t.dot(s * 84, 57, 3.4f, plain({0.06f, 0.035f, 0.02f}));
    t.piece(outline("M 50 44 L 92 84 L 122 96 S 92 176 50 232 20 254 2 262 32 190 50 110 52 76 50 44", s), thin(c, 7));
    t.band(outline("M 118 98 S 90 174 49 228 22 248", s), 0.7f, kThread, Band::stitches, 3);
    t.piece(outline("M 46 -8 S 58 0 68 14 86 38 102 62 L 90 88 L 56 66 S 50 40 44 14 42 -4 46 -8", s), thin(c, 7));
    t.band(outline("M 66 15 S 84 40 98 63 L 89 84", s), 0.7f, kThread, Band::stitches, 3);
    t.dot(s * 46, 276, 5.5f,
          {.base = {0.05f, 0.03f, 0.018f}, .spec = 0.4f, .gloss = 14, .round = 3, .wrinkle = 0, .lift = 2});
  }
}

}  // namespace

void sew_trench(Tailor& t) {
  const Cloth c{.base = t.dyed({0.36f, 0.26f, 0.155f}),
                .weave = wool,
                .relief = 0.8f,
                .spec = 0.02f,
                .gloss = 7,
                .round = 16,
                .edge = 2,
                .bevel = 1.5f,
                .wrinkle = 1.1f,
                .fx = 0.02f,
                .fy = 0.012f,
                .lift = 8,
                .shade = 0.7f};
  trench(t, c);
}

/// The same cut in worn leather.
void sew_western(Tailor& t) {
  trench(t, {.base = t.dyed({0.13f, 0.062f, 0.026f}),
             .weave = leather,
             .relief = 0.45f,
             .spec = 0.12f,
             .gloss = 9,
             .sheen = 0.3f,
             .round = 16,
             .edge = 2,
             .bevel = 1.5f,
             .wrinkle = 1.2f,
             .fx = 0.02f,
             .fy = 0.012f,
             .lift = 8,
             .shade = 0.7f,
             .mottle = 0.25f});
}

namespace {
constexpr Colour kCream{0.78f, 0.70f, 0.58f};
}  // namespace

void wrap_scarf(Tailor& t, Colour base) {
  const Cloth k{.base = base,
                .weave = knit,
                .relief = 0.9f,
                .sheen = 0.3f,
                .round = 12,
                .puff = 1.2f,
                .edge = 3,
                .bevel = 1.3f,
                .wrinkle = 0.9f,
                .fx = 0.03f,
                .fy = 0.03f,
                .lift = 9,
                .shade = 0.65f,
                .body = 0.2f};
  t.piece(outline("M -46 64 S -30 60 -14 70 -8 140 -12 200 -16 250 L -64 254 S -62 180 -56 120 -46 64"), k,
          Folds{{outline("M -34 76 S -40 160 -44 250"), 9, 2.6f}});
  for (int i = 0; i < 12; ++i) {
    const float u = -62 + i * 4.1f, o = 3 * hash(i, 2, 3);
    t.band({{u, 250}, {u - 1, 262}, {u + o - 2, 284 + 2 * o}}, 2.6f, k, Band::rope, 4);
  }
  t.piece(outline("M -66 26 S -40 26 0 34 40 26 66 24 82 54 70 78 34 96 0 100 -36 96 -72 80 -82 54 -66 26"), k,
          Folds{{outline("M -66 62 S -30 84 10 84 60 66"), 8, 3.f}, {outline("M -60 46 S -20 64 20 62"), 7, -2.4f}});
  t.piece(outline("M -54 6 S -44 -2 -38 2 -20 22 2 24 26 20 38 -2 50 -4 58 8 70 30 64 50 30 64 -2 62 -40 66 -66 52 -68 "
                  "28 -54 6"),
          k, Folds{{outline("M -60 24 S -28 46 4 44"), 7, 2.6f}, {outline("M 60 20 S 34 44 0 50"), 8, -2.8f}});
}

void sew_coat(Tailor& t) {
  const Cloth c{.base = t.dyed({0.26f, 0.018f, 0.022f}),
                .weave = wool,
                .relief = 1.4f,
                .sheen = 0.35f,
                .round = 18,
                .edge = 2.4f,
                .bevel = 1.5f,
                .wrinkle = 1,
                .fx = 0.018f,
                .fy = 0.012f,
                .lift = 8};
  t.piece(outline("M -56 60 L 56 60 L 60 430 L -60 430"),
          {.base = {0.05f, 0.045f, 0.05f}, .weave = fine_rib, .sheen = 0.4f, .wrinkle = 0.6f});
  fronts(t, c, "-14 430 S -10 330 -6 262 26 190 50 110 52 60 46 20", 1,
         "-26 430 S -22 330 -14 262 20 190 50 110 52 60 46 20");
  sleeves(t, c, 1, 4);
  lapels(t, c, 6);
  for (const float s : kSides) {
    t.dot(s * 26, 292, 7,
          {.base = {0.03f, 0.02f, 0.018f}, .spec = 0.4f, .gloss = 14, .round = 4, .wrinkle = 0, .lift = 3});
  }
  wrap_scarf(t, kCream);
}

namespace {

void hood(Tailor& t, const Cloth& cloth) {
  t.in_front(true);
  const Path shape = outline(
      "M 0 -206 S 30 -206 62 -186 92 -146 102 -90 102 -30 98 20 96 70 L 40 80 L 36 60 S 60 20 72 -20 80 -70 74 -112 44 "
      "-144 2 -149 -42 -144 -70 -112 -76 -70 -68 -20 -58 20 -36 60 L -40 80 L -96 70 S -98 20 -102 -30 -102 -90 -92 "
      "-146 -62 -186 -30 -206 0 -206");
  t.piece(shape, cloth,
          Folds{{outline("M -10 -200 S -60 -176 -84 -110 -86 -40"), 9, 4.f},
                {outline("M 20 -200 S 70 -170 88 -110 90 -30"), 9, -4.f},
                {outline("M -50 -168 S -84 -120 -84 0"), 7, -3.f}});
  t.band(
      outline("M -50 40 S -62 10 -70 -20 -78 -70 -72 -112 -43 -146 2 -151 45 -146 76 -112 82 -70 74 -20 64 10 52 40"),
      4, with(kGold, {0.55f, 0.42f, 0.20f}), Band::rope, 6);
}

}  // namespace

void sew_cloak(Tailor& t) {
  const Cloth c{.base = t.dyed({0.040f, 0.062f, 0.028f}),
                .weave = wool,
                .relief = 1.6f,
                .sheen = 0.4f,
                .round = 16,
                .edge = 3.5f,
                .bevel = 1.4f,
                .wrinkle = 1.7f,
                .fx = 0.03f,
                .fy = 0.007f,
                .lift = 9,
                .shade = 0.75f,
                .mottle = 0.22f};
  const Cloth lea{
      .base = {0.10f, 0.050f, 0.022f}, .weave = leather, .spec = 0.10f, .gloss = 9, .round = 18, .wrinkle = 0.6f};
  if (!t.furry()) {
    t.piece(
        outline("M 0 -178 S 48 -172 86 -130 96 -70 90 -20 80 20 56 60 L -56 60 S -80 20 -90 -20 -96 -70 -86 -130 -48 "
                "-172 0 -178"),
        {.base = c.base * 0.20f, .round = 20, .puff = -0.6f, .wrinkle = 0.5f, .lift = 0});  // inside of the hood
  }
  skin_base(t, Skin::throat);
  t.piece(outline("M -60 60 L -30 60 S -12 84 0 110 12 84 30 60 L 60 60 L 110 120 L 120 430 L -120 430 L -110 120"),
          lea, torso_folds(0.8f));
  for (int i = 0; i < 5; ++i) {
    const float v = 118 + i * 22.f;
    for (const float s : kSides) {
      t.band({{-9.f * s, v}, {9.f * s, v + 18}}, 2.6f, with(lea, {0.30f, 0.20f, 0.10f}), Band::rope, 4);
      t.dot(s * 10, v, 2.4f, kGold);
    }
  }
  if (!t.furry()) {  // ears want no hood
    hood(t, c);
  }
  for (const float s : kSides) {
    t.piece(outline("M 98 6 S 104 30 114 46 160 66 180 120 196 250 198 430 L 78 430 S 66 300 46 200 22 130 2 96 26 70 "
                    "44 46 56 24 62 8 80 -6 98 6",
                    s),
            c,
            Folds{{outline("M 76 10 S 64 60 30 94", s), 9, -3.6f * s},
                  {outline("M 100 60 S 108 180 120 400", s), 11, 5.f * s},
                  {outline("M 60 70 S 78 180 96 400", s), 10, -4.f * s},
                  {outline("M 140 76 S 158 200 164 400", s), 12, 4.6f * s},
                  {outline("M 84 -20 S 78 40 44 84", s), 8, 3.f * s}});
    t.band(outline("M 60 12 S 54 30 42 48 26 70 2 96 22 130 46 200 66 300 78 430", s), 4.5f,
           with(kGold, {0.55f, 0.42f, 0.20f}), Band::rope, 6);
  }
  const Cloth brooch = with(kGold, {0.86f, 0.80f, 0.66f});
  for (const float s : kSides) {
    t.piece(outline("M 0 84 S 18 80 26 94 18 112 0 120 6 100 0 84", s), brooch);
  }
  t.dot(0, 101, 8.5f, brooch);
  t.dot(0, 101, 6, jewel({0.02f, 0.25f, 0.12f}));
}

}  // namespace aisha::sandbox::studio
