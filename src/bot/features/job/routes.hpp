// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::job {

/// Paid: a failed generation once more, all as it was asked for then, at the price that the card showed. The nonce is
/// that of every paid button; nothing of today's state need be compared.
struct Repeat {
  static constexpr Code code{"r"};
  Uuid generation;
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  bool operator==(const Repeat&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.generation);
    io.number(r.nonce);
    io.number(r.price);
  }
};

struct Cancel {
  static constexpr Code code{"x"};
  Uuid generation;
  bool operator==(const Cancel&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.generation); }
};

using Routes = RouteList<Repeat, Cancel>;

}  // namespace aisha::bot::job
