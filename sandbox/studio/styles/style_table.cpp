// SPDX-License-Identifier: Apache-2.0

#include <string_view>

#include "sandbox/studio/styles/styles.hpp"

namespace aisha::sandbox::studio {
namespace {
const Style kStyles[] = {
    {"photo", "photorealistic realistic фотореал", photo, 0.010f, 0.28f},
    {"film", "film analog kodak vintage retro 35mm polaroid пленк плёнк ретро винтаж", film, 0.026f, 0.42f, false,
     "denim sweater"},
    {"comic", "comic comics ink manga anime cartoon pop-art комикс манга аниме мульт", comic, 0.004f, 0.12f},
    {"oil", "oil impressionist gogh rembrandt brushwork painting масл живопис", oil, 0.004f, 0.22f, true,
     "gown breton"},
    {"watercolour", "watercolour watercolor aquarelle акварел", watercolour, 0.006f, 0.0f, true, "linen", 0.5f},
    {"neon", "duotone synthwave vaporwave neon-style дуотон", neon_duotone, 0.016f, 0.35f},
    {"noir", "noir black-and-white monochrome detective нуар чб черно-бел чёрно-бел", noir, 0.034f, 0.55f, false,
     "turtleneck"},
    {"pencil", "pencil graphite charcoal sketch карандаш графит эскиз уголь углем", pencil, 0.0f, 0.06f, true,
     "sweater"},
    {"stained-glass", "stained-glass mosaic витраж мозаик", stained_glass, 0.0f, 0.30f, true, "gown"},
};
}  // namespace

std::span<const Style> styles() {
  return kStyles;
}

const Style& style_named(const char* name) {
  for (const Style& style : kStyles) {
    if (std::string_view(style.name) == name) {
      return style;
    }
  }
  return kStyles[0];
}

}  // namespace aisha::sandbox::studio
