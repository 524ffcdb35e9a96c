// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "imaging/picture_types.hpp"

namespace aisha::imaging {

/// The orientation, 1 to 8, that the EXIF of a picture names (TIFF 6.0, tag 274); 1 when it names none. All three
/// formats carry it and viewers obey it: JPEG in an APP1 segment, PNG in `eXIf`, WebP in `EXIF`. The picture must have
/// passed `sniff`.
int orientation_of(std::string_view picture, Format format);

}  // namespace aisha::imaging
