// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "sandbox/studio/wardrobe/tailor.hpp"

/// What several garments are cut from.
namespace aisha::sandbox::studio {

Path torso();
Folds torso_folds(float depth);
/// `out` wider, `up` a fuller shoulder.
void sleeves(Tailor& t, Cloth cloth, float folds, float out = 0, float up = 0);
/// A torso and two sleeves.
void sew_body(Tailor& t, const Cloth& cloth, float folds = 1, float out = 0);
/// A jacket's two fronts; `opening` runs from the hem up to the neck. The left one may open elsewhere.
void fronts(Tailor& t, const Cloth& cloth, std::string_view opening, float folds, std::string_view left = {});
void lapels(Tailor& t, const Cloth& cloth, float reach = 0);
void roll_neck(Tailor& t, Cloth cloth);
/// What is seen of a T-shirt under an open jacket.
void tee(Tailor& t);

enum class Skin { neck, throat, shoulders };
/// The base of every figure: skin from the neck down.
void skin_base(Tailor& t, Skin bare);
/// Skin again over a shirt, inside its opening.
void bare_neck(Tailor& t, std::string_view opening);
/// The inside of a collar, seen behind the neck.
void behind_neck(Tailor& t, Cloth cloth, float u, float v, float up, Skin skin = Skin::throat);

void wrap_scarf(Tailor& t, Colour base);
void fedora(Tailor& t, Colour felt);
void beanie(Tailor& t, Colour wool);
void crown(Tailor& t);
void laurel(Tailor& t);

}  // namespace aisha::sandbox::studio
