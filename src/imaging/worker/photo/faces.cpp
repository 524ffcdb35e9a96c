// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/photo/faces.hpp"

#ifdef AISHA_FACES

// dlib's settings come with these two headers. Debian's name a linear algebra that the detector can do without.
#include <dlib/assert.h>
#include <dlib/test_for_odr_violations.h>
#undef DLIB_USE_BLAS
#undef DLIB_USE_LAPACK

#include <dlib/array2d.h>
#include <dlib/image_processing/frontal_face_detector.h>

#include <cmath>

namespace aisha::imaging::worker {
namespace {

dlib::array2d<unsigned char> grey_of(const Raster& raster) {
  dlib::array2d<unsigned char> grey(raster.height, raster.width);
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      const std::uint8_t* pixel = raster.at(x, y);
      grey[y][x] = static_cast<unsigned char>(std::lround(0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]));
    }
  }
  return grey;
}

/// Folds of cloth beside a face reach 0.1; two people in one photo have 0.5 and more each.
constexpr double kSurelyAnother = 0.2;

}  // namespace

std::optional<std::vector<FaceBox>> find_faces(const Raster& raster) {
  static dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
  std::vector<std::pair<double, dlib::rectangle>> found;
  // It answers in the order of the scores, overlaps already resolved.
  detector(grey_of(raster), found);
  std::vector<FaceBox> faces;
  for (const auto& [score, box] : found) {
    if (!faces.empty() && score < kSurelyAnother) {
      break;
    }
    faces.push_back({.x = static_cast<int>(box.left()),
                     .y = static_cast<int>(box.top()),
                     .side = static_cast<int>(box.width()),
                     .score = score});
  }
  return faces;
}

}  // namespace aisha::imaging::worker

#else

namespace aisha::imaging::worker {

std::optional<std::vector<FaceBox>> find_faces(const Raster&) {
  return std::nullopt;
}

}  // namespace aisha::imaging::worker

#endif
