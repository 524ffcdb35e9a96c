// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "imaging/picture_types.hpp"

/// What the first bytes of a file say, without decoding anything.
namespace aisha::imaging {

struct PictureLimits {
  std::size_t max_bytes = 32ULL << 20U;
  int max_side = 8192;
  std::int64_t max_pixels = 33'500'000;
};

struct Header {
  Format format = Format::jpeg;
  int width = 0;  ///< as stored, before EXIF orientation
  int height = 0;
};

/// Names the one loader a file may go to, by its magic bytes (never by a name or a declared type), and reads its
/// dimensions. Errors: image_too_many_bytes; image_not_an_image (empty, text, HTML, unknown bytes, zero sides);
/// image_type_refused (pictures of other kinds, documents, animations); image_truncated (the header itself is cut or
/// damaged); image_too_large (a side or the area past the limits).
Result<Header> sniff(std::string_view bytes, const PictureLimits& limits);

}  // namespace aisha::imaging
