// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/studio/raster/raster.hpp"

namespace aisha::sandbox::studio {

/// Edge-preserving smoothing: the recursive form of the domain transform (Gastal and Oliveira, 2011).
void recursive_smooth(Raster& m, float sigma_space, float sigma_range, int rounds);

/// Narrows edges without halos (samples move away from them), then a mild unsharp mask.
void crispen(Raster& m, float sigma, float reach, float amount);

}  // namespace aisha::sandbox::studio
