// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <iterator>

#include "imaging/imager_wire.hpp"
#include "imaging/worker/pixels/codec.hpp"
#include "tests/unit/imaging/fixture.hpp"
#include "tests/unit/imaging/pictures.hpp"

/// What a photo that a person sent is told to show, and what is kept of it.
namespace aisha::imaging {
namespace {

using namespace std::string_literals;
using worker::Fit;
using worker::Raster;

class PhotoTest : public ImagerTest {
 protected:
  Result<PhotoReport> look(std::string picture) { return await(imager().photo(std::move(picture))); }
  std::string refusal(std::string picture) {
    const auto report = look(std::move(picture));
    return report ? "ok" : std::string(code_of(report.error().code));
  }
  PhotoReport seen(std::string picture) {
    auto report = look(std::move(picture));
    if (!report) {
      ADD_FAILURE() << code_of(report.error().code) << ' ' << report.error().detail;
      return {};
    }
    return std::move(*report);
  }
  /// The demo's portrait, which is 512 px wide and higher.
  static Raster astronaut(int side) {
    std::ifstream file(aisha::fakes::source_dir() + "/data/demo/astronaut.png", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    return worker::decode(bytes, side, side, Fit::cover).value();
  }
  static std::string jpeg_of(const Raster& raster, int quality = 92) { return worker::encode_jpeg(raster, quality); }

  static Raster lit(Raster raster, double times) {
    for (std::uint8_t& value : raster.rgb) {
      value = static_cast<std::uint8_t>(std::min(255.0, value * times));
    }
    return raster;
  }
  /// The middle of it, so many hundredths of its sides.
  static Raster cut(const Raster& raster, int hundredths) {
    const int side = raster.width * hundredths / 100;
    const int from = (raster.width - side) / 2;
    Raster out(side, side, {});
    for (int y = 0; y < side; ++y) {
      std::copy_n(raster.at(from, from + y), 3 * side, out.at(0, y));
    }
    return out;
  }
};

TEST_F(PhotoTest, ALargePhotoIsKeptSmallerAsAPlainJpeg) {
  const auto report = seen(pictures::jpeg(4000, 3000));
  EXPECT_EQ(report.format, Format::jpeg);
  EXPECT_EQ(report.width, 4000);
  EXPECT_EQ(report.height, 3000);
  EXPECT_EQ(report.kept_width, 1536);
  EXPECT_EQ(report.kept_height, 1152);
  const auto kept = pictures::decode(report.jpeg);
  EXPECT_EQ(kept.width, 1536);
  EXPECT_EQ(kept.height, 1152);
  EXPECT_EQ(pictures::form_of(report.jpeg), (pictures::Form{.bits = 8, .bands = 3, .has_profile = false}));
  EXPECT_TRUE(pictures::beside_pixels(report.jpeg).empty());
  // The gradient is where it was: red grows to the right, green downwards.
  const auto expected = pictures::decode(pictures::png(4000, 3000)).at(3000, 600);
  const auto got = kept.at(1152, 230);
  EXPECT_NEAR(got.r, expected.r, 4);
  EXPECT_NEAR(got.g, expected.g, 4);
  EXPECT_NEAR(got.b, expected.b, 4);
}

TEST_F(PhotoTest, ASmallPhotoKeepsItsSize) {
  for (const std::string& file : {pictures::jpeg(600, 900), pictures::png(600, 900), pictures::webp(600, 900)}) {
    const auto report = seen(file);
    EXPECT_EQ(report.kept_width, 600);
    EXPECT_EQ(report.kept_height, 900);
    EXPECT_EQ(pictures::decode(report.jpeg).height, 900);
  }
  EXPECT_EQ(seen(pictures::png(60, 90)).format, Format::png);
  EXPECT_EQ(seen(pictures::webp(60, 90)).format, Format::webp);
}

TEST_F(PhotoTest, EveryShrinkOfTheDecoderEndsAtTheSameSides) {
  for (const int side : {1536, 1537, 3071, 3072, 5000}) {
    for (const std::string& file : {pictures::jpeg(side, side / 2), pictures::webp(side, side / 2)}) {
      const auto report = seen(file);
      EXPECT_EQ(report.width, side);
      EXPECT_EQ(report.kept_width, 1536) << side;
      EXPECT_NEAR(report.kept_height, 768, 1) << side;
      EXPECT_EQ(pictures::decode(report.jpeg).width, 1536);
    }
  }
}

TEST_F(PhotoTest, ATurnedPhotoIsKeptUprightWithoutItsMetadata) {
  const auto report = seen(pictures::with_jpeg_segment(pictures::jpeg(2000, 1000), 0xe1, pictures::exif(6)));
  EXPECT_EQ(report.width, 1000);
  EXPECT_EQ(report.height, 2000);
  EXPECT_EQ(report.kept_width, 768);
  EXPECT_EQ(report.kept_height, 1536);
  const auto kept = pictures::decode(report.jpeg);
  EXPECT_LT(kept.at(384, 50).r, 60);
  EXPECT_GT(kept.at(384, 1490).r, 200);
  EXPECT_TRUE(pictures::beside_pixels(report.jpeg).empty());
}

TEST_F(PhotoTest, ColoursOfOtherSpacesAreKeptAsSrgb) {
  const auto p3 = pictures::jpeg_with_profile(2000, 1000, "p3");
  const auto expected = pictures::decode(await(imager().inspect(p3)).value().cleaned).at(1800, 100);
  const auto got = pictures::decode(seen(p3).jpeg).at(1800 * 1536 / 2000, 77);
  EXPECT_NEAR(got.r, expected.r, 5);
  EXPECT_NEAR(got.g, expected.g, 5);
  EXPECT_NEAR(got.b, expected.b, 5);
  for (const std::string& file :
       {pictures::cmyk_jpeg(700, 600), pictures::grey_jpeg(700, 600), pictures::grey_jpeg_with_rgb_profile(700, 600),
        pictures::deep_png(700, 600), pictures::palette_png(700, 600), pictures::deep_transparent_png(700, 600)}) {
    EXPECT_EQ(pictures::form_of(seen(file).jpeg), (pictures::Form{.bits = 8, .bands = 3, .has_profile = false}));
  }
}

TEST_F(PhotoTest, WhatIsNoPhotoIsRefusedByItsCode) {
  EXPECT_EQ(refusal("just some words"), "image.not_an_image");
  EXPECT_EQ(refusal("%PDF-1.7\n"), "image.type_refused");
  EXPECT_EQ(refusal("GIF89a\x01\0\x01\0"s), "image.type_refused");
  EXPECT_EQ(refusal("\0\0\0\x18"
                    "ftypheic\0\0\0\0mif1heic"s),
            "image.type_refused");
  EXPECT_EQ(refusal(pictures::png_header(5000, 7000, 8, 2) + pictures::png_chunk("IDAT", "")), "image.too_large");
  EXPECT_EQ(refusal(pictures::png_header(8193, 100, 8, 2) + pictures::png_chunk("IDAT", "")), "image.too_large");
  EXPECT_TRUE(children().empty()) << "a header that says no must not cost a process";
  EXPECT_EQ(refusal(pictures::gif_free_webp_animation(3)), "image.type_refused");
  for (const std::string& whole : {pictures::jpeg(2000, 1500), pictures::png(400, 300), pictures::webp(2000, 1500)}) {
    for (const double part : {0.35, 0.6, 0.97}) {
      const auto kept = static_cast<std::size_t>(static_cast<double>(whole.size()) * part);
      EXPECT_EQ(refusal(whole.substr(0, kept)), "image.truncated") << whole.substr(0, 4) << " kept " << part;
    }
  }
}

TEST_F(PhotoTest, TheLargestPhotoTakesTheMemoryOfOneFrame) {
  const std::string large = pictures::jpeg(5760, 5760);
  EXPECT_EQ(seen(large).kept_width, 1536);
#ifndef AISHA_SANITIZED
  ASSERT_EQ(children().size(), 1U);
  std::ifstream status("/proc/" + std::to_string(children().front()) + "/status");
  long peak_kib = 0;
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      peak_kib = std::stol(line.substr(6));
    }
  }
  EXPECT_GT(peak_kib, 0);
  EXPECT_LT(peak_kib, 120 * 1024) << "33 million pixels of three bytes would be 97 MiB alone";
#endif
}

TEST_F(PhotoTest, LumaIsTheMeanOfTheWhole) {
  EXPECT_NEAR(seen(pictures::flat_jpeg(800, 600, 0)).luma, 0, 0.5);
  EXPECT_NEAR(seen(pictures::flat_jpeg(800, 600, 137)).luma, 137, 1);
  const double usual = seen(jpeg_of(astronaut(512))).luma;
  EXPECT_GT(usual, 60);
  EXPECT_LT(usual, 190);
  EXPECT_LT(seen(jpeg_of(lit(astronaut(512), 0.15))).luma, 25) << "15 of 100 of the light are too dark";
  EXPECT_NEAR(seen(jpeg_of(lit(astronaut(512), 0.5))).luma, usual / 2, 2);
}

TEST_F(PhotoTest, SharpnessFallsAsAPhotoGoesOutOfFocus) {
  const auto sharp = seen(jpeg_of(astronaut(512)));
  // What is made small and large again has lost what was between.
  const auto soft = seen(jpeg_of(worker::scaled(worker::scaled(astronaut(512), 128, 128), 512, 512)));
  const auto blurred = seen(jpeg_of(worker::scaled(worker::scaled(astronaut(512), 40, 40), 512, 512)));
  EXPECT_GT(sharp.sharpness, 200);
  EXPECT_LT(soft.sharpness, sharp.sharpness / 4);
  EXPECT_LT(blurred.sharpness, 20) << "refused for it where there is no face";
}

TEST_F(PhotoTest, TheHashOfAPhotoSurvivesWhatMessengersDoToIt) {
  const Raster original = astronaut(512);
  const auto hash = seen(jpeg_of(original)).dhash;
  const auto distance = [&](const std::string& picture) { return dhash_distance(hash, seen(picture).dhash); };
  EXPECT_LE(distance(jpeg_of(original, 40)), 1) << "encoded anew";
  EXPECT_LE(distance(worker::encode_webp(original, 60)), 1) << "in another format";
  EXPECT_LE(distance(jpeg_of(worker::scaled(original, 256, 256))), 1) << "halved";
  EXPECT_LE(distance(jpeg_of(worker::scaled(original, 102, 102))), 1) << "a fifth";
  EXPECT_LE(distance(jpeg_of(lit(original, 1.2))), 4) << "brighter";
  EXPECT_LE(distance(jpeg_of(cut(original, 98))), 6) << "a little cut";
  EXPECT_GT(distance(jpeg_of(cut(original, 80))), 6) << "another crop is another photo";
}

TEST_F(PhotoTest, OtherPicturesHaveOtherHashes) {
  std::vector<std::pair<std::string, std::uint64_t>> hashes;
  for (const auto& entry : std::filesystem::directory_iterator(aisha::fakes::source_dir() + "/data/previews")) {
    const std::string name = entry.path().filename().string();
    if (name.contains(".portrait.")) {
      std::ifstream file(entry.path(), std::ios::binary);
      hashes.emplace_back(name, seen({std::istreambuf_iterator<char>(file), {}}).dhash);
    }
  }
  ASSERT_GT(hashes.size(), 20U);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_GE(dhash_distance(hashes[i].second, hashes[j].second), 7) << hashes[i].first << ' ' << hashes[j].first;
    }
  }
}

