// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/wardrobe/cloth.hpp"

namespace aisha::sandbox::studio {

const Cloth kGold{.base = {1.0f, 0.66f, 0.25f},
                  .spec = 0.35f,
                  .gloss = 26,
                  .metal = 0.95f,
                  .round = 5,
                  .puff = 0.8f,
                  .edge = 1,
                  .wrinkle = 0,
                  .lift = 2.2f,
                  .body = 0.2f,
                  .mottle = 0.04f};
const Cloth kSteel{.base = {0.80f, 0.83f, 0.88f},
                   .weave = hammered,
                   .relief = 0.35f,
                   .spec = 0.25f,
                   .gloss = 40,
                   .metal = 0.95f,
                   .round = 20,
                   .puff = 1.1f,
                   .edge = 1.6f,
                   .bevel = 1.6f,
                   .wrinkle = 0,
                   .lift = 5,
                   .shade = 0.75f,
                   .body = 0.8f,
                   .mottle = 0.06f};
const Cloth kThread{.base = {0.6f, 0.6f, 0.64f}, .wrinkle = 0, .lift = 0.6f};
const Cloth kShirt{.base = {0.84f, 0.85f, 0.88f},
                   .weave = cotton,
                   .round = 10,
                   .wrinkle = 0.6f,
                   .fx = 0.012f,
                   .fy = 0.03f,
                   .mottle = 0.02f};
const Cloth kWool{.base = {0.036f, 0.056f, 0.115f},
                  .weave = wool,
                  .spec = 0.02f,
                  .gloss = 8,
                  .sheen = 0.25f,
                  .round = 18,
                  .wrinkle = 0.8f,
                  .fx = 0.016f,
                  .fy = 0.01f,
                  .lift = 7};

Cloth with(Cloth cloth, Colour base) {
  cloth.base = base;
  return cloth;
}

Cloth thin(Cloth cloth, float lift) {
  cloth.round = 9, cloth.bevel = 1.5f, cloth.lift = lift;
  cloth.wrinkle *= 0.3f, cloth.shade = 0.7f, cloth.puff = 0.7f;
  return cloth;
}

Cloth plain(Colour base) {
  return {.base = base, .wrinkle = 0, .lift = 1.2f, .shade = 0.5f};
}

Cloth jewel(Colour base) {
  return {.base = base, .spec = 0.9f, .gloss = 18, .round = 4, .puff = 1.5f, .wrinkle = 0, .lift = 1};
}

Cloth button(Colour base) {
  return {.base = base, .spec = 0.4f, .gloss = 14, .round = 3, .edge = 0.8f, .wrinkle = 0, .lift = 2};
}

}  // namespace aisha::sandbox::studio
