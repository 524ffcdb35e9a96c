// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::picture {

struct Download {
  static constexpr Code code{"d"};
  Uuid picture;
  bool operator==(const Download&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

struct Remove {
  static constexpr Code code{"rm"};
  Uuid picture;
  bool operator==(const Remove&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

/// Although it is kept: `Remove` asks first then.
struct RemoveKept {
  static constexpr Code code{"ry"};
  Uuid picture;
  bool operator==(const RemoveKept&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

/// Takes a removal back.
struct Undo {
  static constexpr Code code{"un"};
  Uuid picture;
  bool operator==(const Undo&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

using Routes = RouteList<Download, Remove, RemoveKept, Undo>;

}  // namespace aisha::bot::picture
