// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/pixels/vips_bytes.hpp"

#include <algorithm>
#include <vector>

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

Raster to_raster(VImage image) {
  if (image.interpretation() != VIPS_INTERPRETATION_sRGB) {
    image = image.colourspace(VIPS_INTERPRETATION_sRGB);
  }
  if (image.has_alpha()) {
    image = image.flatten(VImage::option()->set("background", std::vector<double>{255, 255, 255}));
  }
  if (image.bands() > 3) {
    image = image.extract_band(0, VImage::option()->set("n", 3));
  } else if (image.bands() < 3) {
    const VImage grey = image.extract_band(0);
    image = VImage::bandjoin({grey, grey, grey});
  }
  image = image.cast(VIPS_FORMAT_UCHAR);
  Raster out;
  out.width = image.width();
  out.height = image.height();
  std::size_t size = 0;
  auto* memory = static_cast<std::uint8_t*>(image.write_to_memory(&size));
  out.rgb.assign(memory, memory + size);
  g_free(memory);
  return out;
}

}  // namespace aisha::imaging::worker
