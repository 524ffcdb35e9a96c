// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "imaging/strip.hpp"
#include "tests/unit/imaging/fixture.hpp"
#include "tests/unit/imaging/pictures.hpp"

/// Rows 47 to 54 of docs/design/bad_input.md, one test each or more.
namespace aisha::imaging {
namespace {

using namespace std::string_literals;

class BadPictures : public ImagerTest {};

TEST_F(BadPictures, Row47EmptyFilesHtmlAndTextAreNotImages) {
  EXPECT_EQ(verdict(""), "image.not_an_image");
  EXPECT_EQ(verdict("<!DOCTYPE html><html><body><svg></svg></body></html>"), "image.not_an_image");
  EXPECT_EQ(verdict("just some words"), "image.not_an_image");
  EXPECT_EQ(verdict(std::string(4096, '\0')), "image.not_an_image");
  EXPECT_EQ(verdict("\xff\xd8"), "image.not_an_image");
  EXPECT_TRUE(children().empty()) << "a header that says no must not cost a process";
}

TEST_F(BadPictures, Row48OtherKindsAreRefusedWhateverTheirNameSays) {
  const std::string box =
      "\0\0\0\x18"
      "ftypheic\0\0\0\0mif1heic"s;
  for (const std::string& file :
       {"<svg xmlns='http://www.w3.org/2000/svg' width='100000' height='100000'/>"s,
        "\xef\xbb\xbf<?xml version='1.0'?><!-- a -->\n<svg/>"s, "%PDF-1.7\n"s, "II*\0\x08\0\0\0"s, "MM\0*\0\0\0\x08"s,
        "GIF89a\x01\0\x01\0"s, "GIF87a\x01\0\x01\0"s, box, "BM\x46\0\0\0"s, "8BPS\0\x01"s, "\0\0\1\0\1\0"s}) {
    EXPECT_EQ(verdict(file), "image.type_refused") << file.substr(0, 8);
  }
  EXPECT_TRUE(children().empty());
}

TEST_F(BadPictures, Row49CutPicturesAreTruncatedWhereverTheCutIs) {
  for (const std::string& whole : {pictures::jpeg(400, 300), pictures::png(400, 300), pictures::webp(400, 300)}) {
    ASSERT_EQ(verdict(whole), "ok");
    for (const double part : {0.35, 0.6, 0.85, 0.97}) {
      const auto kept = static_cast<std::size_t>(static_cast<double>(whole.size()) * part);
      EXPECT_EQ(verdict(whole.substr(0, kept)), "image.truncated") << whole.substr(0, 4) << " kept " << part;
    }
    EXPECT_EQ(verdict(whole.substr(0, 20)), "image.truncated");
  }
}

TEST_F(BadPictures, Row50HugeSidesAreRefusedFromTheHeader) {
  const std::string tail = pictures::png_chunk("IDAT", pictures::zlib_zeros(1'000'000));
  EXPECT_EQ(verdict(pictures::png_header(60'000, 60'000, 1, 0) + tail), "image.too_large");
  EXPECT_EQ(verdict(pictures::png_header(20'000, 20'000, 8, 2) + tail), "image.too_large");
  EXPECT_EQ(verdict(pictures::png_header(1, 100'000, 8, 2) + tail), "image.too_large");
  EXPECT_EQ(verdict(pictures::png_header(0x7fffffff, 0x7fffffff, 8, 2) + tail), "image.too_large");
  EXPECT_EQ(verdict(pictures::png_header(8192, 8192, 8, 2) + tail), "image.too_large") << "the area counts too";
  std::string jpeg = pictures::jpeg(64, 64);
  const auto frame = jpeg.find("\xff\xc0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xff\xff\xff\xff");
  EXPECT_EQ(verdict(jpeg), "image.too_large");
  std::string webp = "RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"s;
  webp += "\xff\xff\xff\xff\xff\xff"s;
  EXPECT_EQ(verdict(webp), "image.too_large");
  EXPECT_EQ(verdict(pictures::png_header(0, 10, 8, 2) + tail), "image.not_an_image");
  EXPECT_TRUE(children().empty());
}

TEST_F(BadPictures, Row50AnHonestHeaderOverHugeDataIsDecodedOnlyAsFarAsTheHeaderSays) {
  const std::string file = pictures::png_header(16, 16, 8, 2) +
                           pictures::png_chunk("IDAT", pictures::zlib_zeros(400'000'000)) +
                           pictures::png_chunk("IEND", "");
  const auto result = inspect(file);
  ASSERT_TRUE(result) << result.error().detail;
  EXPECT_EQ(result->width, 16);
}

TEST_F(BadPictures, Row51ThirtyThreeMebibytesAreTooMany) {
  std::string file = pictures::jpeg(64, 64);
  file.resize(33U << 20U, 'x');
  EXPECT_EQ(verdict(std::move(file)), "image.too_many_bytes");
  EXPECT_TRUE(children().empty());
}

TEST_F(BadPictures, Row52AnimationsAreRefused) {
  const std::string still = pictures::png(40, 40);
  const std::string apng =
      still.substr(0, 33) + pictures::png_chunk("acTL", "\0\0\x27\x10\0\0\0\0"s) + still.substr(33);
  EXPECT_EQ(verdict(apng), "image.type_refused");
  EXPECT_EQ(verdict(pictures::gif_free_webp_animation(5)), "image.type_refused");
}

TEST_F(BadPictures, Row52TextThatUnfoldsToAGigabyteCostsNoMemory) {
  const std::string still = pictures::png(40, 40);
  const std::string bomb = pictures::png_chunk("zTXt", "k\0\0"s + pictures::zlib_zeros(1ULL << 30U));
  const auto result = inspect(still.substr(0, 33) + bomb + still.substr(33));
  ASSERT_TRUE(result) << result.error().detail;
  EXPECT_EQ(result->cleaned.find("zTXt"), std::string::npos);
  EXPECT_LT(result->cleaned.size(), still.size() + 100);
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
  EXPECT_LT(peak_kib, 200 * 1024);
#endif
}

TEST_F(BadPictures, Row52AProfileThatUnfoldsToAGigabyteIsLeftOut) {
  const std::string still = pictures::png(40, 40);
  const std::string bomb = pictures::png_chunk("iCCP", "k\0\0"s + pictures::zlib_zeros(1ULL << 30U));
  EXPECT_EQ(verdict(still.substr(0, 33) + bomb + still.substr(33)), "ok");
}

TEST_F(BadPictures, Row52AHeaderBehindCountlessPiecesIsNotSearchedForEver) {
  std::string file = pictures::png_header(40, 40, 8, 2);
  const std::string piece = pictures::png_chunk("tEXt", "");
  for (int i = 0; i < 30'000; ++i) {
    file += piece;
  }
  EXPECT_EQ(verdict(file + pictures::png(40, 40).substr(33)), "image.truncated");
}

TEST_F(BadPictures, Row52EndlessScansAreRefused) {
  const std::string honest = pictures::progressive_jpeg(4096, 4096);
  const auto last_scan = honest.rfind("\xff\xda");
  const std::string scan = honest.substr(last_scan, honest.size() - 2 - last_scan);
  std::string bomb = honest.substr(0, last_scan);
  for (int i = 0; i < 20'000; ++i) {
    bomb += scan;
  }
  EXPECT_NE(verdict(bomb + "\xff\xd9"), "ok");
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
}

TEST_F(BadPictures, WorkPastTheProcessorAllowanceEndsTheDecoderOnly) {
  ImagerOptions strict = options();
  strict.cpu_limit = Millis(3000);
  use(strict);
  // Sixty-four cells of 33 million pixels each, at their largest size.
  SheetSpec sheet;
  sheet.columns = 8;
  sheet.cell_width = 1080;
  sheet.cell_height = 1080;
  SheetCell cell;
  cell.picture = pictures::png(5780, 5780);
  sheet.cells.assign(64, cell);
  const auto result = await(imager().contact_sheet(sheet));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::image_decoder_failed);
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok") << "the next picture gets a new process";
}

TEST_F(BadPictures, Row53ExifXmpIptcCommentsAndThumbnailsAreGone) {
  const std::string clean = pictures::jpeg(300, 200);
  std::string dirty = pictures::with_jpeg_segment(clean, 0xfe, "comment: my prompt");
  dirty = pictures::with_jpeg_segment(dirty, 0xed, "Photoshop 3.0\0 my name"s);
  dirty = pictures::with_jpeg_segment(dirty, 0xe1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>my prompt"s);
  dirty = pictures::with_jpeg_segment(dirty, 0xe1, pictures::exif(1));
  dirty += "trailing secret";
  const auto result = inspect(dirty);
  ASSERT_TRUE(result) << result.error().detail;
  for (const std::string& bytes : {result->cleaned, result->thumbnail_webp}) {
    ASSERT_FALSE(bytes.empty());
    for (const std::string_view trace : {"Exif", "GPS", "EXIF", "XMP", "xmpmeta", "my prompt", "my name", "secret"}) {
      EXPECT_EQ(bytes.find(trace), std::string::npos) << trace;
    }
  }
  EXPECT_EQ(pictures::decode(result->cleaned).pixels, pictures::decode(clean).pixels) << "pixels must not change";
}

TEST_F(BadPictures, Row53MetadataOfPngAndWebpIsGoneToo) {
  const std::string png = pictures::png(40, 40);
  const std::string dirty_png = png.substr(0, 33) + pictures::png_chunk("eXIf", pictures::exif(1).substr(6)) +
                                pictures::png_chunk("tEXt", "prompt\0 secret words"s) + png.substr(33) + "secret tail";
  const auto png_result = inspect(dirty_png);
  ASSERT_TRUE(png_result) << png_result.error().detail;
  EXPECT_EQ(png_result->cleaned.find("secret"), std::string::npos);
  EXPECT_EQ(png_result->cleaned.find("eXIf"), std::string::npos);
  EXPECT_EQ(pictures::decode(png_result->cleaned).pixels, pictures::decode(png).pixels);

  const std::string webp = strip_metadata(pictures::webp(40, 40), Format::webp).bytes;
  constexpr std::size_t kFirstFrame = 30;
  ASSERT_EQ(webp.substr(kFirstFrame, 3), "VP8");
  std::string dirty_webp = "RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x0c\0\0\0"s + "\x27\0\0\x27\0\0"s + webp.substr(kFirstFrame);
  dirty_webp += "XMP \x0c\0\0\0secret words"s;
  dirty_webp[4] = static_cast<char>((dirty_webp.size() - 8) & 0xffU);
  dirty_webp[5] = static_cast<char>((dirty_webp.size() - 8) >> 8U);
  const auto webp_result = inspect(dirty_webp);
  ASSERT_TRUE(webp_result) << webp_result.error().detail;
  EXPECT_EQ(webp_result->cleaned.find("secret"), std::string::npos);
  EXPECT_EQ(pictures::decode(webp_result->cleaned).pixels, pictures::decode(webp).pixels);
}

TEST_F(BadPictures, Row53ATurnedPictureIsStoredUpright) {
  const std::string turned = pictures::with_jpeg_segment(pictures::jpeg(120, 60), 0xe1, pictures::exif(6));
  const auto result = inspect(turned);
  ASSERT_TRUE(result) << result.error().detail;
  EXPECT_EQ(result->width, 60);
  EXPECT_EQ(result->height, 120);
  const auto upright = pictures::decode(result->cleaned);
  EXPECT_EQ(upright.width, 60);
  EXPECT_EQ(upright.height, 120);
  // Orientation 6 turns clockwise: red grew to the right, now it grows downwards.
  EXPECT_LT(upright.at(30, 5).r, 60);
  EXPECT_GT(upright.at(30, 115).r, 200);
  EXPECT_EQ(result->cleaned.find("Exif"), std::string::npos);
}

TEST_F(BadPictures, Row54CmykDeepPaletteAndGreyBecomeEightBitColour) {
  for (const std::string& file : {pictures::cmyk_jpeg(300, 200), pictures::deep_png(300, 200),
                                  pictures::palette_png(300, 200), pictures::grey_jpeg(300, 200)}) {
    const auto resized = await(imager().resize(file, {.width = 150, .height = 100, .crop = false}));
    ASSERT_TRUE(resized) << resized.error().detail;
    const auto pixels = pictures::decode(*resized);
    EXPECT_EQ(pixels.bands, 3);
    EXPECT_EQ(pixels.width, 150);
    EXPECT_EQ(pixels.pixels.size(), 150U * 100U * 3U) << "one byte a channel";
    const auto result = inspect(file);
    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_GT(result->looks.deviation, 10);
  }
}

TEST_F(BadPictures, Row54ColoursSurviveTheConversion) {
  const auto expected = pictures::decode(pictures::png(300, 200)).at(250, 50);
  for (const std::string& file : {pictures::deep_png(300, 200), pictures::palette_png(300, 200)}) {
    const auto resized = await(imager().resize(file, {.width = 300, .height = 200, .crop = false}));
    ASSERT_TRUE(resized);
    const auto got = pictures::decode(*resized).at(250, 50);
    EXPECT_NEAR(got.r, expected.r, 14);
    EXPECT_NEAR(got.g, expected.g, 14);
    EXPECT_NEAR(got.b, expected.b, 14);
  }
  // CMYK holds fewer colours; red must stay clearly red.
  const auto resized =
      await(imager().resize(pictures::cmyk_jpeg(300, 200), {.width = 300, .height = 200, .crop = false}));
  ASSERT_TRUE(resized);
  const auto got = pictures::decode(*resized).at(285, 20);
  EXPECT_GT(got.r, 150);
  EXPECT_LT(got.g, got.r - 60);
}

}  // namespace
}  // namespace aisha::imaging
