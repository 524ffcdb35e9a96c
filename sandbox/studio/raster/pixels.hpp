// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/studio/figure/framing.hpp"
#include "sandbox/studio/raster/raster.hpp"

/// All use of libvips by the painter: decoding, resampling and encoding only.
namespace aisha::sandbox::studio {

enum class Format { jpeg, png };

/// sRGB display values 0..1, turned upright, no longer than `longest`. Empty when the bytes are no picture.
std::optional<Raster> decode_photo(std::string_view bytes, int longest);
/// First channel, brought to that size.
std::optional<Raster> decode_mask(std::string_view bytes, int width, int height);
/// Lanczos, edges repeated outwards.
Raster window(const Raster& m, const Frame& frame, int width, int height);
/// 8 bits a channel, no metadata.
std::string encode(const Raster& m, Format format);

}  // namespace aisha::sandbox::studio
