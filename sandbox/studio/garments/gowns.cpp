// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "sandbox/studio/garments/patterns.hpp"
#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

namespace {

constexpr Colour kEvening[] = {{0.20f, 0.010f, 0.030f}, {0.008f, 0.085f, 0.055f}, {0.020f, 0.020f, 0.16f}};

/// A pendant on a chain.
void pendant(Tailor& t, Colour stone) {
  const Cloth gem{.base = {0.85f, 0.9f, 0.98f},
                  .spec = 0.9f,
                  .gloss = 14,
                  .metal = 0.7f,
                  .round = 3,
                  .wrinkle = 0,
                  .lift = 2.4f,
                  .shade = 0.4f};
  t.band(outline("M -34 12 S -28 40 -14 56 0 63 14 56 28 40 34 10"), 1.3f, kGold, Band::beads, 1.8f);
  t.dot(0, 70, 5.6f, kGold);
  t.dot(0, 70, 4.2f, with(gem, stone * 3.f + Colour{0.1f, 0.1f, 0.1f}));
}

}  // namespace

namespace {

/// Sleeves to the wrist, covered shoulders, a small neckline.
void cut_dress(Tailor& t, const Cloth& cloth) {
  Folds folds = torso_folds(1.0f);
  folds.push_back({outline("M 74 150 S 60 210 40 262"), 11, 1.8f});
  folds.push_back({outline("M -78 154 S -66 214 -36 262"), 11, -1.8f});
  folds.push_back({outline("M 10 120 S 14 200 8 262"), 12, 1.4f});
  t.piece(
      outline("M -66 38 S -52 66 -32 84 0 98 32 84 52 66 66 38 L 96 56 S 126 70 144 92 136 150 128 200 124 250 122 300 "
              "L 124 430 L -124 430 L -122 300 S -124 250 -128 200 -136 150 -144 92 -126 70 -96 56"),
      cloth, folds);
  sleeves(t, cloth, 0.9f, -4);
  Cloth hem = cloth;
  hem.wrinkle = 0, hem.lift = 1.5f;
  t.band(outline("M -65 40 S -51 67 -31 85 0 99 31 85 51 67 65 40"), 4.5f, hem);
  t.band(outline("M -110 270 S -60 282 0 285 60 282 110 270"), 11, with(hem, cloth.base * 0.55f));
}

}  // namespace

void sew_dress(Tailor& t) {
  const Colour dye = t.dyed(kEvening[t.seed() % 3]);
  cut_dress(t, {.base = dye,
                .weave = cotton,
                .relief = 0.5f,
                .spec = 0.10f,
                .gloss = 7,
                .sheen = 0.6f,
                .round = 20,
                .edge = 1.6f,
                .wrinkle = 0.7f,
                .fx = 0.026f,
                .fy = 0.007f,
                .lift = 5,
                .shade = 0.5f,
                .body = 0.75f,
                .mottle = 0.04f});
  pendant(t, dye);
}

/// The same cut in velvet, with stones at the neckline.
void sew_evening(Tailor& t) {
  const Colour dye = t.dyed(kEvening[t.seed() % 3]);
  cut_dress(t, {.base = dye,
                .weave = velvet,
                .relief = 0.8f,
                .spec = 0.05f,
                .gloss = 6,
                .sheen = 1.9f,
                .round = 20,
                .edge = 2,
                .wrinkle = 0.7f,
                .fx = 0.028f,
                .fy = 0.006f,
                .lift = 5,
                .shade = 0.5f,
                .body = 0.8f,
                .mottle = 0.05f});
  const Cloth stone{.base = {0.85f, 0.9f, 0.98f},
                    .spec = 0.9f,
                    .gloss = 14,
                    .metal = 0.7f,
                    .round = 3,
                    .wrinkle = 0,
                    .lift = 2.4f,
                    .shade = 0.4f};
  t.band(outline("M -62 42 S -48 70 -29 88 0 102 29 88 48 70 62 42"), 5.0f, stone, Band::gems, 5.2f);
  t.band(outline("M -68 44 S -54 74 -33 94 0 108 33 94 54 74 68 44"), 2.4f, with(kGold, {0.95f, 0.9f, 0.82f}),
         Band::beads, 3.0f);
  t.band(outline("M -34 14 S -30 42 -16 58 0 65 16 58 30 42 34 12"), 4.6f, stone, Band::gems, 5.0f);
  t.dot(0, 74, 6.4f, kGold);
  t.dot(0, 74, 4.8f, with(stone, dye * 3.f + Colour{0.1f, 0.1f, 0.1f}));
}

namespace {

void mantle(Tailor& t) {
  const Cloth cl{.base = {0.17f, 0.018f, 0.024f},
                 .weave = velvet,
                 .spec = 0.02f,
                 .gloss = 5,
                 .sheen = 1.4f,
                 .round = 16,
                 .edge = 3,
                 .bevel = 1.6f,
                 .wrinkle = 1.6f,
                 .fx = 0.035f,
                 .fy = 0.006f,
                 .lift = 9,
                 .shade = 0.7f};
  for (const float s : kSides) {
    t.piece(outline("M 76 54 S 92 52 112 60 150 72 168 104 184 190 190 300 192 430 L 134 430 S 128 320 116 230 100 140 "
                    "84 84 78 66 76 54",
                    s),
            cl,
            Folds{{outline("M 92 70 S 124 140 142 300", s), 10, 4.f * s},
                  {outline("M 120 76 S 150 150 164 330", s), 10, 4.f * s},
                  {outline("M 76 52 S 108 130 124 250", s), 7, -3.f * s}});
    t.band(outline("M 77 58 S 79 70 84 84 100 140 116 230 128 320 134 430", s), 6, kGold, Band::ribbon, 9);
    t.dot(s * 92, 92, 13, kGold);
    t.dot(s * 92, 92, 9, with(kGold, {0.7f, 0.42f, 0.14f}));
    t.dot(s * 92, 92, 5.5f, jewel({0.35f, 0.01f, 0.02f}));
  }
}

}  // namespace

