// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "imaging/worker/pixels/vips_bytes.hpp"

/// What every picture is brought to: 8-bit sRGB, upright. No Boost header may come near.
namespace aisha::imaging::worker {

/// Whether an image, of which `bytes` is the file, has 8-bit red, green and blue that mean what sRGB says.
bool is_plain(const VImage& image, std::string_view bytes, Format format);
/// The same colours as 8-bit sRGB, alpha kept. A profile that does not fit its picture is left aside.
VImage in_srgb(const VImage& image);
/// Upright, of an image that lies in its file as that orientation of EXIF says. Takes all of it into memory unless it
/// is upright.
VImage turned(VImage image, int orientation);

}  // namespace aisha::imaging::worker
