// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "imaging/sniff.hpp"

namespace aisha::imaging::worker {

/// The picture as it is kept: upright, sRGB, 8 bits a channel, without metadata or colour profile, in its own format.
/// What is so already keeps its pixels as they are; the rest is decoded and encoded anew, JPEG and lossy WebP at a
/// quality where no eye sees a difference. A profile that does not fit its picture is left aside, as viewers do.
/// Errors: those of `open_picture`, image_truncated (cut short or damaged).
Result<std::string> normal_form(std::string_view picture, const PictureLimits& limits);

}  // namespace aisha::imaging::worker
