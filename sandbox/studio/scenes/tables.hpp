// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/studio/scenes/scenes.hpp"

/// Parts of scenes().
namespace aisha::sandbox::studio {

std::span<const Scene> open_scenes();
std::span<const Scene> indoor_scenes();

}  // namespace aisha::sandbox::studio
