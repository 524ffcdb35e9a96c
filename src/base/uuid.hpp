// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/rng.hpp"
#include "base/time.hpp"

namespace aisha {

/// RFC 9562 UUID. Our own ids are version 7: made by the application, they are the idempotency keys and sort by time.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Uuid&) const = default;
  bool is_nil() const { return *this == Uuid{}; }
  /// Milliseconds of a version 7 id.
  TimePoint time() const;
  /// "018f...-7...": 36 characters, lower case.
  std::string to_string() const;
  /// 22 characters of base64url, the form in callback_data.
  std::string to_base64url() const;

  /// Makes a version 7 id of 16 random bytes.
  void stamp(TimePoint time);

  static Uuid v7(TimePoint now, Rng& rng);
  static std::optional<Uuid> parse(std::string_view text);
  static std::optional<Uuid> from_base64url(std::string_view text);
};

}  // namespace aisha
