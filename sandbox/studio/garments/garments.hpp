// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

#include "sandbox/studio/wardrobe/tailor.hpp"

namespace aisha::sandbox::studio {

/// `words` are stems as in the scenes' table. Only what one would wear among colleagues or on a stage: the demo's
/// portrait shows a real person.
struct Garment {
  std::string_view name;
  std::string_view words;
  void (*sew)(Tailor&);
  bool hat = false;  ///< needs room above the head
};
std::span<const Garment> garments();
/// Null when there is none of that name.
const Garment* garment_named(std::string_view name);

/// Worn beside a garment.
struct Accessory {
  std::string_view name;
  std::string_view words;
  void (*add)(Tailor&, Colour);
  Colour usual;
};
std::span<const Accessory> accessories();

void sew_armour(Tailor& t);
void sew_biker(Tailor& t);
void sew_blazer(Tailor& t);
void sew_breton(Tailor& t);
void sew_cloak(Tailor& t);
void sew_coat(Tailor& t);
void sew_denim(Tailor& t);
void sew_dress(Tailor& t);
void sew_evening(Tailor& t);
void sew_gown(Tailor& t);
void sew_hero(Tailor& t);
void sew_ivory(Tailor& t);
void sew_jacket(Tailor& t);
void sew_linen(Tailor& t);
void sew_royal(Tailor& t);
void sew_sweater(Tailor& t);
void sew_techwear(Tailor& t);
void sew_tee(Tailor& t);
void sew_toga(Tailor& t);
void sew_trench(Tailor& t);
void sew_turtleneck(Tailor& t);
void sew_tweed(Tailor& t);
void sew_western(Tailor& t);

}  // namespace aisha::sandbox::studio