TEST_F(PhotoTest, TheReportComesThroughTheWireAsItIs) {
  wire::Answer answer;
  answer.photo.format = Format::webp;
  answer.photo.jpeg = "bytes";
  answer.photo.dhash = 0x8000'0000'0000'0001ULL;
  answer.photo.faces_known = true;
  answer.photo.faces = {{.x = -4, .y = 7, .side = 90, .score = 1.25}, {.x = 1, .y = 2, .side = 3, .score = -0.5}};
  answer.photo.face_sharpness = 28.5;
  const auto read_back = wire::decode_answer(wire::encode(answer));
  ASSERT_TRUE(read_back);
  EXPECT_EQ(read_back->photo.format, Format::webp);
  EXPECT_EQ(read_back->photo.jpeg, "bytes");
  EXPECT_EQ(read_back->photo.dhash, answer.photo.dhash);
  EXPECT_TRUE(read_back->photo.faces_known);
  ASSERT_EQ(read_back->photo.faces.size(), 2U);
  EXPECT_EQ(read_back->photo.faces[0].x, -4);
  EXPECT_EQ(read_back->photo.faces[1].score, -0.5);
  EXPECT_EQ(read_back->photo.face_sharpness, 28.5);
}

}  // namespace
}  // namespace aisha::imaging
