// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::gallery {

/// Where a picture's card was opened from: its arrows go along that list, its way back leads there.
enum class Origin : char {
  day = 'm',
  favourites = 'f',
  saved = 's',
  search = 'q',
  home = 'h',
  family = 'v',
  batch = 'b'
};
/// Their letters in a button.
inline constexpr std::string_view kOrigins = "mfsqhvb";

/// The newest day.
struct Newest {
  static constexpr Code code{"my"};
  bool operator==(const Newest&) const = default;
};

/// A day, counted from 1970-01-01; one without pictures shows the nearest older one, else the nearest newer.
struct Day {
  static constexpr Code code{"m"};
  std::int64_t day = 0;
  PagePlace page;
  bool operator==(const Day&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.number(r.day);
    io.page(r.page);
  }
};

/// The days of a month, as year x 12 + month - 1.
struct Months {
  static constexpr Code code{"mm"};
  std::int64_t month = 0;
  std::int64_t page = 0;
  bool operator==(const Months&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.number(r.month);
    io.number(r.page);
  }
};

struct Picture {
  static constexpr Code code{"i"};
  Uuid picture;
  Origin origin = Origin::day;
  bool operator==(const Picture&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.letter(r.origin, kOrigins);
  }
};

struct AskName {
  static constexpr Code code{"nm"};
  Uuid picture;
  bool operator==(const AskName&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

struct DropName {
  static constexpr Code code{"nx"};
  Uuid picture;
  bool operator==(const DropName&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

using Routes = RouteList<Newest, Day, Months, Picture, AskName, DropName>;

}  // namespace aisha::bot::gallery
