// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "imaging/sniff.hpp"
#include "imaging/worker/pixels/raster.hpp"

namespace aisha::imaging::worker {

/// The picture as it is kept: upright, sRGB, 8 bits a channel, without metadata or colour profile, in its own format.
/// What is so already keeps its pixels as they are; the rest is decoded and encoded anew, JPEG and lossy WebP at a
/// quality where no eye sees a difference. A profile that does not fit its picture is left aside, as viewers do.
/// Errors: those of `open_picture`, image_truncated (cut short or damaged).
Result<std::string> normal_form(std::string_view picture, const PictureLimits& limits);

/// A picture as a person sent it.
struct Upright {
  Format format = Format::jpeg;
  int width = 0;  ///< of the whole, upright
  int height = 0;
  Raster pixels;  ///< on white
};

/// Decodes a file as it came, once, in its colours and upright, to a long side of at most `most` px; what is smaller
/// keeps its size. Errors: those of `normal_form`.
Result<Upright> decode_upright(std::string_view picture, const PictureLimits& limits, int most);

}  // namespace aisha::imaging::worker
