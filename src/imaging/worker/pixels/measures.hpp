// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "imaging/picture_types.hpp"
#include "imaging/worker/pixels/raster.hpp"

/// Figures of pixels; luma by ITU-R BT.601, 0 to 255.
namespace aisha::imaging::worker {

/// Of a thumbnail, as domain/defect judges it.
Looks looks_of(const Raster& thumbnail);
/// Variance of the luma's Laplacian (four neighbours); it depends on the size at which it is measured.
double sharpness_of(const Raster& raster);
double mean_luma(const Raster& raster);
/// Difference hash: of the means of 9 x 8 cells each compared with its right neighbour, row by row from the highest
/// bit.
std::uint64_t dhash_of(const Raster& raster);

}  // namespace aisha::imaging::worker
