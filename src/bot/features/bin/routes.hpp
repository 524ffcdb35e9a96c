// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::bin {

/// What is cleared: all but what is kept, or all.
enum class Scope : char { unkept = 'k', all = 'a' };
inline constexpr std::string_view kScopes = "ka";

struct Open {
  static constexpr Code code{"bn"};
  PagePlace page;
  bool operator==(const Open&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.page(r.page); }
};

struct Picture {
  static constexpr Code code{"bi"};
  Uuid picture;
  bool operator==(const Picture&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

struct AskForEver {
  static constexpr Code code{"bf"};
  Uuid picture;
  bool operator==(const AskForEver&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

struct ForEver {
  static constexpr Code code{"by"};
  Uuid picture;
  bool operator==(const ForEver&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

struct Clear {
  static constexpr Code code{"cl"};
  bool operator==(const Clear&) const = default;
};

struct AskClear {
  static constexpr Code code{"ck"};
  Scope scope = Scope::unkept;
  bool operator==(const AskClear&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.letter(r.scope, kScopes); }
};

/// One press, one clear: `nonce` is the card's revision.
struct DoClear {
  static constexpr Code code{"cg"};
  Scope scope = Scope::unkept;
  std::int64_t nonce = 0;
  bool operator==(const DoClear&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.letter(r.scope, kScopes);
    io.number(r.nonce);
  }
};

struct UndoClear {
  static constexpr Code code{"cu"};
  Uuid clear;
  bool operator==(const UndoClear&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.clear); }
};

using Routes = RouteList<Open, Picture, AskForEver, ForEver, Clear, AskClear, DoClear, UndoClear>;

}  // namespace aisha::bot::bin
