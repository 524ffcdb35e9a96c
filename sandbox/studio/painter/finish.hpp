// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "sandbox/studio/styles/styles.hpp"

namespace aisha::sandbox::studio {

/// The subject over the backdrop, both developed from linear light. `alpha` gets the steeper edge that was really used.
Raster merge(const Raster& backdrop, const Raster& subject, Raster& alpha, bool masked, float scale,
             const Grain& grain);

/// Vignette and grain, which also dithers; "sandbox" in the corner, or `words` along the edge.
void finish(Raster& m, const Style& style, const Grain& grain, const std::string& words);

}  // namespace aisha::sandbox::studio
