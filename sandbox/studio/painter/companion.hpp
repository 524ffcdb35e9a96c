// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/studio/figure/lighting.hpp"

namespace aisha::sandbox::studio {

/// A cat at the lower edge, before the person and beside the face, in the same light. The stage has been lit already.
void seat_cat(Stage& stage, Canvas& backdrop, const Photo& cat, const Light& light);

}  // namespace aisha::sandbox::studio
