// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "sandbox/studio/raster/raster.hpp"

namespace aisha::sandbox::studio {

/// Strokes on a 4x6 grid, so that no font is needed. Letters of "sandbox" and digits. Light on dark ground, dark on
/// light.
void lettering(Raster& m, std::string_view text, float x, float y, float unit, float alpha);

/// The same mark in words of any Latin or Cyrillic letters: one line along the lower edge, at its right end.
void mark(Raster& m, std::string_view words);

}  // namespace aisha::sandbox::studio
