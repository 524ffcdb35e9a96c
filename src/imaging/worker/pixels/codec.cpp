// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/pixels/codec.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "imaging/strip.hpp"
#include "imaging/worker/pixels/vips_bytes.hpp"

namespace aisha::imaging::worker {
namespace {

void swallow(const gchar*, GLogLevelFlags, const gchar*, gpointer) {}

VImage as_image(const Raster& raster) {
  // libvips only reads: the signature has no const.
  auto* data = const_cast<std::uint8_t*>(raster.rgb.data());
  return VImage::new_from_memory(data, raster.rgb.size(), raster.width, raster.height, 3, VIPS_FORMAT_UCHAR)
      .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
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

Result<Header> open_picture(std::string_view bytes, const PictureLimits& limits) {
  auto header = sniff(bytes, limits);
  if (!header) {
    return header;
  }
  try {
    const BlobGuard blob(borrow(bytes));
    const VImage image = load(header->format, blob.blob);
    if (image.get_typeof(VIPS_META_N_PAGES) != 0 && image.get_int(VIPS_META_N_PAGES) > 1) {
      return fail(Errc::image_type_refused, "several pages");
    }
    if (image.width() != header->width || image.height() != header->height) {
      return fail(Errc::image_truncated, "the loader disagrees with the header");
    }
    return header;
  } catch (const VError& error) {
    return fail(Errc::image_truncated, first_line(error));
  }
}

namespace {

/// Where the eyes of a portrait are, as a share of its height. What libvips finds interesting may be a sun beside the
/// face, or a shirt in its light.
constexpr double kEyes = 0.36;

/// Fills the box with the upper part of a picture that is higher than it; nothing for one that is not.
std::optional<VImage> bust_of(std::string_view bytes, VipsBlob* blob, int width, int height) {
  const bool png = bytes.starts_with("\x89PNG");
  const VImage whole = VImage::new_from_buffer(bytes.data(), bytes.size(), "");
  const int tall = static_cast<int>(std::lround(whole.height() * (static_cast<double>(width) / whole.width())));
  if (tall <= height) {
    return std::nullopt;
  }
  auto* options = VImage::option()->set("height", tall)->set("size", VIPS_SIZE_FORCE);
  const VImage scaled = png ? load(Format::png, blob).thumbnail_image(width, options)
                            : VImage::thumbnail_buffer(blob, width, options->set("fail_on", VIPS_FAIL_ON_TRUNCATED));
  const int top = std::clamp(static_cast<int>(std::lround(kEyes * tall)) - height / 2, 0, tall - height);
  return scaled.extract_area(0, top, width, height);
}

}  // namespace

Result<Raster> decode(std::string_view bytes, int width, int height, Fit fit) {
  try {
    const BlobGuard blob(borrow(bytes));
    if (fit == Fit::bust) {
      if (auto bust = bust_of(bytes, blob.blob, width, height)) {
        return to_raster(*bust);
      }
      fit = Fit::cover;
    }
    auto* options = VImage::option()
                        ->set("height", height)
                        ->set("size", fit == Fit::inside ? VIPS_SIZE_DOWN : VIPS_SIZE_BOTH)
                        ->set("crop", fit == Fit::cover ? VIPS_INTERESTING_ATTENTION : VIPS_INTERESTING_NONE);
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
