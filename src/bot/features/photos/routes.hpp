// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::photos {

/// What an avatar is made into.
enum class Way : char { references = 'r' };
inline constexpr std::string_view kWays = "r";

/// Of whom the photos are.
enum class Who : char { woman = 'f', man = 'm', unsaid = 'n' };
inline constexpr std::string_view kWho = "fmn";

/// How to make an avatar.
struct Ways {
  static constexpr Code code{"aw"};
  bool operator==(const Ways&) const = default;
};

/// Who is in the photos, and the consent.
struct Consent {
  static constexpr Code code{"aq"};
  Uuid avatar;
  Way way = Way::references;
  bool operator==(const Consent&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.avatar);
    io.letter(r.way, kWays);
  }
};

/// Both said with one press.
struct Agree {
  static constexpr Code code{"ag"};
  Uuid avatar;
  Way way = Way::references;
  Who who = Who::unsaid;
  bool operator==(const Agree&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.avatar);
    io.letter(r.way, kWays);
    io.letter(r.who, kWho);
  }
};

struct Open {
  static constexpr Code code{"ap"};
  Uuid avatar;
  bool operator==(const Open&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.avatar); }
};

struct DropWeak {
  static constexpr Code code{"aj"};
  Uuid avatar;
  bool operator==(const DropWeak&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.avatar); }
};

/// A draft is not wanted; of a ready avatar the consent is withdrawn: everything goes at once.
struct Discard {
  static constexpr Code code{"ax"};
  Uuid avatar;
  bool operator==(const Discard&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.avatar); }
};

using Routes = RouteList<Ways, Consent, Agree, Open, DropWeak, Discard>;

}  // namespace aisha::bot::photos
