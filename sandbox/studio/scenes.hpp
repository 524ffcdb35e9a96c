// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "sandbox/studio/canvas.hpp"

namespace aisha::sandbox::studio {

/// How a scene lights its subject.
struct Light {
  Colour key{1, 1, 1}, fill{1, 1, 1};  ///< tint of the lit and of the far side
  float side = -1;                     ///< the lit side: -1 left, 1 wherever the backdrop's lamp stands
  Colour rim_left{}, rim_right{};
  float exposure = 1, contrast = 1, saturation = 1, wrap = 0.5f, shadow = 0, bloom = 0.25f;
  Colour wear{};  ///< clothes of strong colour are dyed to suit the scene; black leaves them alone
};

/// `words` are stems; those before '|' are strong. `style` names the style used when the prompt names none.
struct Scene {
  const char* name;
  const char* words;
  const char* style;
  void (*paint)(Canvas&);
  Light light;
};

/// The last one is the fallback: its look depends on the prompt.
std::span<const Scene> scenes();

/// Lightness 0..1 of hanging cloth.
float fold(float x, float y, float frequency, std::uint32_t seed);

void office(Canvas& c);
void cyberpunk(Canvas& c);
void sunset(Canvas& c);
void outdoor(Canvas& c);
void autumn(Canvas& c);
void theatre(Canvas& c);
void fashion(Canvas& c);
void glamour(Canvas& c);
void library(Canvas& c);
void casual(Canvas& c);
void medieval(Canvas& c);
void knight(Canvas& c);
void royal(Canvas& c);
void business(Canvas& c);
void photoshoot(Canvas& c);
void art(Canvas& c);
void artistic(Canvas& c);
void abstract_scene(Canvas& c);

}  // namespace aisha::sandbox::studio
