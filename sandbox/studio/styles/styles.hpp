// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {

/// What a style may know of the picture it paints over. Full-size pixels.
struct StyleContext {
  const Raster& alpha;  ///< the subject's mask
  float head_x, head_y, head_width;
  std::uint32_t seed;
  const Grain& grain;
};

/// `painted`: the style makes its own fine detail, so the photo is not sharpened first.
struct Style {
  const char* name;
  const char* words;
  void (*paint)(Raster&, const StyleContext&);
  float grain, vignette;
  bool painted = false;
  std::string_view wear{};  ///< garments for a prompt that names neither place nor clothes
  float airy = 0;           ///< how far the backdrop of a prompt without a place fades into paper
};

/// The first one is the fallback.
std::span<const Style> styles();
const Style& style_named(const char* name);

void photo(Raster& m, const StyleContext& c);
void film(Raster& m, const StyleContext& c);
void comic(Raster& m, const StyleContext& c);
void oil(Raster& m, const StyleContext& c);
void watercolour(Raster& m, const StyleContext& c);
void neon_duotone(Raster& m, const StyleContext& c);
void noir(Raster& m, const StyleContext& c);
void pencil(Raster& m, const StyleContext& c);
void stained_glass(Raster& m, const StyleContext& c);

}  // namespace aisha::sandbox::studio