void sew_gown(Tailor& t) {
  const Cloth g{.base = t.dyed(t.seed() % 2 != 0 ? Colour{0.020f, 0.085f, 0.075f} : Colour{0.035f, 0.04f, 0.13f}),
                .weave = brocade,
                .relief = 0.5f,
                .spec = 0.05f,
                .gloss = 8,
                .sheen = 0.8f,
                .round = 20,
                .wrinkle = 0.9f,
                .fx = 0.03f,
                .fy = 0.01f};
  const Cloth ch{
      .base = {0.80f, 0.76f, 0.68f}, .weave = linen, .round = 8, .wrinkle = 1, .fx = 0.09f, .fy = 0.01f, .lift = 3};
  t.piece(outline("M -78 42 L -66 112 S -30 124 0 126 30 124 66 112 L 78 42 L 100 60 L 90 150 L -90 150 L -100 60"),
          ch);
  t.piece(outline("M -150 90 S -120 64 -84 50 L -70 116 S -30 130 0 132 30 130 70 116 L 84 50 S 120 64 150 90 130 200 "
                  "124 430 L -124 430 S -130 200 -150 90"),
          g, torso_folds(1));
  sleeves(t, g, 1, 4, 2);
  t.band(outline("M -80 64 L -70 116 S -30 130 0 132 30 130 70 116 L 80 64"), 13, kGold, Band::ribbon, 13);
  t.band(outline("M -76 50 L -63 109 S -30 121 0 123 30 121 63 109 L 76 50"), 2.4f, with(kGold, {0.95f, 0.93f, 0.88f}),
         Band::beads, 3.2f);
  t.band(outline("M 0 138 L 0 430"), 12, kGold, Band::ribbon, 13);
  mantle(t);
  {
    Path p;
    for (int i = 0; i <= 24; ++i) {
      const float q = i / 12.f - 1;
      p.push_back({q * 84, 122 + 40 * (1 - q * q)});
    }
    t.band(p, 5, kGold, Band::chain, 6.5f);
  }
  t.in_front(true);
  t.band(
      outline("M -62 -119 S -48 -111 -20 -106 2 -105 30 -107 54 -112 66 -117"), 4.2f,
      [] {
        Cloth c = kGold;
        c.lift = 2.5f;
        return c;
      }(),
      Band::rope, 5);
  t.dot(2, -103, 6.4f, kGold);
  t.dot(2, -103, 4.6f, jewel({0.02f, 0.20f, 0.16f}));
}

void sew_toga(Tailor& t) {
  const Cloth c{.base = t.dyed({0.76f, 0.73f, 0.67f}),
                .weave = linen,
                .relief = 1,
                .sheen = 0.15f,
                .round = 14,
                .edge = 2.4f,
                .bevel = 1.4f,
                .wrinkle = 0.6f,
                .fx = 0.008f,
                .fy = 0.05f,
                .angle = 0.75f,
                .lift = 7,
                .shade = 0.55f,
                .mottle = 0.03f};
  Folds f;
  for (int i = 0; i < 11; ++i) {  // folds that hang from the clasp to the hip, and down the arm
    Path p;
    const float q = i / 10.f, end = lerp(150, -168, q);
    for (int j = 0; j <= 12; ++j) {
      const float z = j / 12.f;
      p.push_back(
          {lerp(-62 - 44 * q, end, z) - 22 * q * std::sin(3.1f * z),
           lerp(58 + 16 * q, lerp(196.f, 470.f, std::sqrt(q)), std::pow(z, 1.2f)) + 14 * (1 - q) * std::sin(3.1f * z)});
    }
    f.push_back({p, 6.5f + 3 * q, (i & 1 ? 6.f : -5.f) * (0.8f + 0.4f * hash(i, 3, 9))});
  }
  Cloth tunic = c;
  tunic.base = c.base * Colour{0.92f, 0.9f, 0.86f}, tunic.angle = 0, tunic.fx = 0.05f, tunic.fy = 0.008f;
  t.piece(outline("M -84 52 S -50 104 0 112 50 104 84 50 L 118 64 S 108 120 122 196 116 240 106 280 L 108 430 L -124 "
                  "430 L -124 90"),
          tunic,
          Folds{{outline("M -60 84 S -40 160 -50 300"), 9, 3.f},
                {outline("M 20 112 S 26 160 20 300"), 9, 3.f},
                {outline("M 70 90 S 60 160 70 300"), 9, -3.f}});
  sleeves(t, tunic, 1.2f, 2);
  t.band(outline("M -84 52 S -50 104 0 112 50 104 84 50"), 6, kGold, Band::ribbon, 8);
  t.piece(outline("M -54 34 S -90 46 -120 62 -156 82 -168 120 -182 240 -186 430 L 130 430 S 128 330 124 250 118 196 "
                  "112 184 60 170 10 128 -30 84 -54 34"),
          c, f);
  t.band(outline("M -54 36 S -30 84 10 128 60 170 112 184"), 7, with(kGold, {0.30f, 0.05f, 0.22f}), Band::cord);
  t.band(outline("M -58 42 S -34 90 6 134 56 176 110 192"), 2, kGold);
  t.dot(-84, 66, 14, kGold);
  t.dot(-84, 66, 9.5f, with(kGold, {0.7f, 0.4f, 0.14f}));
  t.dot(-84, 66, 5, jewel({0.25f, 0.02f, 0.10f}));
  laurel(t);
}

}  // namespace aisha::sandbox::studio
