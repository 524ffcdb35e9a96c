// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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
/// A grey JPEG that carries a profile for red, green and blue, as cameras and editors leave behind.
std::string grey_jpeg_with_rgb_profile(int width, int height);
/// Colours meant in another space: libvips' own "p3" or "srgb".
std::string jpeg_with_profile(int width, int height, const char* profile);
std::string webp_with_profile(int width, int height, const char* profile);
std::string lossless_webp(int width, int height);
std::string deep_transparent_png(int width, int height);  ///< 16 bits, half covered
std::string deep_png(int width, int height);              ///< 16 bits a channel
std::string palette_png(int width, int height);           ///< 8-bit palette
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

/// What a file holds beside its pixels, by the names of the pieces (segments of a JPEG, chunks of PNG and WebP, bytes
/// behind the end); JFIF without its small picture and Adobe's marker are of the pixels.
std::vector<std::string> beside_pixels(const std::string& picture);
/// Bits a channel, colours and profile as a decoder sees them.
struct Form {
  int bits = 0;
  int bands = 0;
  bool has_profile = false;
  bool operator==(const Form&) const = default;
};
Form form_of(const std::string& picture);

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
