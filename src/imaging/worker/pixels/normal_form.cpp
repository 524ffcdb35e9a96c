// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/pixels/normal_form.hpp"

#include <algorithm>
#include <cmath>

#include "imaging/orientation.hpp"
#include "imaging/strip.hpp"
#include "imaging/worker/pixels/codec.hpp"
#include "imaging/worker/pixels/plain_form.hpp"
#include "imaging/worker/pixels/vips_bytes.hpp"

namespace aisha::imaging::worker {
namespace {

constexpr int kKeptQuality = 95;
/// TIFF 6.0: from here on the sides are exchanged.
constexpr int kFirstLying = 5;

std::string encoded(const VImage& image, std::string_view original, Format format) {
  switch (format) {
    case Format::jpeg:
      return take(image.jpegsave_buffer(VImage::option()
                                            ->set("Q", kKeptQuality)
                                            ->set("subsample_mode", VIPS_FOREIGN_SUBSAMPLE_OFF)
                                            ->set("optimize_coding", true)
                                            ->set("strip", true)));
    case Format::png:
      return take(image.pngsave_buffer(
          VImage::option()->set("filter", VIPS_FOREIGN_PNG_FILTER_PAETH)->set("bitdepth", 8)->set("strip", true)));
    case Format::webp: break;
  }
  const bool lossless = original.contains("VP8L");
  return take(image.webpsave_buffer(
      VImage::option()->set("Q", kKeptQuality)->set("lossless", lossless)->set("effort", 2)->set("strip", true)));
}

/// A file that may be decoded, without its metadata, and how it lies in it.
struct Opened {
  Header header;
  std::string bytes;
  int orientation = 1;
};

Result<Opened> opened(std::string_view picture, const PictureLimits& limits) {
  const auto header = sniff(picture, limits);
  if (!header) {
    return std::unexpected(header.error());
  }
  // Decoded from the stripped bytes only: compressed text in a PNG can unfold to gigabytes.
  Stripped bare = strip_metadata(picture, header->format);
  if (!bare.complete) {
    return fail(Errc::image_truncated, "the file ends before the picture does");
  }
  if (const auto open = open_picture(bare.bytes, limits); !open) {
    return std::unexpected(open.error());
  }
  return Opened{*header, std::move(bare.bytes), orientation_of(picture, header->format)};
}

/// As few pixels as the decoder can skip to without coming below one in `times`.
VImage load_shrunk(Format format, VipsBlob* blob, double times) {
  auto* options = VImage::option()->set("access", VIPS_ACCESS_SEQUENTIAL)->set("fail_on", VIPS_FAIL_ON_TRUNCATED);
  constexpr int kMostOfJpeg = 8;
  switch (format) {
    case Format::jpeg: {
      int shrink = 1;
      while (shrink < kMostOfJpeg && 2 * shrink <= times) {
        shrink *= 2;
      }
      return VImage::jpegload_buffer(blob, options->set("shrink", shrink));
    }
    case Format::webp: return VImage::webpload_buffer(blob, options->set("scale", 1 / std::max(1.0, times)));
    case Format::png: return VImage::pngload_buffer(blob, options);
  }
  throw VError("no such format");
}

}  // namespace

Result<std::string> normal_form(std::string_view picture, const PictureLimits& limits) {
  const auto file = opened(picture, limits);
  if (!file) {
    return std::unexpected(file.error());
  }
  const Format format = file->header.format;
  try {
    const BlobGuard blob(borrow(file->bytes));
    const VImage image = load(format, blob.blob);
    if (file->orientation == 1 && is_plain(image, file->bytes, format)) {
      return strip_metadata(file->bytes, format, Profile::drop).bytes;
    }
    const std::string anew = encoded(turned(in_srgb(image), file->orientation), file->bytes, format);
    return strip_metadata(anew, format, Profile::drop).bytes;
  } catch (const VError& error) {
    return fail(Errc::image_truncated, first_line(error));
  }
}

Result<Upright> decode_upright(std::string_view picture, const PictureLimits& limits, int most) {
  const auto file = opened(picture, limits);
  if (!file) {
    return std::unexpected(file.error());
  }
  const auto [format, width, height] = file->header;
  try {
    const BlobGuard blob(borrow(file->bytes));
    VImage image = in_srgb(load_shrunk(format, blob.blob, static_cast<double>(std::max(width, height)) / most));
    image = image.thumbnail_image(most, VImage::option()->set("height", most)->set("size", VIPS_SIZE_DOWN));
    const bool lies = file->orientation >= kFirstLying;
    return Upright{.format = format,
                   .width = lies ? height : width,
                   .height = lies ? width : height,
                   .pixels = to_raster(turned(image, file->orientation))};
  } catch (const VError& error) {
    return fail(Errc::image_truncated, first_line(error));
  }
}

}  // namespace aisha::imaging::worker
