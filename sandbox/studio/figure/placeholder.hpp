// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "sandbox/studio/figure/photo.hpp"

namespace aisha::sandbox::studio {

/// A drawn person with soft features, for requests whose avatar has no photo here. Seeds differ in hair, skin and
/// clothes.
Photo placeholder_person(std::uint32_t seed);

}  // namespace aisha::sandbox::studio
