// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "imaging/orientation.hpp"
#include "imaging/strip.hpp"
#include "tests/unit/imaging/fixture.hpp"
#include "tests/unit/imaging/pictures.hpp"

/// What is kept of a picture: upright, sRGB, 8 bits, no metadata, and no worse than it came.
namespace aisha::imaging {
namespace {

using namespace std::string_literals;
using testing::Test;

/// The picture that would be stored, with what the row would say of it.
struct Stored {
  std::string bytes;
  Inspection seen;
};

class KeptPictures : public ImagerTest {
 protected:
  /// Stored bytes carry nothing, decode as the row says, and are kept as they are when they come again.
  Stored keep(const std::string& picture) {
    auto seen = inspect(picture);
    if (!seen) {
      ADD_FAILURE() << code_of(seen.error().code) << " " << seen.error().detail;
      return {};
    }
    Stored out{seen->cleaned.empty() ? picture : seen->cleaned, *seen};
    EXPECT_EQ(pictures::beside_pixels(out.bytes), std::vector<std::string>{});
    const pictures::Form form = pictures::form_of(out.bytes);
    EXPECT_EQ(form.bits, 8);
    EXPECT_GE(form.bands, 3);
    EXPECT_FALSE(form.has_profile);
    const auto pixels = pictures::decode(out.bytes);
    EXPECT_EQ(pixels.width, seen->width);
    EXPECT_EQ(pixels.height, seen->height);
    EXPECT_EQ(orientation_of(out.bytes, seen->format), 1);
    const auto again = inspect(out.bytes);
    EXPECT_TRUE(again && again->cleaned.empty()) << "what is right already stays byte for byte";
    return out;
  }

