// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::settings {

/// What `Set` changes.
enum class Setting : char { ratio = 'r', quality = 'q', confirm = 'c', notify = 'n' };

struct Open {
  static constexpr Code code{"se"};
  bool operator==(const Open&) const = default;
};

/// `value` is set, never toggled: a double tap is harmless. A ratio is written "3-4".
struct Set {
  static constexpr Code code{"e"};
  Setting key = Setting::ratio;
  std::string value;
  bool operator==(const Set&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.letter(r.key, "rqcn");
    io.slug(r.value);
  }
};

struct Languages {
  static constexpr Code code{"la"};
  bool operator==(const Languages&) const = default;
};

struct SetLanguage {
  static constexpr Code code{"l"};
  std::string language;
  bool operator==(const SetLanguage&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.slug(r.language, 2); }
};

/// The zones to choose from. They all stand on the first page.
struct Zones {
  static constexpr Code code{"tz"};
  std::int64_t page = 0;
  bool operator==(const Zones&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.number(r.page); }
};

/// A place in kZones.
struct SetZone {
  static constexpr Code code{"tzs"};
  std::int64_t place = 0;
  bool operator==(const SetZone&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.number(r.place); }
};

struct AskZone {
  static constexpr Code code{"tzo"};
  bool operator==(const AskZone&) const = default;
};

using Routes = RouteList<Open, Set, Languages, SetLanguage, Zones, SetZone, AskZone>;

}  // namespace aisha::bot::settings
