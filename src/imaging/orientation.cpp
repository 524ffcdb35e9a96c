// SPDX-License-Identifier: Apache-2.0
#include "imaging/orientation.hpp"

#include "imaging/byte_order.hpp"

namespace aisha::imaging {
namespace {

using std::string_view_literals::operator""sv;

constexpr int kUpright = 1;
constexpr auto kExifMark = "Exif\0\0"sv;
/// More pieces than this are an attack on whoever looks through them.
constexpr int kMostPieces = 20'000;

int orientation_in(std::string_view tiff) {
  constexpr std::uint32_t kTag = 0x0112;
  constexpr std::size_t kEntryBytes = 12;
  if (tiff.starts_with(kExifMark)) {
    tiff.remove_prefix(kExifMark.size());
  }
  const bool little = tiff.starts_with("II*\0"sv);
  if (tiff.size() < 8 || (!little && !tiff.starts_with("MM\0*"sv))) {
    return kUpright;
  }
  const auto number = [&](std::size_t at, std::size_t count) {
    return little ? little_endian(tiff, at, count) : big_endian(tiff, at, count);
  };
  const std::size_t directory = number(4, 4);
  if (directory + 2 > tiff.size()) {
    return kUpright;
  }
  const std::size_t entries = number(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = directory + 2 + i * kEntryBytes;
    if (at + kEntryBytes > tiff.size()) {
      break;
    }
    if (number(at, 2) == kTag) {
      const std::uint32_t value = number(at + 8, 2);
      return value >= 1 && value <= 8 ? static_cast<int>(value) : kUpright;
    }
  }
  return kUpright;
}

int in_jpeg(std::string_view bytes) {
  std::size_t at = 2;
  for (int piece = 0; piece < kMostPieces && at + 4 <= bytes.size(); ++piece) {
    const std::uint32_t marker = byte_at(bytes, at + 1);
    if (byte_at(bytes, at) != 0xff || marker == 0xda || marker == 0xd9) {
      break;
    }
    if (marker == 0xff) {
      ++at;
      continue;
    }
    const std::size_t length = big_endian(bytes, at + 2, 2);
    if (length < 2) {
      break;
    }
    const std::string_view content = bytes.substr(at + 4).substr(0, length - 2);
    if (marker == 0xe1 && content.starts_with(kExifMark)) {
      return orientation_in(content);
    }
    at += 2 + length;
  }
  return kUpright;
}

int in_png(std::string_view bytes) {
  std::size_t at = 8;
  for (int piece = 0; piece < kMostPieces && at + 12 <= bytes.size(); ++piece) {
    const std::size_t length = big_endian(bytes, at, 4);
    if (bytes.substr(at + 4, 4) == "eXIf") {
      return orientation_in(bytes.substr(at + 8).substr(0, length));
    }
    at += 12 + length;
  }
  return kUpright;
}

int in_webp(std::string_view bytes) {
  std::size_t at = 12;
  for (int piece = 0; piece < kMostPieces && at + 8 <= bytes.size(); ++piece) {
    const std::size_t length = little_endian(bytes, at + 4, 4);
    if (bytes.substr(at, 4) == "EXIF") {
      return orientation_in(bytes.substr(at + 8).substr(0, length));
    }
    at += 8 + length + (length & 1U);
  }
  return kUpright;
}

}  // namespace

int orientation_of(std::string_view picture, Format format) {
  switch (format) {
    case Format::jpeg: return in_jpeg(picture);
    case Format::png: return in_png(picture);
    case Format::webp: return in_webp(picture);
  }
  return kUpright;
}

}  // namespace aisha::imaging
