// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::create {

/// Where a style card was opened from, for its way back; `look` is a category whose numbers open cards.
enum class Origin : char {
  create = 'c',
  category = 'k',
  look = 'i',
  home = 'h',
  popular = 'p',
  rising = 'r',
  for_you = 'y',
  search = 'q',
  kept = 'f'
};
/// Their letters in a button.
inline constexpr std::string_view kOrigins = "ckihpryqf";

/// Shelves that no catalogue has: made up when they are looked at.
inline constexpr std::string_view kPopular = "_popular";
inline constexpr std::string_view kRising = "_rising";
inline constexpr std::string_view kForYou = "_foryou";
inline constexpr std::string_view kSearch = "_search";

struct Open {
  static constexpr Code code{"c"};
  bool operator==(const Open&) const = default;
};

/// All categories.
struct Shelves {
  static constexpr Code code{"ks"};
  std::int64_t page = 0;
  bool operator==(const Shelves&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.number(r.page); }
};

/// `info`: numbers open the style card instead of starting at once.
struct Category {
  static constexpr Code code{"k"};
  std::string category;
  std::int64_t page = 0;
  bool info = false;
  bool operator==(const Category&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.slug(r.category, 16);
    io.number(r.page);
    io.flag(r.info, "i");
  }
};

struct Style {
  static constexpr Code code{"s"};
  std::string style;
  Origin origin = Origin::create;
  bool operator==(const Style&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.slug(r.style);
    io.letter(r.origin, kOrigins);
  }
};

/// A ratio chosen on a style card; the card is shown again.
struct StyleRatio {
  static constexpr Code code{"sr"};
  std::string style;
  Origin origin = Origin::create;
  std::string ratio;  ///< "3-4"
  bool operator==(const StyleRatio&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.slug(r.style);
    io.letter(r.origin, kOrigins);
    io.slug(r.ratio, 5);
  }
};

/// Paid, what the card showed: `nonce` as `nonce_now` said, the price in coins.
struct Generate {
  static constexpr Code code{"g"};
  std::string style;
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  bool operator==(const Generate&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.slug(r.style);
    io.number(r.nonce);
    io.number(r.price);
  }
};

/// The same while the provider is closed: it is made once that is open.
struct GenerateLater {
  static constexpr Code code{"gl"};
  std::string style;
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  bool operator==(const GenerateLater&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.slug(r.style);
    io.number(r.nonce);
    io.number(r.price);
  }
};

using Routes = RouteList<Open, Shelves, Category, Style, StyleRatio, Generate, GenerateLater>;

}  // namespace aisha::bot::create
