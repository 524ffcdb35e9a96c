// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

/// Pictures, good and hostile, made in the test.
namespace aisha::pictures {

/// Honest files of one colourful gradient with a soft circle.
std::string jpeg(int width, int height);
std::string png(int width, int height);
std::string webp(int width, int height);
std::string progressive_jpeg(int width, int height);
std::string flat_jpeg(int width, int height, int grey);
std::string cmyk_jpeg(int width, int height);
std::string grey_jpeg(int width, int height);
std::string deep_png(int width, int height);     ///< 16 bits a channel
std::string palette_png(int width, int height);  ///< 8-bit palette
std::string transparent_png(int width, int height);
std::string gif_free_webp_animation(int frames);

/// Decoded red, green, blue at a place; for checking colours and orientation.
struct Colour {
  int r = 0;
  int g = 0;
  int b = 0;
};
struct Decoded {
  int width = 0;
  int height = 0;
  int bands = 0;
  std::string pixels;
  Colour at(int x, int y) const;
};
Decoded decode(const std::string& picture);

/// Hand-built PNG pieces.
std::string png_chunk(std::string_view type, std::string_view data);
std::string png_header(std::uint32_t width, std::uint32_t height, int depth, int colour);
/// A zlib stream that unfolds to `bytes` zeros, about 160 times as many.
std::string zlib_zeros(std::uint64_t bytes);

/// `extra` put right behind the first two bytes of a JPEG.
std::string with_jpeg_segment(const std::string& jpeg, int marker, std::string_view content);
/// EXIF with an orientation, a place and an embedded thumbnail marker text.
std::string exif(int orientation);

}  // namespace aisha::pictures
