// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "imaging/picture_types.hpp"
#include "imaging/worker/pixels/raster.hpp"

namespace aisha::imaging::worker {

/// The faces that look out of a picture, turned by up to 30 degrees, at least 80 px wide; best score first, in pixels
/// of the raster. nullopt in a build that cannot look for faces. The first call of a process takes half a second
/// longer.
std::optional<std::vector<FaceBox>> find_faces(const Raster& raster);

}  // namespace aisha::imaging::worker