  /// Mean difference of a channel.
  static double difference(const std::string& one, const std::string& other) {
    const auto a = pictures::decode(one);
    const auto b = pictures::decode(other);
    EXPECT_EQ(a.width, b.width);
    EXPECT_EQ(a.height, b.height);
    double sum = 0;
    for (int y = 0; y < a.height; ++y) {
      for (int x = 0; x < a.width; ++x) {
        const auto p = a.at(x, y);
        const auto q = b.at(x, y);
        sum += std::abs(p.r - q.r) + std::abs(p.g - q.g) + std::abs(p.b - q.b);
      }
    }
    return sum / (3.0 * a.width * a.height);
  }
};

TEST_F(KeptPictures, k08a_APlaceACameraAndWordsAreGoneAndThePixelsAreUntouched) {
  const std::string clean = pictures::jpeg(300, 200);
  std::string dirty = pictures::with_jpeg_segment(clean, 0xe1, pictures::exif(1));
  dirty = pictures::with_jpeg_segment(dirty, 0xe1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>my prompt"s);
  const Stored kept = keep(dirty);
  EXPECT_EQ(pictures::decode(kept.bytes).pixels, pictures::decode(clean).pixels);
}

TEST_F(KeptPictures, k08b_ATurnedPictureLiesUprightInEveryFormat) {
  const std::string jpeg = pictures::with_jpeg_segment(pictures::jpeg(120, 60), 0xe1, pictures::exif(6));
  const std::string png = pictures::png(120, 60);
  const std::string turned_png =
      png.substr(0, 33) + pictures::png_chunk("eXIf", pictures::exif(6).substr(6)) + png.substr(33);
  for (const std::string& picture : {jpeg, turned_png}) {
    const Stored kept = keep(picture);
    EXPECT_EQ(kept.seen.width, 60);
    EXPECT_EQ(kept.seen.height, 120);
    // Orientation 6 turns clockwise: red grew to the right, now it grows downwards.
    const auto pixels = pictures::decode(kept.bytes);
    EXPECT_LT(pixels.at(30, 5).r, 60);
    EXPECT_GT(pixels.at(30, 115).r, 200);
    EXPECT_LT(pixels.at(55, 60).g, 60) << "and green, which grew downwards, now grows to the left";
    EXPECT_GT(pixels.at(5, 60).g, 200);
  }
}

TEST_F(KeptPictures, k08c_CmykBecomesSrgb) {
  const std::string cmyk = pictures::cmyk_jpeg(300, 200);
  ASSERT_EQ(pictures::form_of(cmyk).bands, 4);
  const Stored kept = keep(cmyk);
  const auto got = pictures::decode(kept.bytes).at(285, 20);
  EXPECT_GT(got.r, 150);
  EXPECT_LT(got.g, got.r - 60);
}

TEST_F(KeptPictures, k08d_SixteenBitsBecomeEight) {
  const Stored kept = keep(pictures::deep_png(300, 200));
  EXPECT_LT(difference(kept.bytes, pictures::png(300, 200)), 3);
}

TEST_F(KeptPictures, k08e_AGreyJpegWithARgbProfileIsTakenAndBecomesColour) {
  const Stored kept = keep(pictures::grey_jpeg_with_rgb_profile(300, 200));
  const auto plain = pictures::decode(pictures::grey_jpeg(300, 200));
  const auto got = pictures::decode(kept.bytes).at(250, 50);
  const int grey = static_cast<unsigned char>(plain.pixels[50 * 300 + 250]);
  EXPECT_NEAR(got.r, grey, 3);
  EXPECT_NEAR(got.g, grey, 3);
  EXPECT_NEAR(got.b, grey, 3);
}

TEST_F(KeptPictures, k08f_ColoursOfAnotherSpaceAreConvertedAndThoseOfSrgbStayAsTheyAre) {
  const std::string plain = pictures::jpeg_with_profile(300, 200, "srgb");
  const Stored kept = keep(plain);
  EXPECT_EQ(pictures::decode(kept.bytes).pixels, pictures::decode(plain).pixels) << "no pixel need change";
  const std::string wide = pictures::jpeg_with_profile(300, 200, "p3");
  const Stored converted = keep(wide);
  // The same numbers mean a stronger red in Display P3 than in sRGB.
  const auto before = pictures::decode(wide).at(200, 30);
  const auto after = pictures::decode(converted.bytes).at(200, 30);
  EXPECT_GT(after.r, before.r + 5);
  EXPECT_LT(after.g, before.g - 5);
  keep(pictures::webp_with_profile(300, 200, "p3"));
  keep(pictures::webp_with_profile(300, 200, "srgb"));
}

TEST_F(KeptPictures, k08g_WhatIsEncodedAnewLooksTheSame) {
  const std::string upright = pictures::jpeg(400, 300);
  // Turned by half, and half again by the test: the same picture through one more encoding.
  const std::string turned = pictures::with_jpeg_segment(upright, 0xe1, pictures::exif(3));
  const Stored once = keep(turned);
  const Stored twice = keep(pictures::with_jpeg_segment(once.bytes, 0xe1, pictures::exif(3)));
  EXPECT_LT(difference(twice.bytes, upright), 1.5);
}

TEST_F(KeptPictures, k08h_WhatLosesNothingStaysWithoutLoss) {
  EXPECT_EQ(difference(keep(pictures::palette_png(200, 100)).bytes, pictures::palette_png(200, 100)), 0);
  const std::string exif = pictures::exif(3).substr(6);
  std::string chunk = "EXIF"s;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    chunk.push_back(static_cast<char>((exif.size() >> shift) & 0xffU));
  }
  chunk += exif + (exif.size() % 2 == 1 ? "\0"s : ""s);
  const std::string bare = strip_metadata(pictures::lossless_webp(200, 100), Format::webp).bytes;
  std::string turned = "RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\xc7\0\0\x63\0\0"s +
                       bare.substr(bare.substr(12, 4) == "VP8X" ? 30 : 12) + chunk;
  for (unsigned i = 0; i < 4; ++i) {
    turned[4 + i] = static_cast<char>(((turned.size() - 8) >> (8 * i)) & 0xffU);
  }
  const Stored kept = keep(turned);
  const auto before = pictures::decode(bare);
  const auto after = pictures::decode(kept.bytes);
  const auto corner = before.at(0, 0);
  const auto opposite = after.at(199, 99);
  EXPECT_EQ(corner.r, opposite.r);
  EXPECT_EQ(corner.g, opposite.g);
  EXPECT_EQ(corner.b, opposite.b);
}

TEST_F(KeptPictures, k08i_TransparencyStays) {
  const Stored kept = keep(pictures::deep_transparent_png(64, 48));
  const auto pixels = pictures::decode(kept.bytes);
  ASSERT_EQ(pixels.bands, 4);
  EXPECT_NEAR(static_cast<unsigned char>(pixels.pixels[3]), 128, 1);
  EXPECT_EQ(pictures::form_of(keep(pictures::transparent_png(64, 48)).bytes).bands, 4);
}

TEST_F(KeptPictures, k08j_TheSmallPictureInsideJfifIsGone) {
  const std::string clean = pictures::jpeg(64, 64);
  std::string jfif = "JFIF\0\1\2\0\0\1\0\1\x02\x01"s + "secret";
  const Stored kept = keep(pictures::with_jpeg_segment(clean, 0xe0, jfif));
  EXPECT_EQ(kept.bytes.find("secret"), std::string::npos);
  EXPECT_EQ(pictures::decode(kept.bytes).pixels, pictures::decode(clean).pixels);
}

}  // namespace
}  // namespace aisha::imaging
