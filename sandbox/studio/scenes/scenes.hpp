// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "sandbox/studio/scenes/canvas.hpp"

namespace aisha::sandbox::studio {

/// How a scene lights its subject.
struct Light {
  Colour key{1, 1, 1}, fill{1, 1, 1};  ///< tint of the lit and of the far side
  float side = -1;                     ///< the lit side: -1 left, 1 wherever the backdrop's lamp stands
  Colour rim_left{}, rim_right{};
  float exposure = 1, contrast = 1, saturation = 1, wrap = 0.5f, shadow = 0, bloom = 0.25f;
};

/// `words` are stems; those before '|' are strong. `style` names the style used when the prompt names none, `wear` the
/// garments that suit it (none: the clothes of the photo).
struct Scene {
  std::string_view name;
  std::string_view words;
  const char* style;
  void (*paint)(Canvas&);
  Light light;
  std::string_view wear{};
  bool open_air = false;     ///< hour and weather show
  std::string_view land{};   ///< not empty: the painted land takes over where more is asked for than these
  std::string_view holds{};  ///< what it shows besides
  bool plain = false;        ///< a studio's backdrop, which may have a colour of its own
  bool all_land = false;     ///< it is the painted land, which shows all that the setting names
};

/// The scene's light at that hour and in that weather.
Light light_of(const Scene& scene, const Setting& setting);
/// Hour and weather of an open-air scene that does not paint them itself.
void grade(Canvas& c, const Setting& setting);
/// Rain, snow or fog behind the subject, in linear light; then before it, in display values.
void fall_behind(Canvas& c);
void fall_before(Canvas& c);

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
void backdrop(Canvas& c);
void winter(Canvas& c);
void desert(Canvas& c);
void space(Canvas& c);
void blossom(Canvas& c);
void festival(Canvas& c);
void land(Canvas& c);

}  // namespace aisha::sandbox::studio
