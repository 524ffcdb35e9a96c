// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "sandbox/studio/garments/patterns.hpp"
#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

void ermine_cape(Tailor& t) {
  const Cloth fu{.base = {0.86f, 0.83f, 0.77f},
                 .weave = fur,
                 .relief = 0.8f,
                 .sheen = 0.3f,
                 .round = 22,
                 .edge = 4,
                 .bevel = 1.2f,
                 .wrinkle = 0.8f,
                 .fx = 0.02f,
                 .fy = 0.012f,
                 .lift = 9,
                 .shade = 0.7f,
                 .fuzz = 2.4f,
                 .mottle = 0.06f};
  for (const float s : {1.f, -1.f}) {
    t.piece(
        outline(
            "M 40 6 S 62 30 98 46 144 62 170 104 184 160 178 188 140 206 110 196 76 176 58 140 30 104 6 82 26 50 40 6",
            s),
        fu,
        Folds{{outline("M 70 44 S 92 110 120 190", s), 11, 3.f * s},
              {outline("M 104 54 S 136 110 152 190", s), 12, 3.f * s}});
  }
  Dice r{77};
  for (const float s : kSides) {
    for (int i = 0; i < 40; ++i) {
      const float a = r(), b = r();
      const float row = std::floor(a * 5), u = 40 + row * 26 + 6 * b,
                  v = 36 + 0.36f * row * 26 + 38 * float(i % 4) + (int(row) & 1) * 18;
      if (v > 182 - 0.1f * u || v < 20 + 0.45f * (u - 30) || u > 168 || u < 34 + 0.9f * std::max(0.f, v - 80) * 0.62f ||
          hash(int(row), i % 4, s > 0 ? 3 : 4) < 0.12f) {
        continue;
      }
      Path p = outline("M 0 0 S 3 4 3.4 10 1.5 18 0 24 -1.5 18 -3.4 10 -3 4 0 0");
      for (Point& q : p) {
        q = {s * u + q.x * 0.8f + 0.12f * s * q.y, v + q.y * 0.62f};
      }
      t.piece(p, {.base = {0.014f, 0.012f, 0.012f},
                  .weave = fur,
                  .sheen = 0.3f,
                  .round = 3,
                  .wrinkle = 0,
                  .lift = 0,
                  .fuzz = 0.7f});
    }
  }
}

void sew_royal(Tailor& t) {
  const Cloth g{.base = {0.34f, 0.20f, 0.055f},
                .weave = brocade,
                .relief = 0.6f,
                .spec = 0.12f,
                .gloss = 10,
                .metal = 0.25f,
                .round = 20,
                .wrinkle = 0.8f,
                .fx = 0.03f,
                .fy = 0.01f};
  const Cloth robe{.base = t.dyed({0.22f, 0.012f, 0.022f}),
                   .weave = velvet,
                   .spec = 0.03f,
                   .gloss = 5,
                   .sheen = 1.6f,
                   .round = 18,
                   .edge = 3,
                   .wrinkle = 1.4f,
                   .fx = 0.03f,
                   .fy = 0.006f,
                   .lift = 8};
  t.piece(outline("M -70 44 S -40 80 0 86 40 80 70 44 L 110 80 L 110 430 L -110 430 L -110 80"), g, torso_folds(0.8f));
  t.band(outline("M -70 46 S -40 82 0 88 40 82 70 46"), 8, kGold, Band::ribbon, 9);
  for (const float s : kSides) {
    t.piece(outline("M 100 60 S 160 80 184 140 200 260 204 430 L 70 430 S 66 330 60 240 70 160 100 60", s), robe,
            Folds{{outline("M 100 180 S 92 300 96 420", s), 11, 5.f * s},
                  {outline("M 140 180 S 146 300 150 420", s), 12, 5.f * s}});
    t.band(outline("M 58 170 S 60 240 66 330 70 430", s), 9, kGold, Band::ribbon, 11);
  }
  ermine_cape(t);
  Path p;
  for (int i = 0; i <= 30; ++i) {
    const float q = i / 15.f - 1;
    p.push_back({q * 84, 40 + 116 * std::sqrt(1 - 0.985f * q * q)});
  }
  t.band(p, 9, kGold, Band::chain, 13);
  t.band(p, 5, with(kGold, {0.9f, 0.1f, 0.12f}), Band::gems, 26);
  t.dot(0, 168, 12, kGold);
  t.dot(0, 168, 8, jewel({0.02f, 0.05f, 0.28f}));
  crown(t);
}

}  // namespace aisha::sandbox::studio
