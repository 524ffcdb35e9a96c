// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/photo/photo_report.hpp"

#include <algorithm>
#include <cmath>

#include "imaging/worker/photo/faces.hpp"
#include "imaging/worker/pixels/codec.hpp"
#include "imaging/worker/pixels/measures.hpp"
#include "imaging/worker/pixels/normal_form.hpp"

namespace aisha::imaging::worker {
namespace {

constexpr int kKeptSide = 1536;
constexpr int kKeptQuality = 92;
/// The size at which a photo is measured, so that figures of large and small ones can be compared.
constexpr int kMeasuredSide = 640;
constexpr int kFaceSide = 256;

Raster for_measuring(const Raster& kept) {
  const double factor = std::min(1.0, static_cast<double>(kMeasuredSide) / std::max(kept.width, kept.height));
  const auto side = [factor](int px) { return std::max(1, static_cast<int>(std::lround(px * factor))); };
  return scaled(kept, side(kept.width), side(kept.height));
}

/// What of the photo lies in the box.
Raster cut_out(const Raster& photo, int left, int top, int side) {
  const int right = std::min(photo.width, left + side);
  const int bottom = std::min(photo.height, top + side);
  left = std::max(0, left);
  top = std::max(0, top);
  Raster out(std::max(1, right - left), std::max(1, bottom - top), {});
  for (int y = top; y < bottom; ++y) {
    std::copy_n(photo.at(left, y), 3 * static_cast<std::size_t>(out.width), out.at(0, y - top));
  }
  return out;
}

int times(int px, double factor) {
  return static_cast<int>(std::lround(px * factor));
}

FaceBox enlarged(const FaceBox& face, double factor) {
  return {
      .x = times(face.x, factor), .y = times(face.y, factor), .side = times(face.side, factor), .score = face.score};
}

void look_for_faces(const Raster& small, const Raster& kept, PhotoReport& report) {
  auto faces = find_faces(small);
  if (!faces) {
    return;
  }
  report.faces_known = true;
  if (!faces->empty()) {
    const FaceBox best = enlarged(faces->front(), static_cast<double>(kept.width) / small.width);
    const Raster face = cut_out(kept, best.x, best.y, best.side);
    report.face_sharpness = sharpness_of(scaled(face, kFaceSide, kFaceSide));
  }
  for (const FaceBox& face : *faces) {
    report.faces.push_back(enlarged(face, static_cast<double>(report.width) / small.width));
  }
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
  look_for_faces(small, kept, report);
  return report;
}

}  // namespace aisha::imaging::worker
