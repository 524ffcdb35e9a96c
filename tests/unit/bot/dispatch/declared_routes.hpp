// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

#include "bot/codec/joined_routes.hpp"
#include "bot/dispatch/callback_data.hpp"
#include "bot/features/avatars/routes.hpp"
#include "bot/features/statistics/routes.hpp"

namespace aisha::bot::testing {

/// Routes whose buttons are drawn before their features are joined in `Callback`.
using Declared = Joined<avatars::Routes, statistics::Routes>::Variant;

/// Whether it is a button of one of them.
inline bool is_declared(std::string_view data) {
  const std::size_t end = std::min(data.find(':'), data.size());
  const auto reads = [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto one = [&]<Route R>(std::type_identity<R>) {
      R route;
      Reader reader(data.substr(end));
      pass_arguments<R>(reader, route);
      return data.substr(1, end - 1) == R::code.text && reader.complete();
    };
    return (one(std::type_identity<std::variant_alternative_t<I, Declared>>{}) || ...);
  };
  return !data.empty() && reads(std::make_index_sequence<std::variant_size_v<Declared>>{});
}

}  // namespace aisha::bot::testing
