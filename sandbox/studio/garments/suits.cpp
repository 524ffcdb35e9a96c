// SPDX-License-Identifier: Apache-2.0

#include "sandbox/studio/garments/patterns.hpp"

namespace aisha::sandbox::studio {

namespace {

constexpr Colour kBlack{0.028f, 0.028f, 0.032f};

void suit(Tailor& t, const Cloth& wl, const Cloth& shirt, bool knit_vest) {
  behind_neck(t, shirt, 41, 6, 7);
  t.piece(
      outline(
          "M -46 24 L -30 40 L 30 40 L 46 24 S 60 60 70 120 60 200 40 290 L -40 290 S -60 200 -70 120 -60 60 -46 20"),
      shirt, torso_folds(0.5f));
  t.band(outline("M 2 64 L 4 290"), 1.0f, plain({0.5f, 0.51f, 0.55f}));
  for (const float v : {96.f, 136.f, 176.f}) {
    t.dot(8, v, 2.6f, {.base = {0.8f, 0.8f, 0.8f}, .spec = 0.3f, .round = 2, .edge = 0.7f, .wrinkle = 0, .lift = 1.5f});
  }
  if (knit_vest) {
    t.piece(outline("M -70 60 L -46 60 S -20 110 0 150 20 110 46 60 L 70 60 70 300 L -70 300"),
            {.base = {0.20f, 0.035f, 0.030f},
             .weave = knit,
             .relief = 0.7f,
             .sheen = 0.3f,
             .round = 14,
             .edge = 2.5f,
             .wrinkle = 0.6f,
             .lift = 5});
    t.band(outline("M -44 62 S -20 112 0 152 20 112 44 62"), 7,
           {.base = {0.17f, 0.03f, 0.026f}, .weave = fine_rib, .wrinkle = 0, .lift = 3});
  }
  bare_neck(t, "M -36 -4 L -37 22 S -22 60 0 90 L 4 90 S 24 60 36 20 L 33 -6");
  for (const float s : kSides) {
    t.piece(outline("M 41 4 S 46 12 51 26 L 62 80 L 44 97 S 22 92 1 88 18 66 30 42 36 22 35 10 37 4 41 4", s),
            thin(shirt, 5));
    t.band(outline("M 58 79 L 42 92 S 24 88 6 85", s), 0.6f, kThread, Band::stitches, 2.6f);
  }
  fronts(t, wl, "-10 430 S -6 330 -6 262 26 190 50 110 52 60 46 20", 0.8f,
         "-30 430 S -26 330 -14 262 20 190 50 110 52 60 46 20");
  sleeves(t, wl, 0.8f);
  lapels(t, wl);
  t.piece(outline("M 68 174 S 68 162 73 158 78 160 80 161 84 153 89 156 93 164 95 172"), thin(shirt, 2));
  t.piece(outline("M 64 173 L 97 166 L 98 175 L 65 182"), thin(wl, 3));
  t.dot(-10, 286, 5.5f,
        {.base = {0.05f, 0.05f, 0.06f}, .spec = 0.5f, .gloss = 20, .round = 3, .edge = 1, .wrinkle = 0, .lift = 2});
}

}  // namespace

void sew_blazer(Tailor& t) {
  suit(t, with(kWool, t.dyed(t.seed() % 3 != 1 ? kWool.base : Colour{0.060f, 0.062f, 0.068f})), kShirt, false);
}

void sew_tweed(Tailor& t) {
  Cloth c = with(kWool, t.dyed({0.17f, 0.115f, 0.065f})), shirt = with(kShirt, {0.55f, 0.66f, 0.82f});
  c.weave = tweed_checks, c.relief = 1.2f;
  suit(t, c, shirt, true);
}

namespace {

void turtleneck(Tailor& t, Colour base, bool chain) {
  Cloth c{.base = base,
          .weave = fine_rib,
          .relief = 0.8f,
          .spec = 0.015f,
          .gloss = 8,
          .sheen = 0.5f,
          .round = 20,
          .wrinkle = 0.6f,
          .fx = 0.014f,
          .fy = 0.02f};
  sew_body(t, c, 1.1f, -6);
  c.weave = rib, c.relief = 0.6f;
  roll_neck(t, c);
  if (chain) {
    t.band(outline("M -54 70 S -30 118 0 134 30 118 54 68"), 1.7f, kGold, Band::beads, 2.0f);
    t.dot(0, 140, 7, kGold);
    t.dot(0, 140, 4.5f, with(kGold, {0.75f, 0.45f, 0.18f}));
  }
}

}  // namespace

void sew_turtleneck(Tailor& t) {
  turtleneck(t, t.dyed(kBlack), true);
}

void sew_sweater(Tailor& t) {
  Cloth c{.base = t.dyed({0.78f, 0.70f, 0.58f}),
          .weave = cable_knit,
          .relief = 0.8f,
          .spec = 0,
          .sheen = 0.2f,
          .round = 24,
          .edge = 3,
          .wrinkle = 0.8f,
          .fx = 0.014f,
          .fy = 0.016f,
          .lift = 8,
          .mottle = 0.05f};
  sew_body(t, c, 0.9f, 6);
  c.weave = rib, c.relief = 1.2f;
  roll_neck(t, c);
}

void sew_ivory(Tailor& t) {
  const Cloth wl{.base = t.dyed({0.74f, 0.70f, 0.63f}),
                 .weave = wool,
                 .relief = 0.7f,
                 .spec = 0.02f,
                 .gloss = 8,
                 .sheen = 0.2f,
                 .round = 18,
                 .wrinkle = 0.9f,
                 .fx = 0.016f,
                 .fy = 0.01f,
                 .lift = 8,
                 .mottle = 0.04f};
  turtleneck(t, kBlack, false);
  t.band(outline("M -52 66 S -30 112 0 126 30 112 52 64"), 5, kGold, Band::chain, 7);
  t.band(outline("M -56 70 S -34 136 0 158 34 136 56 68"), 6, kGold, Band::chain, 9);
  fronts(t, wl, "-4 430 S -4 330 -2 262 30 190 54 110 54 60 46 20", 0.9f);
  sleeves(t, wl, 0.9f, 6, 4);
  lapels(t, wl, 10);
  t.dot(4, 282, 7, kGold);
}

}  // namespace aisha::sandbox::studio
