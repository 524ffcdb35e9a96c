// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/photo/photo_report.hpp"

#include <algorithm>
#include <cmath>

#include "imaging/worker/pixels/codec.hpp"
#include "imaging/worker/pixels/measures.hpp"
#include "imaging/worker/pixels/normal_form.hpp"

namespace aisha::imaging::worker {
namespace {

constexpr int kKeptSide = 1536;
constexpr int kKeptQuality = 92;
/// The size at which a photo is measured, so that figures of large and small ones can be compared.
constexpr int kMeasuredSide = 640;

Raster for_measuring(const Raster& kept) {
  const double factor = std::min(1.0, static_cast<double>(kMeasuredSide) / std::max(kept.width, kept.height));
  const auto side = [factor](int px) { return std::max(1, static_cast<int>(std::lround(px * factor))); };
  return scaled(kept, side(kept.width), side(kept.height));
}

}  // namespace

Result<PhotoReport> look_at_photo(std::string_view picture, const PictureLimits& limits) {
  const auto upright = decode_upright(picture, limits, kKeptSide);
  if (!upright) {
    return std::unexpected(upright.error());
  }
  const Raster& kept = upright->pixels;
  const Raster small = for_measuring(kept);
  PhotoReport report;
  report.format = upright->format;
  report.width = upright->width;
  report.height = upright->height;
  report.jpeg = encode_jpeg(kept, kKeptQuality);
  report.kept_width = kept.width;
  report.kept_height = kept.height;
  report.luma = mean_luma(small);
  report.dhash = dhash_of(small);
  report.sharpness = sharpness_of(small);
  return report;
}

}  // namespace aisha::imaging::worker
