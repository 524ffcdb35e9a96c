// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "imaging/sniff.hpp"
#include "imaging/worker/pixels/raster.hpp"

/// Pictures and the pixels in them, by libvips.
namespace aisha::imaging::worker {

/// Once per process, before anything else here: one thread, no operation cache, every loader blocked but those of JPEG,
/// PNG and WebP, GLib's warnings silenced. False when libvips cannot start.
bool start_codec();

/// How a picture meets the asked-for box.
enum class Fit {
  inside,  ///< whole picture, scaled down only
  cover,   ///< fills the box exactly, the most interesting part stays
  bust,    ///< fills the box exactly; of a picture higher than the box the part around the eyes of a portrait stays
};

/// Header check. Errors: those of `sniff`, image_type_refused (several pages), image_truncated.
Result<Header> open_picture(std::string_view bytes, const PictureLimits& limits);

/// Decodes all of a picture in its normal form, on white. Error: image_truncated (cut short or damaged).
Result<Raster> decode(std::string_view bytes, int width, int height, Fit fit);

/// Same pixels as in memory, scaled to exactly these sides.
Raster scaled(const Raster& raster, int width, int height);

/// Without any metadata; small pictures for showing.
std::string encode_jpeg(const Raster& raster, int quality);
std::string encode_webp(const Raster& raster, int quality);

}  // namespace aisha::imaging::worker
