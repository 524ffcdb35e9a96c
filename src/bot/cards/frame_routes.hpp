// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/codec/callback_codec.hpp"

/// Buttons of the frame that every screen stands in; they belong to no feature.
namespace aisha::bot::frame {

struct Home {
  static constexpr Code code{"h"};
  bool operator==(const Home&) const = default;
};

/// A label that is no button, e.g. the page number.
struct Nothing {
  static constexpr Code code{"n"};
  bool operator==(const Nothing&) const = default;
};

using Routes = RouteList<Home, Nothing>;

}  // namespace aisha::bot::frame
