// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/vips_bytes.hpp"

#include <algorithm>

namespace aisha::imaging::worker {

VipsBlob* borrow(std::string_view bytes) {
  return vips_blob_new(nullptr, bytes.data(), bytes.size());
}

std::string first_line(const VError& error) {
  const std::string text = error.what();
  vips_error_clear();
  return text.substr(0, std::min<std::size_t>(text.find('\n'), 200));
}

VImage load(Format format, VipsBlob* blob) {
  auto* options = VImage::option()->set("access", VIPS_ACCESS_SEQUENTIAL)->set("fail_on", VIPS_FAIL_ON_TRUNCATED);
  switch (format) {
    case Format::jpeg: return VImage::jpegload_buffer(blob, options);
    case Format::png: return VImage::pngload_buffer(blob, options);
    case Format::webp: return VImage::webpload_buffer(blob, options);
  }
  throw VError("no such format");
}

std::string take(VipsBlob* blob) {
  const BlobGuard guard(blob);
  std::size_t size = 0;
  const auto* data = static_cast<const char*>(vips_blob_get(blob, &size));
  return {data, size};
}

}  // namespace aisha::imaging::worker
