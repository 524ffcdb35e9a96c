// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/studio/raster/raster.hpp"

namespace aisha::sandbox::studio {

/// How a painting fails on the canvas: nothing lit, one grey, or no edge anywhere.
enum class Flaw { none, black, grey, blur };

/// `m` with the flaw over all of it.
Raster spoilt(Raster m, Flaw flaw);

/// Each pixel as often as it takes to fill those sides: it costs next to nothing and keeps edges hard.
Raster magnified(const Raster& m, int width, int height);

}  // namespace aisha::sandbox::studio
