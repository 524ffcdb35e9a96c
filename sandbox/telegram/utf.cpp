// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/utf.hpp"

#include <cstdint>

namespace aisha::sandbox::telegram {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

std::size_t length_of(std::uint8_t lead) {
  if (lead < 0x80) {
    return 1;
  }
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

bool lead_byte(char c) {
  return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U;
}

/// Bytes of the sequence at `at`, 0 when it is broken, overlong, a surrogate or above U+10FFFF.
std::size_t sequence_at(std::string_view text, std::size_t at) {
  const std::uint8_t lead = byte_at(text, at);
  if (lead < 0x80) {
    return 1;
  }
  if (lead < 0xC2 || lead > 0xF4) {
    return 0;
  }
  const std::size_t length = length_of(lead);
  if (at + length > text.size()) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (lead_byte(text[at + i])) {
      return 0;
    }
  }
  const std::uint8_t second = byte_at(text, at + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
  return overlong || outside ? 0 : length;
}

}  // namespace

bool valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_at(text, at);
    if (length == 0) {
      return false;
    }
    at += length;
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    count += lead_byte(c) ? 1U : 0U;
  }
  return count;
}

std::size_t utf16_length(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    if (lead_byte(c)) {
      count += static_cast<std::uint8_t>(c) >= 0xF0 ? 2U : 1U;
    }
  }
  return count;
}

std::optional<std::size_t> byte_of_utf16(std::string_view text, std::size_t offset) {
  std::size_t at = 0;
  std::size_t units = 0;
  while (units < offset && at < text.size()) {
    const std::size_t length = length_of(byte_at(text, at));
    units += length == 4 ? 2U : 1U;
    at += length;
  }
  return units == offset ? std::optional(at) : std::nullopt;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  const auto value = static_cast<std::uint32_t>(code_point);
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0U | (value >> 6U));
    put(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    put(0xE0U | (value >> 12U));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  } else {
    put(0xF0U | (value >> 18U));
    put(0x80U | ((value >> 12U) & 0x3FU));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  }
}

std::string_view prefix(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < count && at < text.size(); ++i) {
    at += length_of(byte_at(text, at));
  }
  return text.substr(0, at);
}

}  // namespace aisha::sandbox::telegram
