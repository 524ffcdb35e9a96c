// SPDX-License-Identifier: Apache-2.0
#include "base/uuid.hpp"

#include <algorithm>
#include <span>

#include "base/encoding.hpp"

namespace aisha {

TimePoint Uuid::time() const {
  std::int64_t ms = 0;
  for (int i = 0; i < 6; ++i) {
    ms = (ms << 8) | bytes[static_cast<std::size_t>(i)];
  }
  return from_epoch_ms(ms);
}

std::string Uuid::to_string() const {
  std::string text = encoding::hex(bytes);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) {
    text.insert(at, 1, '-');
  }
  return text;
}

std::string Uuid::to_base64url() const {
  return encoding::base64url(bytes);
}

void Uuid::stamp(TimePoint time) {
  const auto ms = static_cast<std::uint64_t>(epoch_ms(time));
  for (unsigned i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::uint8_t>(ms >> (8U * (5U - i)));
  }
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x70U);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
}

Uuid Uuid::v7(TimePoint now, Rng& rng) {
  Uuid id;
  rng.fill(id.bytes);
  id.stamp(now);
  return id;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') {
    return std::nullopt;
  }
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != '-'; });
  const auto raw = encoding::from_hex(digits);
  if (!raw || raw->size() != 16) {
    return std::nullopt;
  }
  Uuid id;
  std::ranges::copy(*raw, reinterpret_cast<char*>(id.bytes.data()));
  return id;
}

std::optional<Uuid> Uuid::from_base64url(std::string_view text) {
  const auto raw = encoding::from_base64url(text);
  if (!raw || raw->size() != 16) {
    return std::nullopt;
  }
  Uuid id;
  std::ranges::copy(*raw, reinterpret_cast<char*>(id.bytes.data()));
  return id;
}

}  // namespace aisha
