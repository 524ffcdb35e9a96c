// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::job {

/// Paid: a failed generation once more.
struct Repeat {
  static constexpr Code code{"r"};
  Uuid generation;
  bool operator==(const Repeat&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.generation); }
};

struct Cancel {
  static constexpr Code code{"x"};
  Uuid generation;
  bool operator==(const Cancel&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.generation); }
};

using Routes = RouteList<Repeat, Cancel>;

}  // namespace aisha::bot::job
