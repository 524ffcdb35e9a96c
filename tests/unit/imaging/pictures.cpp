// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/imaging/pictures.hpp"

#include <array>
#include <set>
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

VImage with_profile(VImage image, const char* name) {
  VipsBlob* blob = VImage::profile_load(name);
  std::size_t size = 0;
  const void* data = vips_blob_get(blob, &size);
  image = image.copy();
  vips_image_set_blob_copy(image.get_image(), VIPS_META_ICC_NAME, data, size);
  vips_area_unref(VIPS_AREA(blob));
  return image;
}

std::uint32_t number(const std::string& bytes, std::size_t at, std::size_t count, bool little) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    value = (value << 8U) | static_cast<unsigned char>(bytes[little ? at + count - 1 - i : at + i]);
  }
  return value;
}

std::vector<std::string> beside_jpeg(const std::string& bytes) {
  std::vector<std::string> out;
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    const std::size_t length = number(bytes, at + 2, 2, false);
    const std::string content = bytes.substr(at + 4, length - 2);
    const bool jfif = marker == 0xe0 && content.starts_with("JFIF") && content.size() == 14 && content.ends_with('\0');
    const bool adobe = marker == 0xee && content.starts_with("Adobe") && content.size() == 12;
    if ((marker >= 0xe0 && marker <= 0xef && !jfif && !adobe) || marker == 0xfe) {
      out.push_back("APP" + std::to_string(marker - 0xe0) + " " + content.substr(0, 11));
    }
    if (marker == 0xda) {
      break;
    }
    at += 2 + length;
  }
  const auto end = bytes.rfind("\xff\xd9");
  if (end != bytes.size() - 2) {
    out.emplace_back("tail");
  }
  return out;
}

std::vector<std::string> beside_chunks(const std::string& bytes, bool webp) {
  std::vector<std::string> out;
  std::size_t at = webp ? 12 : 8;
  while (at + 8 <= bytes.size()) {
    const std::size_t length = number(bytes, webp ? at + 4 : at, 4, webp);
    const std::string type = bytes.substr(webp ? at : at + 4, 4);
    static const std::set<std::string> kPixels{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "sBIT",
                                               "sRGB", "VP8 ", "VP8L", "VP8X", "ALPH"};
    if (!kPixels.contains(type)) {
      out.push_back(type);
    }
    at += webp ? 8 + length + (length & 1U) : 12 + length;
  }
  if (at != bytes.size()) {
    out.emplace_back("tail");
  }
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
std::string grey_jpeg_with_rgb_profile(int width, int height) {
  const std::string grey = save(gradient(width, height).colourspace(VIPS_INTERPRETATION_B_W), ".jpg[strip]");
  VipsBlob* blob = VImage::profile_load("srgb");
  std::size_t size = 0;
  const void* data = vips_blob_get(blob, &size);
  const std::string profile(static_cast<const char*>(data), size);
  vips_area_unref(VIPS_AREA(blob));
  return with_jpeg_segment(grey, 0xe2, std::string("ICC_PROFILE\0\1\1", 14) + profile);
}
std::string jpeg_with_profile(int width, int height, const char* profile) {
  start();
  return save(with_profile(gradient(width, height), profile), ".jpg[Q=95]");
}
std::string webp_with_profile(int width, int height, const char* profile) {
  start();
  return save(with_profile(gradient(width, height), profile), ".webp[Q=90]");
}
std::string lossless_webp(int width, int height) {
  return save(gradient(width, height), ".webp[lossless,strip]");
}
std::string deep_transparent_png(int width, int height) {
  const VImage deep = gradient(width, height).colourspace(VIPS_INTERPRETATION_RGB16);
  const VImage half = (VImage::black(width, height) + 0x8000).cast(VIPS_FORMAT_USHORT);
  return save(deep.bandjoin(half).copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_RGB16)), ".png");
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

std::vector<std::string> beside_pixels(const std::string& picture) {
  return picture.starts_with("\xff\xd8") ? beside_jpeg(picture) : beside_chunks(picture, picture.starts_with("RIFF"));
}

Form form_of(const std::string& picture) {
  start();
  const VImage image = VImage::new_from_buffer(picture.data(), picture.size(), "");
  return {image.format() == VIPS_FORMAT_UCHAR ? 8 : 16, image.bands(), image.get_typeof(VIPS_META_ICC_NAME) != 0};
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
