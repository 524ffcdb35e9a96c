// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/studio/raster/colour.hpp"
#include "sandbox/studio/wardrobe/outline.hpp"
#include "sandbox/studio/wardrobe/weaves.hpp"

namespace aisha::sandbox::studio {

/// How a piece of cloth, leather, metal or skin looks. Lengths in units.
struct Cloth {
  Colour base{0.5f, 0.5f, 0.5f};  ///< linear
  Weave weave = nullptr;
  float relief = 1, spec = 0.03f, gloss = 14, sheen = 0, metal = 0, skin = 0;
  float round = 16, puff = 1;    ///< radius and strength of the roundness that the outline gives
  float edge = 1.4f, bevel = 1;  ///< thickness seen at the edge
  float wrinkle = 1, fx = 0.02f, fy = 0.02f, angle = 0;  ///< how strongly, how closely and which way it crumples
  float lift = 5, shade = 0.6f;                          ///< reach and strength of its shadow on what lies below
  float body = 1;                                        ///< how much of the body's form shows
  float fuzz = 0;                                        ///< a hairy outline
  float mottle = 0.10f;
  Colour glow{};
};

/// A ridge (depth > 0) or a crease, thinning out at both ends.
struct Fold {
  Path line;
  float width = 5, depth = 3;
};
using Folds = std::vector<Fold>;

inline constexpr float kSides[] = {-1.f, 1.f};

extern const Cloth kGold, kSteel, kThread, kShirt, kWool;

Cloth with(Cloth cloth, Colour base);
/// Collars, lapels, flaps.
Cloth thin(Cloth cloth, float lift = 6);
Cloth plain(Colour base);
Cloth jewel(Colour base);
/// A button.
Cloth button(Colour base);

}  // namespace aisha::sandbox::studio
