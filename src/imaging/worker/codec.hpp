// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "imaging/sniff.hpp"
#include "imaging/worker/raster.hpp"

/// The only place that calls libvips.
namespace aisha::imaging::worker {

/// Once per process, before anything else here: one thread, no operation cache, every loader blocked but those of JPEG,
/// PNG and WebP, GLib's warnings silenced. False when libvips cannot start.
bool start_codec();

/// How a picture meets the asked-for box.
enum class Fit {
  inside,  ///< whole picture, scaled down only
  cover,   ///< fills the box exactly, the most interesting part stays
};

/// A picture that passed `sniff`, opened by its one loader far enough to know its displayed sides.
struct Opened {
  Header header;
  int width = 0;  ///< as displayed
  int height = 0;
  int orientation = 1;  ///< EXIF, 1..8
};

/// Header check. Errors: those of `sniff`, image_type_refused (several pages), image_truncated.
Result<Opened> open_picture(std::string_view bytes, const PictureLimits& limits);

/// Decodes all of it, upright, into sRGB on white. Error: image_truncated (cut short or damaged).
Result<Raster> decode(std::string_view bytes, int width, int height, Fit fit);

/// Same pixels as in memory, scaled to exactly these sides.
Raster scaled(const Raster& raster, int width, int height);

/// Without any metadata.
std::string encode_jpeg(const Raster& raster, int quality);
std::string encode_webp(const Raster& raster, int quality);

}  // namespace aisha::imaging::worker
