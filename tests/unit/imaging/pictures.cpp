// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/imaging/pictures.hpp"

#include <array>
#include <vips/vips8>

namespace aisha::pictures {
namespace {

using vips::VImage;

void start() {
  static const int kStarted = vips_init("unit_imaging");
  if (kStarted != 0) {
    throw std::runtime_error("libvips does not start");
  }
}

VImage gradient(int width, int height) {
  start();
  const VImage xy = VImage::xyz(width, height);
  const VImage red = xy.extract_band(0) * (255.0 / width);
  const VImage green = xy.extract_band(1) * (255.0 / height);
  const VImage blue = (red - 128).abs() + 40;
  return VImage::bandjoin({red, green, blue})
      .cast(VIPS_FORMAT_UCHAR)
      .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

std::string save(const VImage& image, const char* suffix) {
  void* data = nullptr;
  std::size_t size = 0;
  image.write_to_buffer(suffix, &data, &size);
  std::string out(static_cast<char*>(data), size);
  g_free(data);
  return out;
}

std::string big_endian(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xffU));
  }
  return out;
}

/// ISO 3309, as PNG wants it.
std::uint32_t crc(std::string_view bytes) {
  std::uint32_t value = 0xffffffffU;
  for (const char c : bytes) {
    value ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) {
      value = (value >> 1U) ^ ((value & 1U) != 0 ? 0xedb88320U : 0U);
    }
  }
  return ~value;
}

}  // namespace

std::string jpeg(int width, int height) {
  return save(gradient(width, height), ".jpg[Q=90]");
}
std::string png(int width, int height) {
  return save(gradient(width, height), ".png");
}
std::string webp(int width, int height) {
  return save(gradient(width, height), ".webp[strip]");
}
std::string progressive_jpeg(int width, int height) {
  start();
  const VImage flat = VImage::black(width, height, VImage::option()->set("bands", 3));
  return save(flat.copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB)), ".jpg[interlace]");
}
std::string flat_jpeg(int width, int height, int grey) {
  start();
  const VImage flat = VImage::black(width, height, VImage::option()->set("bands", 3)) + grey;
  return save(flat.cast(VIPS_FORMAT_UCHAR).copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB)),
              ".jpg");
}
std::string cmyk_jpeg(int width, int height) {
  return save(gradient(width, height).colourspace(VIPS_INTERPRETATION_CMYK), ".jpg[strip]");
}
std::string grey_jpeg(int width, int height) {
  return save(gradient(width, height).colourspace(VIPS_INTERPRETATION_B_W), ".jpg");
}
std::string deep_png(int width, int height) {
  return save(gradient(width, height).colourspace(VIPS_INTERPRETATION_RGB16), ".png");
}
std::string palette_png(int width, int height) {
  return save(gradient(width, height), ".png[palette]");
}
std::string transparent_png(int width, int height) {
  const VImage image = gradient(width, height);
  const VImage clear = VImage::black(width, height);
  return save(image.bandjoin(clear), ".png");
}
std::string gif_free_webp_animation(int frames) {
  const VImage image = gradient(32, 32 * frames).copy();
  VImage pages = image.copy();
  pages.set("page-height", 32);
  return save(pages, ".webp");
}

Colour Decoded::at(int x, int y) const {
  const auto* pixel = reinterpret_cast<const unsigned char*>(pixels.data()) + bands * (y * width + x);
  return {pixel[0], pixel[1], pixel[2]};
}

Decoded decode(const std::string& picture) {
  start();
  const VImage image = VImage::new_from_buffer(picture.data(), picture.size(), "");
  std::size_t size = 0;
  void* memory = image.write_to_memory(&size);
  Decoded out{image.width(), image.height(), image.bands(), std::string(static_cast<char*>(memory), size)};
  g_free(memory);
  return out;
}

std::string png_chunk(std::string_view type, std::string_view data) {
  std::string body(type);
  body += data;
  return big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(crc(body));
}

std::string png_header(std::uint32_t width, std::uint32_t height, int depth, int colour) {
  std::string data = big_endian(width) + big_endian(height);
  data += {static_cast<char>(depth), static_cast<char>(colour), 0, 0, 0};
  return "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", data);
}

std::string zlib_zeros(std::uint64_t bytes) {
  // RFC 1951 fixed codes: one literal zero, then matches of 258 bytes at distance one, 13 bits each.
  std::string out("\x78\xda", 2);
  std::uint64_t bits = 0;
  unsigned held = 0;
  const auto put = [&](std::uint64_t value, unsigned count) {
    bits |= value << held;
    held += count;
    while (held >= 8) {
      out.push_back(static_cast<char>(bits & 0xffU));
      bits >>= 8U;
      held -= 8;
    }
  };
  put(0b1, 1);
  put(0b01, 2);
  put(0b00001100, 8);  // literal 0 is 00110000, most significant bit first
  const std::uint64_t matches = (bytes - 1) / 258;
  for (std::uint64_t i = 0; i < matches; ++i) {
    put(0b10100011, 8);  // length 258 is 11000101
    put(0, 5);
  }
  put(0, 7);
  put(0, 7);
  // Adler-32 of zeros: the low half stays 1, the high half counts them.
  const auto length = static_cast<std::uint32_t>((1 + matches * 258) % 65521);
  return out + big_endian((length << 16U) | 1U);
}

std::string with_jpeg_segment(const std::string& jpeg, int marker, std::string_view content) {
  const std::size_t length = content.size() + 2;
  std::string segment{'\xff', static_cast<char>(marker), static_cast<char>(length >> 8U),
                      static_cast<char>(length & 0xffU)};
  segment += content;
  return jpeg.substr(0, 2) + segment + jpeg.substr(2);
}

std::string exif(int orientation) {
  // TIFF, little endian: IFD0 with an orientation and a pointer to a GPS IFD that holds a latitude letter.
  std::string out("Exif\0\0II*\0\x08\0\0\0", 14);
  const auto entry = [&out](int tag, int type, std::uint32_t count, std::uint32_t value) {
    for (const auto part : {tag, type}) {
      out.push_back(static_cast<char>(part & 0xff));
      out.push_back(static_cast<char>((part >> 8) & 0xff));
    }
    for (const std::uint32_t part : {count, value}) {
      for (unsigned shift = 0; shift < 32; shift += 8) {
        out.push_back(static_cast<char>((part >> shift) & 0xffU));
      }
    }
  };
  out += std::string("\x02\0", 2);
  entry(0x0112, 3, 1, static_cast<std::uint32_t>(orientation));
  entry(0x8825, 4, 1, 38);
  out += std::string("\0\0\0\0", 4);
  out += std::string("\x01\0", 2);
  entry(0x0001, 2, 2, 'N');
  out += std::string("\0\0\0\0", 4);
  return out + "GPS-SECRET-PLACE embedded-thumbnail";
}

}  // namespace aisha::pictures
