// SPDX-License-Identifier: Apache-2.0
#include "imaging/strip.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "imaging/byte_order.hpp"

namespace aisha::imaging {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kLargestProfile = 1U << 20U;

/// What stays of a segment's content; nothing = the segment goes. APP0 and APP14 are cut to what decoders read: a small
/// copy of another picture may follow.
std::optional<std::string> kept_content(unsigned marker, std::string_view content, Profile profile) {
  constexpr unsigned kComment = 0xfe;
  constexpr std::size_t kJfifBytes = 14;
  constexpr std::size_t kAdobeBytes = 12;
  if (marker == 0xe0 && content.starts_with("JFIF\0"sv) && content.size() >= kJfifBytes) {
    return std::string(content.substr(0, kJfifBytes - 2)) + std::string(2, '\0');
  }
  if (marker == 0xe2 && content.starts_with("ICC_PROFILE\0"sv) && profile == Profile::keep) {
    return std::string(content);
  }
  if (marker == 0xee && content.starts_with("Adobe"sv)) {
    return std::string(content.substr(0, kAdobeBytes));
  }
  const bool is_application = marker >= 0xe0 && marker <= 0xef;
  return is_application || marker == kComment ? std::nullopt : std::optional(std::string(content));
}

void append_segment(std::string& out, unsigned marker, const std::string& content) {
  const std::size_t length = content.size() + 2;
  out += {'\xff', static_cast<char>(marker), static_cast<char>(length >> 8U), static_cast<char>(length & 0xffU)};
  out += content;
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

Stripped strip_jpeg(std::string_view bytes, Profile profile) {
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
    const std::size_t length = big_endian(bytes, at + 2, 2);
    if (length < 2 || at + 2 + length > bytes.size()) {
      break;
    }
    if (const auto content = kept_content(marker, bytes.substr(at + 4, length - 2), profile)) {
      append_segment(out, marker, *content);
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

Stripped strip_png(std::string_view bytes, Profile profile) {
  constexpr std::array kKept = {"IHDR"sv, "PLTE"sv, "IDAT"sv, "IEND"sv, "tRNS"sv,
                                "sRGB"sv, "gAMA"sv, "cHRM"sv, "sBIT"sv, "iCCP"sv};
  std::string out(bytes.substr(0, 8));
  std::size_t at = 8;
  while (at + 12 <= bytes.size()) {
    const std::size_t length = big_endian(bytes, at, 4);
    const std::string_view type = bytes.substr(at + 4, 4);
    const std::string_view chunk = bytes.substr(at, 12 + length);
    const bool lost_profile = type == "iCCP" && (length > kLargestProfile || profile == Profile::drop);
    if (std::ranges::find(kKept, type) != kKept.end() && !lost_profile) {
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

Stripped strip_webp(std::string_view bytes, Profile profile) {
  constexpr std::array kKept = {"VP8 "sv, "VP8L"sv, "VP8X"sv, "ALPH"sv, "ICCP"sv};
  constexpr unsigned kExifFlag = 0x08;
  constexpr unsigned kXmpFlag = 0x04;
  constexpr unsigned kProfileFlag = 0x20;
  const bool drops = profile == Profile::drop;
  const unsigned gone = kExifFlag | kXmpFlag | (drops ? kProfileFlag : 0U);
  std::string out(bytes.substr(0, 12));
  bool complete = true;
  std::size_t at = 12;
  while (at + 8 <= bytes.size()) {
    const std::size_t length = little_endian(bytes, at + 4, 4);
    const std::string_view type = bytes.substr(at, 4);
    std::string chunk(bytes.substr(at, 8 + length + (length & 1U)));
    at += chunk.size();
    complete = complete && chunk.size() >= 8 + length;
    if (type == "VP8X" && chunk.size() > 8) {
      chunk[8] = static_cast<char>(byte_at(chunk, 8) & ~gone);
    }
    if (std::ranges::find(kKept, type) != kKept.end() && !(drops && type == "ICCP")) {
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

Stripped strip_metadata(std::string_view picture, Format format, Profile profile) {
  switch (format) {
    case Format::jpeg: return strip_jpeg(picture, profile);
    case Format::png: return strip_png(picture, profile);
    case Format::webp: return strip_webp(picture, profile);
  }
  return {std::string(picture), false};
}

}  // namespace aisha::imaging
