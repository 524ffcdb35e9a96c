// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "bot/codec/callback_codec.hpp"

/// Pictures made of a picture. Every paid one carries a nonce and the price that its card showed.
namespace aisha::bot::variants {

/// Another one like it.
struct Again {
  static constexpr Code code{"v"};
  Uuid picture;
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  bool operator==(const Again&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.number(r.nonce);
    io.number(r.price);
  }
};

/// Several more at once; the price is that of all.
struct Several {
  static constexpr Code code{"vb"};
  Uuid picture;
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  bool operator==(const Several&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.number(r.nonce);
    io.number(r.price);
  }
};

/// The best preset.
struct Better {
  static constexpr Code code{"vq"};
  Uuid picture;
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  bool operator==(const Better&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.number(r.nonce);
    io.number(r.price);
  }
};

/// "21-9": the longest there is.
inline constexpr std::size_t kRatioMax = 5;

struct Format {
  static constexpr Code code{"vf"};
  Uuid picture;
  std::string ratio;  ///< "3-4"
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  bool operator==(const Format&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.slug(r.ratio, kRatioMax);
    io.number(r.nonce);
    io.number(r.price);
  }
};

/// The avatar counts for more or for less.
struct Likeness {
  enum class Way : char { up = 'u', down = 'd' };
  static constexpr Code code{"vl"};
  Uuid picture;
  Way way = Way::up;
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  bool operator==(const Likeness&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.letter(r.way, "ud");
    io.number(r.nonce);
    io.number(r.price);
  }
};

/// A picture that begins with it: the first step stays close, the last one goes far.
struct Repaint {
  enum class Step : char { close = '1', medium = '2', free = '3' };
  static constexpr Code code{"vi"};
  Uuid picture;
  Step step = Step::close;
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  bool operator==(const Repaint&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.letter(r.step, "123");
    io.number(r.nonce);
    io.number(r.price);
  }
};

/// Asks for words that say what to change in it.
struct AskWords {
  static constexpr Code code{"vw"};
  Uuid picture;
  bool operator==(const AskWords&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

/// Longest mark of words that `mark_of` makes.
inline constexpr std::size_t kMarkMax = 6;

/// Changes the picture by the words that wait, when they are still those of this mark.
struct Change {
  static constexpr Code code{"vg"};
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  std::string mark;
  bool operator==(const Change&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.number(r.nonce);
    io.number(r.price);
    io.slug(r.mark, kMarkMax);
  }
};

/// What can be made of it.
struct Open {
  static constexpr Code code{"vm"};
  Uuid picture;
  bool operator==(const Open&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.picture); }
};

/// A picture and those that were made of it.
struct Family {
  static constexpr Code code{"fm"};
  Uuid picture;
  PagePlace page;
  bool operator==(const Family&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.id(r.picture);
    io.page(r.page);
  }
};

using Routes = RouteList<Again, Several, Better, Format, Likeness, Repaint, AskWords, Change, Open, Family>;

}  // namespace aisha::bot::variants
