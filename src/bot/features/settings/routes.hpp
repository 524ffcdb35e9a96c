// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::settings {

/// What `Set` changes.
enum class Setting : char { ratio = 'r', quality = 'q', confirm = 'c' };

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
    io.letter(r.key, "rqc");
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

using Routes = RouteList<Open, Set, Languages, SetLanguage>;

}  // namespace aisha::bot::settings
