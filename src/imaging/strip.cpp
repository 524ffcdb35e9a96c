// SPDX-License-Identifier: Apache-2.0
#include "imaging/strip.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace aisha::imaging {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kLargestProfile = 1U << 20U;

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

bool keeps_segment(unsigned marker, std::string_view content) {
  constexpr unsigned kComment = 0xfe;
  switch (marker) {
    case 0xe0: return content.starts_with("JFIF\0"sv);
    case 0xe2: return content.starts_with("ICC_PROFILE\0"sv);
    case 0xee: return content.starts_with("Adobe"sv);
    default: return marker != kComment && (marker < 0xe0 || marker > 0xef);
  }
}

/// End of the entropy-coded data that starts at `at`: the next marker that is neither stuffing nor a restart.
std::size_t end_of_scan(std::string_view bytes, std::size_t at) {
  while (true) {
    at = bytes.find('\xff', at);
    if (at == std::string_view::npos || at + 1 >= bytes.size()) {
      return bytes.size();
    }
    const unsigned next = byte_at(bytes, at + 1);
    if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
      return at;
    }
    at += next == 0xff ? 1 : 2;
  }
}

Stripped strip_jpeg(std::string_view bytes) {
  std::string out(bytes.substr(0, 2));
  std::size_t at = 2;
  while (at + 2 <= bytes.size()) {
    const unsigned marker = byte_at(bytes, at + 1);
    if (marker == 0xff) {
      ++at;
      continue;
    }
    if (marker == 0xd9) {
      out += bytes.substr(at, 2);
      return {std::move(out), true};
    }
    if (byte_at(bytes, at) != 0xff || at + 4 > bytes.size()) {
      break;
    }
    const std::size_t length = (byte_at(bytes, at + 2) << 8U) | byte_at(bytes, at + 3);
    if (length < 2 || at + 2 + length > bytes.size()) {
      break;
    }
    if (keeps_segment(marker, bytes.substr(at + 4, length - 2))) {
      out += bytes.substr(at, 2 + length);
    }
    at += 2 + length;
    if (marker == 0xda) {
      const std::size_t end = end_of_scan(bytes, at);
      out += bytes.substr(at, end - at);
      at = end;
    }
  }
  out += bytes.substr(std::min(at, bytes.size()));
  return {std::move(out), false};
}

Stripped strip_png(std::string_view bytes) {
  constexpr std::array kKept = {"IHDR"sv, "PLTE"sv, "IDAT"sv, "IEND"sv, "tRNS"sv,
                                "sRGB"sv, "gAMA"sv, "cHRM"sv, "sBIT"sv, "iCCP"sv};
  std::string out(bytes.substr(0, 8));
  std::size_t at = 8;
  while (at + 12 <= bytes.size()) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      length = (length << 8U) | byte_at(bytes, at + i);
    }
    const std::string_view type = bytes.substr(at + 4, 4);
    const std::string_view chunk = bytes.substr(at, 12 + length);
    const bool huge_profile = type == "iCCP" && length > kLargestProfile;
    if (std::ranges::find(kKept, type) != kKept.end() && !huge_profile) {
      out += chunk;
    }
    at += chunk.size();
    if (type == "IEND") {
      return {std::move(out), true};
    }
  }
  out += bytes.substr(at);
  return {std::move(out), false};
}

Stripped strip_webp(std::string_view bytes) {
  constexpr std::array kKept = {"VP8 "sv, "VP8L"sv, "VP8X"sv, "ALPH"sv, "ICCP"sv};
  constexpr unsigned kExifFlag = 0x08;
  constexpr unsigned kXmpFlag = 0x04;
  std::string out(bytes.substr(0, 12));
  bool complete = true;
  std::size_t at = 12;
  while (at + 8 <= bytes.size()) {
    std::size_t length = 0;
    for (std::size_t i = 4; i > 0; --i) {
      length = (length << 8U) | byte_at(bytes, at + 3 + i);
    }
    const std::string_view type = bytes.substr(at, 4);
    std::string chunk(bytes.substr(at, 8 + length + (length & 1U)));
    at += chunk.size();
    complete = complete && chunk.size() >= 8 + length;
    if (type == "VP8X" && chunk.size() > 8) {
      chunk[8] = static_cast<char>(byte_at(chunk, 8) & ~(kExifFlag | kXmpFlag));
    }
    if (std::ranges::find(kKept, type) != kKept.end()) {
      out += chunk;
    }
  }
  // The container's own length counts everything after itself.
  for (std::size_t i = 0; i < 4; ++i) {
    out[4 + i] = static_cast<char>(((out.size() - 8) >> (8 * i)) & 0xffU);
  }
  return {std::move(out), complete};
}

}  // namespace

Stripped strip_metadata(std::string_view picture, Format format) {
  switch (format) {
    case Format::jpeg: return strip_jpeg(picture);
    case Format::png: return strip_png(picture);
    case Format::webp: return strip_webp(picture);
  }
  return {std::string(picture), false};
}

}  // namespace aisha::imaging
