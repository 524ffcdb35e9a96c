// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/codec.hpp"

#include <vips/vips8>

#include <algorithm>

#include "imaging/strip.hpp"

namespace aisha::imaging::worker {
namespace {

using vips::VError;
using vips::VImage;

void swallow(const gchar*, GLogLevelFlags, const gchar*, gpointer) {}

/// The loader does not copy: `bytes` must outlive the image.
VipsBlob* borrow(std::string_view bytes) {
  return vips_blob_new(nullptr, bytes.data(), bytes.size());
}

struct BlobGuard {
  VipsBlob* blob;
  explicit BlobGuard(VipsBlob* held) : blob(held) {}
  BlobGuard(const BlobGuard&) = delete;
  BlobGuard& operator=(const BlobGuard&) = delete;
  ~BlobGuard() { vips_area_unref(VIPS_AREA(blob)); }
};

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

VImage as_image(const Raster& raster) {
  // libvips only reads: the signature has no const.
  auto* data = const_cast<std::uint8_t*>(raster.rgb.data());
  return VImage::new_from_memory(data, raster.rgb.size(), raster.width, raster.height, 3, VIPS_FORMAT_UCHAR)
      .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

std::string take(VipsBlob* blob) {
  const BlobGuard guard(blob);
  std::size_t size = 0;
  const auto* data = static_cast<const char*>(vips_blob_get(blob, &size));
  return {data, size};
}

}  // namespace

bool start_codec() {
  g_log_set_default_handler(swallow, nullptr);
  if (vips_init("aisha-imager") != 0) {
    return false;
  }
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeignLoad", TRUE);
  for (const char* loader : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp"}) {
    vips_operation_block_set(loader, FALSE);
  }
  return true;
}

Result<Opened> open_picture(std::string_view bytes, const PictureLimits& limits) {
  auto header = sniff(bytes, limits);
  if (!header) {
    return std::unexpected(std::move(header.error()));
  }
  try {
    const BlobGuard blob(borrow(bytes));
    const VImage image = load(header->format, blob.blob);
    if (image.get_typeof(VIPS_META_N_PAGES) != 0 && image.get_int(VIPS_META_N_PAGES) > 1) {
      return fail(Errc::image_type_refused, "several pages");
    }
    Opened out{*header, image.width(), image.height(), 1};
    if (image.get_typeof(VIPS_META_ORIENTATION) != 0) {
      out.orientation = std::clamp(image.get_int(VIPS_META_ORIENTATION), 1, 8);
    }
    if (out.width != header->width || out.height != header->height) {
      return fail(Errc::image_truncated, "the loader disagrees with the header");
    }
    if (out.orientation >= 5) {
      std::swap(out.width, out.height);
    }
    return out;
  } catch (const VError& error) {
    return fail(Errc::image_truncated, first_line(error));
  }
}

Result<Raster> decode(std::string_view bytes, int width, int height, Fit fit) {
  try {
    const BlobGuard blob(borrow(bytes));
    auto* options = VImage::option()
                        ->set("height", height)
                        ->set("size", fit == Fit::inside ? VIPS_SIZE_DOWN : VIPS_SIZE_BOTH)
                        ->set("crop", fit == Fit::cover ? VIPS_INTERESTING_ATTENTION : VIPS_INTERESTING_NONE)
                        ->set("export_profile", "srgb");
    if (bytes.starts_with("\x89PNG")) {
      // PNG has no shrink-on-load, and thumbnail_buffer of libvips 8.14 forgets fail_on for such formats.
      return to_raster(load(Format::png, blob.blob).thumbnail_image(width, options));
    }
    options->set("fail_on", VIPS_FAIL_ON_TRUNCATED);
    return to_raster(VImage::thumbnail_buffer(blob.blob, width, options));
  } catch (const VError& error) {
    return fail(Errc::image_truncated, first_line(error));
  }
}

Raster scaled(const Raster& raster, int width, int height) {
  auto* options = VImage::option()->set("height", height)->set("size", VIPS_SIZE_FORCE);
  return to_raster(as_image(raster).thumbnail_image(width, options));
}

std::string encode_jpeg(const Raster& raster, int quality) {
  auto* options = VImage::option()->set("Q", quality)->set("strip", true)->set("optimize_coding", true);
  return strip_metadata(take(as_image(raster).jpegsave_buffer(options)), Format::jpeg).bytes;
}

std::string encode_webp(const Raster& raster, int quality) {
  auto* options = VImage::option()->set("Q", quality)->set("strip", true)->set("effort", 2);
  return strip_metadata(take(as_image(raster).webpsave_buffer(options)), Format::webp).bytes;
}

}  // namespace aisha::imaging::worker
