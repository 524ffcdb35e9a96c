// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::sharing {

struct Share {
  static constexpr Code code{"sh"};
  Uuid picture;
  bool operator==(const Share&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

struct SendCopy {
  static constexpr Code code{"sc"};
  Uuid picture;
  bool operator==(const SendCopy&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

struct Close {
  static constexpr Code code{"sx"};
  Uuid picture;
  bool operator==(const Close&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

using Routes = RouteList<Share, SendCopy, Close>;

/// What stands behind "/start" in a link of the bot's: a token of sharing, a style, or that somebody came from the
/// button above inline results.
inline constexpr std::string_view kByToken = "i-";
inline constexpr std::string_view kByStyle = "s-";
inline constexpr std::string_view kFromInline = "inline";

/// "https://t.me/aisha_bot?start=i-…"; "" while the bot's name is not known.
inline std::string deep_link(std::string_view username, std::string_view argument) {
  return username.empty() ? std::string() : "https://t.me/" + std::string(username) + "?start=" + std::string(argument);
}

}  // namespace aisha::bot::sharing
