// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "sandbox/studio/garments/patterns.hpp"

namespace aisha::sandbox::studio {

void crown(Tailor& t) {
  constexpr float v0 = -124;
  t.in_front(true);
  Cloth g = kGold;
  g.round = 7, g.puff = 0.9f, g.lift = 4, g.shade = 0.55f;
  Path p = outline(
      "M -52 0 S -26 9 0 11 28 9 54 -2 L 60 -50 L 40 -26 L 27 -60 L 13 -26 L 1 -68 L -12 -26 L -26 -60 L -39 -25 L -58 "
      "-48");
  for (Point& q : p) {
    q = {q.x * 1.1f, q.y + v0};
  }
  t.piece(p, g, Folds{});
  auto shifted = [&](const char* s) {
    Path q = outline(s);
    for (Point& a : q) {
      a = {a.x * 1.1f, a.y + v0};
    }
    return q;
  };
  t.band(shifted("M -51 -3 S -26 6 0 8 28 6 53 -5"), 5, g, Band::rope, 5);
  t.band(shifted("M -53 -16 S -26 -7 0 -5 28 -7 55 -18"), 3, g, Band::beads, 3.4f);
  t.band(shifted("M -52 -9.5 S -26 -0.5 0 1.5 28 -0.5 54 -11.5"), 6,
         {.base = {0.5f, 0.02f, 0.04f}, .spec = 0.8f, .gloss = 16, .metal = 0.3f, .wrinkle = 0, .lift = 0}, Band::gems,
         15);
  const float xs[] = {60, 27, 1, -26, -58}, ys[] = {-52, -62, -71, -62, -50};
  for (int i = 0; i < 5; ++i) {
    t.dot(1.1f * xs[i], ys[i] + v0, 4.2f, with(kGold, {0.95f, 0.93f, 0.88f}));
  }
  for (const float x : {-26.f, 1.f, 28.f}) {
    t.dot(x, -26 + v0 + 4, 4.4f, jewel(x == 1 ? Colour{0.02f, 0.06f, 0.30f} : Colour{0.02f, 0.22f, 0.10f}));
  }
}

void fedora(Tailor& t, Colour felt) {
  t.in_front(true);
  const Cloth f{.base = felt,
                .weave = wool,
                .relief = 0.8f,
                .sheen = 0.4f,
                .round = 16,
                .edge = 2,
                .wrinkle = 0.3f,
                .lift = 15,
                .shade = 0.72f};
  t.piece(askew("M -122 -124 S -116 -140 -70 -146 2 -148 74 -146 120 -140 126 -124 106 -108 56 -97 2 -94 -52 -97 -102 "
                "-108 -122 -124",
                0.07f),
          f);
  Cloth top = f;
  top.lift = 4;
  t.piece(askew("M -71 -126 S -72 -160 -64 -190 -44 -212 -20 -209 2 -202 24 -209 50 -212 68 -190 76 -160 75 -126 40 "
                "-114 2 -111 -36 -114 -71 -126",
                0.07f),
          top,
          Folds{{askew("M -4 -210 S 0 -190 4 -160", 0.07f), 15, -6.f},
                {askew("M -46 -202 S -32 -184 -26 -156", 0.07f), 11, 2.6f},
                {askew("M 52 -202 S 36 -184 32 -156", 0.07f), 11, -2.6f}});
  t.piece(askew("M -72 -148 S -36 -135 2 -132 40 -135 76 -148 L 75 -126 S 40 -114 2 -111 -36 -114 -71 -126", 0.07f),
          {.base = felt * 0.25f, .spec = 0.1f, .gloss = 10, .round = 10, .wrinkle = 0, .lift = 1});
}

void beanie(Tailor& t, Colour base) {
  t.in_front(true);
  Cloth cap{.base = base,
            .weave = knit,
            .relief = 0.9f,
            .sheen = 0.3f,
            .round = 26,
            .edge = 3,
            .wrinkle = 0.5f,
            .lift = 6,
            .shade = 0.5f};
  t.piece(
      outline("M -67 -100 S -72 -130 -60 -160 -28 -182 3 -185 36 -182 64 -160 76 -130 71 -98 40 -94 2 -93 -38 -95 -67 "
              "-100"),
      cap,
      Folds{{outline("M -26 -178 S -44 -150 -50 -120"), 8, 1.4f}, {outline("M 32 -176 S 50 -150 54 -120"), 8, -1.4f}});
  cap.weave = rib, cap.relief = 1.2f, cap.round = 10, cap.lift = 7;
  t.piece(
      outline("M -70 -98 S -72 -110 -68 -120 -36 -113 2 -111 42 -113 72 -120 77 -110 74 -96 42 -89 2 -87 -38 -90 -70 "
              "-98"),
      cap);
}

void laurel(Tailor& t) {
  t.in_front(true);
  Cloth g = kGold;
  g.base = {0.95f, 0.68f, 0.28f}, g.round = 4, g.edge = 0.8f, g.lift = 2.4f, g.shade = 0.45f, g.metal = 0.8f;
  for (const float s : kSides) {
    const Path stem = outline("M 62 -88 S 65 -104 60 -120 46 -138 28 -147 13 -150", s);
    Path in = stem;
    for (Point& q : in) {
      q.x += 2;
    }
    t.band(in, 2, g);
    for (int i = 0; i <= 7; ++i) {
      const std::size_t n = std::size_t(2 + i * 5);
      const Point a = in[std::min(n, in.size() - 2)], b = in[std::min(n + 1, in.size() - 1)];
      const float dir = std::atan2(b.y - a.y, b.x - a.x), size = 0.98f - 0.04f * i;
      for (const float o : {0.62f, -0.62f, 0.04f}) {
        Path leaf = outline("M 0 0 S 6 -5.5 14 -6.4 22 -3.6 28 0 22 3.6 14 5.6 6 4.4 0 0");
        const float th = dir + o, cs = std::cos(th), sn = std::sin(th);
        for (Point& q : leaf) {
          q = {a.x + size * (q.x * cs - q.y * sn), a.y + size * (q.x * sn + q.y * cs)};
        }
        if (o == 0.04f && i & 1) {
          continue;
        }
        t.piece(leaf, g, Folds{{{a, {a.x + 26 * size * cs, a.y + 26 * size * sn}}, 2, 1.0f}});
      }
    }
  }
}

}  // namespace aisha::sandbox::studio
