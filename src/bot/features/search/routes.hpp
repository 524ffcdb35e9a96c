// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::search {

struct AskStyles {
  static constexpr Code code{"q"};
  bool operator==(const AskStyles&) const = default;
};

struct Suggestion {
  static constexpr Code code{"qt"};
  std::int64_t number = 0;
  bool operator==(const Suggestion&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.number(r.number); }
};

struct AskPictures {
  static constexpr Code code{"qp"};
  bool operator==(const AskPictures&) const = default;
};

/// Own pictures by the words last looked for.
struct Results {
  static constexpr Code code{"qr"};
  PagePlace page;
  bool operator==(const Results&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.page(r.page); }
};

using Routes = RouteList<AskStyles, Suggestion, AskPictures, Results>;

}  // namespace aisha::bot::search
