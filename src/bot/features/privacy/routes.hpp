// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::privacy {

/// S21.
struct Open {
  static constexpr Code code{"md"};
  bool operator==(const Open&) const = default;
};

struct Export {
  static constexpr Code code{"ex"};
  bool operator==(const Export&) const = default;
};

struct StopExport {
  static constexpr Code code{"ec"};
  bool operator==(const StopExport&) const = default;
};

/// S21b: the question.
struct AskErase {
  static constexpr Code code{"er"};
  bool operator==(const AskErase&) const = default;
};

/// One press, one erasure: `nonce` is the card's revision.
struct Erase {
  static constexpr Code code{"ey"};
  std::int64_t nonce = 0;
  bool operator==(const Erase&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.number(r.nonce); }
};

using Routes = RouteList<Open, Export, StopExport, AskErase, Erase>;

}  // namespace aisha::bot::privacy
