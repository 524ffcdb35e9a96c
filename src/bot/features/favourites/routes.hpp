// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "bot/codec/callback_codec.hpp"
#include "bot/features/create/routes.hpp"

namespace aisha::bot::favourites {

/// Where a heart or a pin was pressed: on a picture's card with its own origin, or under a result, where the buttons
/// change and nothing else.
enum class Origin : char {
  day = 'm',
  favourites = 'f',
  saved = 's',
  search = 'q',
  home = 'h',
  result = 'r',
  family = 'v',
  batch = 'b'
};
/// Their letters in a button.
inline constexpr std::string_view kOrigins = "mfsqhrvb";

/// The lists that things are taken out of.
enum class List : char { favourites = 'f', saved = 's' };
inline constexpr std::string_view kLists = "fs";

struct Heart {
  static constexpr Code code{"f"};
  Uuid picture;
  bool on = false;
  Origin origin = Origin::day;
  bool operator==(const Heart&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.set(r.on);
    io.letter(r.origin, kOrigins);
  }
};

struct Pin {
  static constexpr Code code{"sv"};
  Uuid picture;
  bool on = false;
  Origin origin = Origin::day;
  bool operator==(const Pin&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.set(r.on);
    io.letter(r.origin, kOrigins);
  }
};

/// On a style's card, opened from `origin`; from the list of kept ones it is taken out there.
struct KeepStyle {
  static constexpr Code code{"ft"};
  std::string style;
  bool on = false;
  create::Origin origin = create::Origin::create;
  bool operator==(const KeepStyle&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.slug(r.style);
    io.set(r.on);
    io.letter(r.origin, create::kOrigins);
  }
};

/// The same for the style that a picture was made in.
struct KeepStyleOf {
  static constexpr Code code{"fk"};
  Uuid picture;
  bool on = false;
  Origin origin = Origin::day;
  bool operator==(const KeepStyleOf&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.set(r.on);
    io.letter(r.origin, kOrigins);
  }
};

/// `takes_out`: numbers take out of the list instead of starting.
struct Styles {
  static constexpr Code code{"fs"};
  std::int64_t page = 0;
  bool takes_out = false;
  bool operator==(const Styles&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.number(r.page);
    io.flag(r.takes_out, "x");
  }
};

struct Pictures {
  static constexpr Code code{"fi"};
  PagePlace page;
  bool takes_out = false;
  bool operator==(const Pictures&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.page(r.page);
    io.flag(r.takes_out, "x");
  }
};

struct Saved {
  static constexpr Code code{"sl"};
  PagePlace page;
  bool takes_out = false;
  bool operator==(const Saved&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.page(r.page);
    io.flag(r.takes_out, "x");
  }
};

/// One out of a list, which is shown again. (A style: `KeepStyle` from the list.)
struct TakeOut {
  static constexpr Code code{"fx"};
  List list = List::favourites;
  Uuid picture;
  bool operator==(const TakeOut&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.letter(r.list, kLists);
    io.id(r.picture);
  }
};

using Routes = RouteList<Heart, Pin, KeepStyle, KeepStyleOf, Styles, Pictures, Saved, TakeOut>;

}  // namespace aisha::bot::favourites
