// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::batch {

/// Asks all that have not ended to stop.
struct CancelAll {
  static constexpr Code code{"bx"};
  Uuid batch;
  bool operator==(const CancelAll&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.batch); }
};

/// Paid: as many as the batch lacks, once a batch; the price is that of all.
struct Missing {
  static constexpr Code code{"br"};
  Uuid batch;
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  bool operator==(const Missing&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.batch);
    io.number(r.nonce);
    io.number(r.price);
  }
};

using Routes = RouteList<CancelAll, Missing>;

}  // namespace aisha::bot::batch
