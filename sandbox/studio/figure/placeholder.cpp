// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/figure/placeholder.hpp"

#include <cmath>
#include <utility>

#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/raster/tone.hpp"

namespace aisha::sandbox::studio {

namespace {

constexpr int kSide = 640;

/// Signed distance of an ellipse, near enough for soft edges; negative inside. Units: fractions of the side.
float ellipse(float x, float y, float cx, float cy, float rx, float ry) {
  const float u = (x - cx) / rx, v = (y - cy) / ry;
  return (std::sqrt(u * u + v * v) - 1) * std::min(rx, ry);
}

struct Looks {
  Colour skin, hair, cloth;
  bool long_hair;
};

Looks draw_looks(std::uint32_t seed) {
  static constexpr std::uint32_t kSkins[] = {0xf2cfb5, 0xe3ad86, 0xc68a62, 0x8e5a3c, 0xffdcc4};
  static constexpr std::uint32_t kHairs[] = {0x2a1b14, 0x5b3a20, 0x8f5a2a, 0xc79a55, 0x1c1c22, 0x9c3f22};
  static constexpr std::uint32_t kCloths[] = {0xb5452f, 0xc46a2a, 0x9c2f3a, 0xc08a30};
  Dice dice{mix(seed + 77)};
  Looks looks{};
  looks.skin = dice.pick(kSkins);
  looks.hair = dice.pick(kHairs);
  looks.cloth = dice.pick(kCloths);
  looks.long_hair = dice() < 0.6f;
  return looks;
}

class Sitter {
 public:
  explicit Sitter(const Looks& looks) : looks_(looks) {}

  /// Paints one point; the mask's value is returned.
  float at(float x, float y, Colour& v) {
    colour_ = Colour{0.3f, 0.3f, 0.3f};
    alpha_ = 0;
    const float hair_fall = looks_.long_hair ? 0.30f : 0.06f;
    layer(ellipse(x, y, 0.5f, 0.36f + hair_fall / 2, 0.185f, 0.21f + hair_fall / 2), looks_.hair * 0.75f);
    layer(std::max(std::abs(x - 0.5f) - 0.075f, std::max(0.5f - y, y - 0.8f)), looks_.skin * 0.72f);
    const float slope = 0.70f + 0.55f * (x - 0.5f) * (x - 0.5f) * 3.2f;
    layer(std::max(slope - y, std::abs(x - 0.5f) - 0.36f), looks_.cloth * (0.75f + 0.3f * noise(x * 18, y * 9, 4)));
    layer(ellipse(x, y, 0.5f, 0.70f, 0.085f, 0.055f), looks_.skin * 0.8f);
    const float round = 1.05f - 1.1f * ((x - 0.46f) * (x - 0.46f) + (y - 0.36f) * (y - 0.36f)) * 6;
    layer(ellipse(x, y, 0.5f, 0.40f, 0.140f, 0.195f), looks_.skin * round);
    face(x, y);
    layer(std::max(ellipse(x, y, 0.5f, 0.33f, 0.172f, 0.170f), -ellipse(x, y, 0.53f, 0.42f, 0.135f, 0.185f)),
          looks_.hair * (0.8f + 0.5f * noise(x * 50, y * 12, 9)));
    v = {to_display(colour_.r), to_display(colour_.g), to_display(colour_.b)};
    return alpha_;
  }

 private:
  void layer(float distance, Colour c, float soft = 0.004f, float strength = 1) {
    const float k = strength * smoothstep(soft, -soft, distance);
    colour_ = alpha_ > 0 ? lerp(colour_, c, k) : c;
    alpha_ = std::max(alpha_, k);
  }

  void face(float x, float y) {
    const float m = x < 0.5f ? 1 - x : x;  // both halves at once
    const Colour dark{0.03f, 0.02f, 0.02f};
    layer(ellipse(m, y, 0.585f, 0.46f, 0.05f, 0.045f), looks_.skin * Colour{1.05f, 0.72f, 0.66f}, 0.04f, 0.45f);
    layer(ellipse(m, y, 0.556f, 0.388f, 0.031f, 0.013f), dark, 0.003f, 0.7f);
    layer(ellipse(m, y, 0.556f, 0.392f, 0.028f, 0.0105f), Colour{0.62f, 0.60f, 0.57f}, 0.003f);
    layer(ellipse(m, y, 0.556f, 0.392f, 0.0115f, 0.0105f), Colour{0.10f, 0.05f, 0.02f}, 0.003f);
    layer(ellipse(m, y, 0.552f, 0.388f, 0.0035f, 0.0035f), Colour{1, 1, 1}, 0.002f);
    layer(ellipse(m, y - 0.14f * (m - 0.55f), 0.556f, 0.350f, 0.038f, 0.006f), looks_.hair * 0.6f, 0.004f);
    layer(ellipse(x, y, 0.507f, 0.455f, 0.022f, 0.018f), looks_.skin * 0.68f, 0.014f, 0.55f);
    layer(ellipse(x, y - 0.5f * (x - 0.5f) * (x - 0.5f) * -8, 0.5f, 0.520f, 0.048f, 0.013f),
          Colour{0.52f, 0.13f, 0.12f}, 0.005f);
  }

  Looks looks_;
  Colour colour_;
  float alpha_ = 0;
};

}  // namespace

Photo placeholder_person(std::uint32_t seed) {
  Sitter sitter(draw_looks(seed));
  Raster rgb(kSide, kSide, 3), mask(kSide, kSide, 1);
  each(rgb, [&](int x, int y, Colour v) {
    mask.row(y)[x] = sitter.at((float(x) + 0.5f) / kSide, (float(y) + 0.5f) / kSide, v);
    return v;
  });
  Photo person = prepare(std::move(rgb), std::move(mask));
  person.chin = float(kSide);  // nothing to dye: it would colour long hair
  return person;
}

}  // namespace aisha::sandbox::studio
