// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "sandbox/studio/raster/raster.hpp"
#include "sandbox/studio/scenes/scenes.hpp"
#include "sandbox/studio/wardrobe/cloth.hpp"

namespace aisha::sandbox::studio {

/// From units to the picture's pixels and back. Garments are drawn broad and frontal: a body of this head is slimmer,
/// turned a little to one side and its shoulders are not level.
struct Stance {
  float unit = 1;       ///< pixels
  float x = 0, y = 0;   ///< the tip of the chin, pixels
  float turn = 1;       ///< -1 or 1
  float tilt = 0.035f;  ///< of the shoulders
  float raise = 13;     ///< how far the body is drawn up under the chin, units
  Point hat{0, 0};      ///< where the middle of a hat sits on a head of another shape
  float hat_scale = 1;

  Point to_pixels(Point p) const;
  Point to_units(float px, float py) const;
};

struct Box {
  int x0, y0, x1, y1;
  int width() const { return x1 - x0; }
  int height() const { return y1 - y0; }
};

/// Share of each pixel of the box inside the outline.
Raster cover_of(const Path& line, const Stance& stance, Box box);

/// How a band along a line is broken up.
enum class Band { cord, stitches, beads, chain, rope, ribbon, gems, glow };

/// Paints pieces of clothes one over the other, in neutral light: the scene's light comes later, for head and clothes
/// alike.
class Tailor {
 public:
  /// What is known of the person and the picture before the first piece.
  struct Sitter {
    Stance stance;
    Light light;
    std::uint32_t seed = 0;
    Colour skin;  ///< linear
    bool furry = false;
    Raster neck;  ///< the photo, linear, and where its own neck is used
    Raster neck_alpha;
    Raster chin;                ///< shadow of the head under the jaw
    std::optional<Colour> dye;  ///< the main colour that was asked for
  };
  Tailor(Sitter sitter, int width, int height);

  /// One piece: its shadow on what lies below, then relief, normals, light.
  void piece(const Path& line, const Cloth& cloth, std::span<const Fold> folds = {});
  void band(const Path& line, float width, const Cloth& cloth, Band kind = Band::cord, float pitch = 6);
  void dot(float u, float v, float radius, const Cloth& cloth) { piece(circle(u, v, radius), cloth); }
  /// The photo's own neck over painted skin, and the shadow of the chin.
  void show_neck();
  /// Pieces from here on lie before the head: hats and hoods.
  void in_front(bool on);
  bool is_in_front() const { return in_front_; }

  /// The colour that was asked for, or else this one.
  Colour dyed(Colour otherwise) const { return sitter_.dye.value_or(otherwise); }
  Colour skin() const { return sitter_.skin; }
  bool furry() const { return sitter_.furry; }
  std::uint32_t seed() const { return sitter_.seed; }

  /// What was painted: linear colour and cover, behind the head and before it, and the shadow of the latter on the
  /// head.
  struct Layers {
    Raster colour, alpha;
    Raster front_colour, front_alpha;
    Raster on_head;
  };
  Layers finish();

 private:
  struct Relief;

  Box box_of(const Path& line, float margin) const;
  void roughen(Raster& mask, Box box, float fuzz) const;
  void drop_shadow(const Raster& mask, Box box, const Cloth& cloth);
  /// Height of a soft cushion over the outline; flat farther inside than `radius`.
  Raster cushion(const Raster& mask, float radius) const;
  void crease(Raster& height, Box box, const Fold& fold) const;
  Relief relief_of(const Raster& mask, Box box, const Cloth& cloth, std::span<const Fold> folds) const;
  Colour lit(const Cloth& cloth, Colour normal, float tone, float shade) const;
  /// What polished metal mirrors: sky above, dark waist, ground, lamps of the scene.
  Colour mirrored(float x, float y, float z) const;
  void lay(Box box, Raster mask, const Cloth& cloth, std::span<const Fold> folds);
  Point unit_at(int x, int y) const;
  struct Strip;
  Strip strip_of(const Path& line, float width, Box box) const;
  void shape_strip(Strip& strip, float width, Band kind, float pitch) const;
  void paint_strip(const Strip& strip, Box box, const Cloth& cloth, Band kind, float pitch);

  Sitter sitter_;
  int width_, height_;
  Layers layers_;
  Raster form_;   ///< height of the body
  Raster units_;  ///< units of each pixel
  Raster tint_;   ///< slow mottling
  float key_x_, key_y_, key_z_;
  bool in_front_ = false;
};

}  // namespace aisha::sandbox::studio
