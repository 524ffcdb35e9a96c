// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::avatars {

/// Which screen the list was opened from: it is drawn anew with the other avatar.
enum class Origin : char { home = 'h', create = 'c', settings = 'e', card = 'l' };
inline constexpr std::string_view kOrigins = "hcel";

/// `manages`: a tap opens the avatar's card instead of making it the main one.
struct List {
  static constexpr Code code{"av"};
  std::int64_t page = 0;
  Origin origin = Origin::home;
  bool manages = false;
  bool operator==(const List&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.number(r.page);
    io.letter(r.origin, kOrigins);
    io.flag(r.manages, "x");
  }
};

struct MakeMain {
  static constexpr Code code{"as"};
  Uuid avatar;
  Origin origin = Origin::home;
  bool operator==(const MakeMain&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.avatar);
    io.letter(r.origin, kOrigins);
  }
};

struct Open {
  static constexpr Code code{"ac"};
  Uuid avatar;
  bool operator==(const Open&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.avatar); }
};

struct AskName {
  static constexpr Code code{"an"};
  Uuid avatar;
  bool operator==(const AskName&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.avatar); }
};

struct AskDelete {
  static constexpr Code code{"ad"};
  Uuid avatar;
  bool operator==(const AskDelete&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.avatar); }
};

struct Delete {
  static constexpr Code code{"ay"};
  Uuid avatar;
  bool operator==(const Delete&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.avatar); }
};

struct Undo {
  static constexpr Code code{"au"};
  Uuid avatar;
  bool operator==(const Undo&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.avatar); }
};

using Routes = RouteList<List, MakeMain, Open, AskName, AskDelete, Delete, Undo>;

}  // namespace aisha::bot::avatars
