// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::help {

struct Open {
  static constexpr Code code{"he"};
  bool operator==(const Open&) const = default;
};

using Routes = RouteList<Open>;

}  // namespace aisha::bot::help
