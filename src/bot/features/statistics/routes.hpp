// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::statistics {

enum class Window : char { week = 'w', month = 'm', all = 'a' };
inline constexpr std::string_view kWindows = "wma";

struct Open {
  static constexpr Code code{"st"};
  Window window = Window::month;
  bool operator==(const Open&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.letter(r.window, kWindows); }
};

using Routes = RouteList<Open>;

}  // namespace aisha::bot::statistics
