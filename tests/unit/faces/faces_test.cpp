// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vips/vips8>

#include "imaging/worker/pixels/codec.hpp"
#include "tests/unit/imaging/fixture.hpp"

/// Where a photo shows a face, found in the imager's process under its limits.
namespace aisha::imaging {
namespace {

using vips::VImage;
using worker::Fit;
using worker::Raster;

const std::filesystem::path& data() {
  static const std::filesystem::path folder{aisha::fakes::source_dir() + "/data"};
  return folder;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Names and bytes of the shipped previews of a kind, "portrait" or "style".
std::vector<std::pair<std::string, std::string>> previews(std::string_view kind) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& entry : std::filesystem::directory_iterator(data() / "previews")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".jpg") && name.contains("." + std::string(kind) + ".")) {
      out.emplace_back(name, read(entry.path()));
    }
  }
  return out;
}

Raster astronaut(int side) {
  const Raster small = worker::decode(read(data() / "demo" / "astronaut.png"), 512, 512, Fit::cover).value();
  return worker::scaled(small, side, side);
}

VImage image_of(const Raster& raster) {
  static const int kStarted = vips_init("unit_faces");
  if (kStarted != 0) {
    throw std::runtime_error("libvips does not start");
  }
  return VImage(vips_image_new_from_memory_copy(raster.rgb.data(), raster.rgb.size(), raster.width, raster.height, 3,
                                                VIPS_FORMAT_UCHAR))
      .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

std::string jpeg_of(const VImage& image) {
  VipsBlob* blob = image.cast(VIPS_FORMAT_UCHAR).jpegsave_buffer(VImage::option()->set("Q", 92));
  std::size_t size = 0;
  const void* bytes = vips_blob_get(blob, &size);
  std::string out(static_cast<const char*>(bytes), size);
  vips_area_unref(VIPS_AREA(blob));
  return out;
}

class FacesTest : public ImagerTest {
 protected:
  PhotoReport seen(std::string picture) {
    auto report = await(imager().photo(std::move(picture)));
    if (!report) {
      ADD_FAILURE() << code_of(report.error().code) << ' ' << report.error().detail;
      return {};
    }
    EXPECT_TRUE(report->faces_known);
    return std::move(*report);
  }
};

TEST_F(FacesTest, OneIsInEachPaintedPortraitAndNoneInAPictureOfTheCat) {
  const auto portraits = previews("portrait");
  ASSERT_GE(portraits.size(), 25U);
  for (const auto& [name, picture] : portraits) {
    const auto report = seen(picture);
    EXPECT_EQ(report.faces.size(), 1U) << name;
    EXPECT_GE(report.face_sharpness, 9) << name << " would be kept as a weak photo";
  }
  const auto styles = previews("style");
  ASSERT_GE(styles.size(), 20U);
  for (const auto& [name, picture] : styles) {
    const auto report = seen(picture);
    EXPECT_TRUE(report.faces.empty()) << name;
    EXPECT_EQ(report.face_sharpness, 0) << name;
  }
  EXPECT_TRUE(seen(read(data() / "demo" / "chelsea.png")).faces.empty());
}

TEST_F(FacesTest, TheirBoxIsInPixelsOfTheOriginal) {
  // Eyes, nose and mouth of the demo's portrait, as shares of its side.
  constexpr double kX = 0.435;
  constexpr double kY = 0.25;
  for (const int side : {512, 1536, 4096}) {
    const auto report = seen(jpeg_of(image_of(astronaut(side))));
    ASSERT_EQ(report.faces.size(), 1U) << side;
    const FaceBox face = report.faces.front();
    EXPECT_NEAR((face.x + face.side / 2.0) / side, kX, 0.02) << side;
    EXPECT_NEAR((face.y + face.side / 2.0) / side, kY, 0.03) << side;
    EXPECT_NEAR(static_cast<double>(face.side) / side, 0.18, 0.03) << side;
    EXPECT_GT(face.score, 1) << side;
  }
}

TEST_F(FacesTest, AreFoundInATurnedFileWhereItStandsUpright) {
  VImage lying = image_of(astronaut(1024)).rot(VIPS_ANGLE_D270).copy();
  constexpr int kTurnRight = 6;
  lying.set(VIPS_META_ORIENTATION, kTurnRight);
  const auto report = seen(jpeg_of(lying));
  ASSERT_EQ(report.faces.size(), 1U);
  const FaceBox face = report.faces.front();
  EXPECT_NEAR((face.x + face.side / 2.0) / 1024, 0.435, 0.02);
  EXPECT_NEAR((face.y + face.side / 2.0) / 1024, 0.25, 0.03);
}

TEST_F(FacesTest, AreFoundTurnedADozenDegreesAndInTheDark) {
  const VImage photo = image_of(astronaut(1024));
  for (const double degrees : {-30.0, -12.0, 12.0, 30.0}) {
    EXPECT_EQ(seen(jpeg_of(photo.rotate(degrees))).faces.size(), 1U) << degrees;
  }
  const auto dark = seen(jpeg_of(photo * 0.15));
  EXPECT_EQ(dark.faces.size(), 1U);
  EXPECT_LT(dark.luma, 25);
}

TEST_F(FacesTest, TwoPeopleAreTwoWithTheClearerFirst) {
  const VImage one = image_of(astronaut(1200)).extract_area(300, 50, 450, 600);
  const VImage two = one.join((one * 0.4 + 90).gaussblur(3).fliphor(), VIPS_DIRECTION_HORIZONTAL);
  const auto report = seen(jpeg_of(two));
  ASSERT_EQ(report.faces.size(), 2U);
  EXPECT_GE(report.faces[0].score, report.faces[1].score);
  EXPECT_LT(report.faces[0].x, 450) << "the one in focus";
  EXPECT_GT(report.faces[1].x, 450);
}

TEST_F(FacesTest, TheirSharpnessFallsWithTheFocusWhateverSurroundsThem) {
  const VImage photo = image_of(astronaut(1536));
  const double sharp = seen(jpeg_of(photo)).face_sharpness;
  const double soft = seen(jpeg_of(photo.gaussblur(4))).face_sharpness;
  const double blurred = seen(jpeg_of(photo.gaussblur(9))).face_sharpness;
  EXPECT_GT(sharp, 9);
  EXPECT_LT(soft, sharp);
  EXPECT_LT(blurred, 4) << "refused for it";
  // A sharp wall around a face that is out of focus.
  const VImage busy = image_of(astronaut(1536)).insert(photo.gaussblur(9).extract_area(400, 120, 520, 560), 400, 120);
  const auto report = seen(jpeg_of(busy));
  ASSERT_EQ(report.faces.size(), 1U);
  EXPECT_LT(report.face_sharpness, 4);
  EXPECT_GT(report.sharpness, 60);
}

}  // namespace
}  // namespace aisha::imaging
