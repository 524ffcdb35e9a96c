// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vips/vips8>

#include "imaging/picture_types.hpp"
#include "imaging/worker/pixels/raster.hpp"

/// Bytes into libvips and out of it; for its neighbours here alone. No Boost header may come near.
namespace aisha::imaging::worker {

using vips::VError;
using vips::VImage;

/// Gives a blob back at its end.
struct BlobGuard {
  VipsBlob* blob;
  explicit BlobGuard(VipsBlob* held) : blob(held) {}
  BlobGuard(const BlobGuard&) = delete;
  BlobGuard& operator=(const BlobGuard&) = delete;
  ~BlobGuard() { vips_area_unref(VIPS_AREA(blob)); }
};

/// The loader does not copy: `bytes` must outlive the image.
VipsBlob* borrow(std::string_view bytes);
/// By the one loader of its format, from top to bottom; a file that ends early throws VError when it is read.
VImage load(Format format, VipsBlob* blob);
/// The bytes of a blob, which is given back.
std::string take(VipsBlob* blob);
/// The pixels of an image, on white.
Raster to_raster(VImage image);
/// What libvips says of it, in a line.
std::string first_line(const VError& error);

}  // namespace aisha::imaging::worker
