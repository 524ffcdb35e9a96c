// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "imaging/worker/photo/photo_report.hpp"
#include "tests/fakes/paths.hpp"

/// The build with -DAISHA_FACES=OFF: this program has the face finder compiled without dlib.
namespace aisha::imaging::worker {
namespace {

TEST(FacesOff, APhotoIsMeasuredAndKeptAndNothingIsSaidOfFaces) {
  std::ifstream file(aisha::fakes::source_dir() + "/data/demo/astronaut.png", std::ios::binary);
  const std::string photo{std::istreambuf_iterator<char>(file), {}};
  const auto report = look_at_photo(photo, {});
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->faces_known);
  EXPECT_TRUE(report->faces.empty());
  EXPECT_EQ(report->face_sharpness, 0);
  EXPECT_GT(report->sharpness, 60);
  EXPECT_EQ(report->kept_width, 512);
  EXPECT_FALSE(report->jpeg.empty());
}

}  // namespace
}  // namespace aisha::imaging::worker
