// SPDX-License-Identifier: Apache-2.0
#include "imaging/sniff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "imaging/byte_order.hpp"

namespace aisha::imaging {
namespace {

/// A header that hides behind more pieces than this is an attack on whoever looks for it.
constexpr int kMostPieces = 20'000;

using std::string_view_literals::operator""sv;

struct Signature {
  std::size_t at;
  std::string_view magic;
  std::string_view kind;
};

// Kinds that a picture viewer might open and this product refuses.
constexpr std::array kRefused = {
    Signature{0, "GIF87a"sv, "GIF"},
    Signature{0, "GIF89a"sv, "GIF"},
    Signature{0, "II*\0"sv, "TIFF"},
    Signature{0, "MM\0*"sv, "TIFF"},
    Signature{0, "II+\0"sv, "BigTIFF"},
    Signature{0, "MM\0+"sv, "BigTIFF"},
    Signature{0, "%PDF-"sv, "PDF"},
    Signature{0, "%!PS"sv, "PostScript"},
    Signature{4, "ftyp"sv, "HEIC, AVIF or video"},
    Signature{0, "BM"sv, "BMP"},
    Signature{0, "8BPS"sv, "Photoshop"},
    Signature{0, "\0\0\1\0"sv, "icon"},
    Signature{0, "\xff\x0a"sv, "JPEG XL"},
    Signature{0, "\0\0\0\x0cJXL "sv, "JPEG XL"},
    Signature{0, "\0\0\0\x0cjP  "sv, "JPEG 2000"},
    Signature{0, "\xff\x4f\xff\x51"sv, "JPEG 2000"},
    Signature{0, "\x76\x2f\x31\x01"sv, "OpenEXR"},
    Signature{0, "#?RADIANCE"sv, "Radiance"},
    Signature{0, "SIMPLE  ="sv, "FITS"},
    Signature{0, "\x1a\x45\xdf\xa3"sv, "video"},
};

bool looks_like_svg(std::string_view bytes) {
  std::string head(bytes.substr(0, 4096));
  std::ranges::transform(head, head.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto svg = head.find("<svg");
  return svg != std::string::npos && head.find("<html") > svg;
}

Result<Header> unknown_kind(std::string_view bytes) {
  for (const Signature& known : kRefused) {
    if (bytes.size() >= known.at && bytes.substr(known.at).starts_with(known.magic)) {
      return fail(Errc::image_type_refused, std::string(known.kind));
    }
  }
  if (looks_like_svg(bytes)) {
    return fail(Errc::image_type_refused, "SVG");
  }
  return fail(Errc::image_not_an_image, bytes.empty() ? "empty" : "no known signature");
}

Result<Header> sized(Format format, std::uint64_t width, std::uint64_t height, const PictureLimits& limits) {
  if (width == 0 || height == 0) {
    return fail(Errc::image_not_an_image, "a side of zero");
  }
  const auto side = static_cast<std::uint64_t>(limits.max_side);
  if (width > side || height > side || width * height > static_cast<std::uint64_t>(limits.max_pixels)) {
    return fail(Errc::image_too_large, fmt::format("{}x{}, at most {} a side and {} pixels", width, height,
                                                   limits.max_side, limits.max_pixels));
  }
  return Header{format, static_cast<int>(width), static_cast<int>(height)};
}

std::unexpected<Error> cut_header() {
  return fail(Errc::image_truncated, "the header is cut short");
}

bool is_start_of_frame(std::uint32_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/// ITU-T T.81 annex B: markers up to the first start of frame.
Result<Header> jpeg_header(std::string_view bytes, const PictureLimits& limits) {
  std::size_t at = 2;
  for (int piece = 0; piece < kMostPieces && at + 4 <= bytes.size(); ++piece) {
    if (byte_at(bytes, at) != 0xff) {
      return fail(Errc::image_truncated, "a marker was expected");
    }
    const std::uint32_t marker = byte_at(bytes, at + 1);
    if (marker == 0xff) {
      ++at;
      continue;
    }
    if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    if (marker == 0xd9 || marker == 0xda) {
      return fail(Errc::image_truncated, "no frame before the data");
    }
    const std::uint32_t length = big_endian(bytes, at + 2, 2);
    if (length < 2) {
      return fail(Errc::image_truncated, "a segment shorter than its length");
    }
    if (is_start_of_frame(marker)) {
      if (at + 9 > bytes.size()) {
        return cut_header();
      }
      return sized(Format::jpeg, big_endian(bytes, at + 7, 2), big_endian(bytes, at + 5, 2), limits);
    }
    at += 2 + length;
  }
  return cut_header();
}

/// PNG 3rd edition: IHDR comes first; acTL before IDAT makes it an animation.
Result<Header> png_header(std::string_view bytes, const PictureLimits& limits) {
  constexpr std::size_t kHeaderEnd = 33;
  if (bytes.size() < kHeaderEnd) {
    return cut_header();
  }
  if (bytes.substr(12, 4) != "IHDR") {
    return fail(Errc::image_truncated, "IHDR was expected");
  }
  auto header = sized(Format::png, big_endian(bytes, 16, 4), big_endian(bytes, 20, 4), limits);
  if (!header) {
    return header;
  }
  std::size_t at = kHeaderEnd;
  for (int piece = 0; piece < kMostPieces && at + 8 <= bytes.size(); ++piece) {
    const std::string_view type = bytes.substr(at + 4, 4);
    if (type == "acTL") {
      return fail(Errc::image_type_refused, "animated PNG");
    }
    if (type == "IDAT") {
      return header;
    }
    at += std::size_t{12} + big_endian(bytes, at, 4);
  }
  return fail(Errc::image_truncated, "no picture data");
}

Result<Header> webp_extended(std::string_view bytes, const PictureLimits& limits) {
  constexpr std::uint32_t kAnimation = 0x02;
  if ((byte_at(bytes, 20) & kAnimation) != 0) {
    return fail(Errc::image_type_refused, "animated WebP");
  }
  std::size_t at = 30;
  for (int piece = 0; piece < kMostPieces && at + 8 <= bytes.size(); ++piece) {
    const std::string_view type = bytes.substr(at, 4);
    if (type == "ANIM" || type == "ANMF") {
      return fail(Errc::image_type_refused, "animated WebP");
    }
    const std::size_t length = little_endian(bytes, at + 4, 4);
    at += 8 + length + (length & 1U);
  }
  return sized(Format::webp, std::uint64_t{1} + little_endian(bytes, 24, 3),
               std::uint64_t{1} + little_endian(bytes, 27, 3), limits);
}

/// RFC 9649 for the container, RFC 6386 §9.1 for lossy frames.
Result<Header> webp_header(std::string_view bytes, const PictureLimits& limits) {
  if (bytes.size() < 30) {
    return cut_header();
  }
  const std::string_view kind = bytes.substr(12, 4);
  if (kind == "VP8X") {
    return webp_extended(bytes, limits);
  }
  if (kind == "VP8L") {
    if (byte_at(bytes, 20) != 0x2f) {
      return fail(Errc::image_truncated, "lossless signature missing");
    }
    const std::uint32_t bits = little_endian(bytes, 21, 4);
    return sized(Format::webp, 1 + (bits & 0x3fffU), 1 + ((bits >> 14U) & 0x3fffU), limits);
  }
  if (kind == "VP8 ") {
    if (bytes.substr(23, 3) != "\x9d\x01\x2a") {
      return fail(Errc::image_truncated, "key frame signature missing");
    }
    return sized(Format::webp, little_endian(bytes, 26, 2) & 0x3fffU, little_endian(bytes, 28, 2) & 0x3fffU, limits);
  }
  return fail(Errc::image_truncated, "no frame in the container");
}

}  // namespace

std::string_view content_type_of(Format format) {
  switch (format) {
    case Format::jpeg: return "image/jpeg";
    case Format::png: return "image/png";
    case Format::webp: return "image/webp";
  }
  return "application/octet-stream";
}

std::string_view extension_of(Format format) {
  switch (format) {
    case Format::jpeg: return "jpg";
    case Format::png: return "png";
    case Format::webp: return "webp";
  }
  return "bin";
}

Result<Header> sniff(std::string_view bytes, const PictureLimits& limits) {
  if (bytes.size() > limits.max_bytes) {
    return fail(Errc::image_too_many_bytes, fmt::format("{} bytes, at most {}", bytes.size(), limits.max_bytes));
  }
  if (bytes.starts_with("\xff\xd8\xff"sv)) {
    return jpeg_header(bytes, limits);
  }
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) {
    return png_header(bytes, limits);
  }
  if (bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP") {
    return webp_header(bytes, limits);
  }
  return unknown_kind(bytes);
}

}  // namespace aisha::imaging
