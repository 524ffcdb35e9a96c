// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string_view>
#include <variant>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot {

template <class... Routes>
consteval bool codes_differ() {
  const std::array<std::string_view, sizeof...(Routes)> codes{Routes::code.text...};
  for (std::size_t i = 0; i < codes.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (codes[i] == codes[k]) {
        return false;
      }
    }
  }
  return true;
}

/// All features' routes as one variant, in the order of the lists.
template <class... Lists>
struct Joined;

template <class... Routes>
struct Joined<RouteList<Routes...>> {
  static_assert(codes_differ<Routes...>(), "a code stands for two routes");
  using Variant = std::variant<Routes...>;
};

template <class... First, class... Second, class... Lists>
struct Joined<RouteList<First...>, RouteList<Second...>, Lists...> : Joined<RouteList<First..., Second...>, Lists...> {
};

}  // namespace aisha::bot
