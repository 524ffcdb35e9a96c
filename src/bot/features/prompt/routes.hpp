// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "bot/codec/callback_codec.hpp"

namespace aisha::bot::prompt {

struct Ask {
  static constexpr Code code{"p"};
  bool operator==(const Ask&) const = default;
};

/// A ratio chosen on the card that confirms a prompt.
struct Ratio {
  static constexpr Code code{"pr"};
  std::string ratio;  ///< "3-4"
  bool operator==(const Ratio&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.slug(r.ratio, 5); }
};

/// Longest mark of words that `mark_of` makes.
inline constexpr std::size_t kMarkMax = 6;

/// Paid: the words that wait for their confirmation, when they are still those of this mark; nonce and price as the
/// card showed them.
struct Generate {
  static constexpr Code code{"gc"};
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  std::string mark;
  bool operator==(const Generate&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.number(r.nonce);
    io.number(r.price);
    io.slug(r.mark, kMarkMax);
  }
};

/// The same while the provider is closed: it is made once that is open.
struct GenerateLater {
  static constexpr Code code{"gw"};
  std::int64_t nonce = 0;
  std::int64_t price = 0;
  std::string mark;
  bool operator==(const GenerateLater&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.number(r.nonce);
    io.number(r.price);
    io.slug(r.mark, kMarkMax);
  }
};

/// Words become the prompt: those that were written unasked, when they are still those of this mark, or those of this
/// mark that the operator allowed.
struct Take {
  static constexpr Code code{"pt"};
  std::string mark;
  bool operator==(const Take&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.slug(r.mark, kMarkMax); }
};

/// Words to begin with become the prompt.
struct Idea {
  static constexpr Code code{"id"};
  bool operator==(const Idea&) const = default;
};

/// The person's newest own prompts.
struct Recent {
  static constexpr Code code{"lp"};
  bool operator==(const Recent&) const = default;
};

/// The words of that picture become the prompt once more.
struct Use {
  static constexpr Code code{"lu"};
  Uuid generation;
  bool operator==(const Use&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.id(r.generation); }
};

/// The words that were refused go to the operator, when they are still those of the card; its revision.
struct Appeal {
  static constexpr Code code{"mo"};
  std::int64_t nonce = 0;
  bool operator==(const Appeal&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.number(r.nonce); }
};

/// Whether their words are written out before they are sent, from now on.
struct Enhance {
  static constexpr Code code{"en"};
  bool on = false;
  bool operator==(const Enhance&) const = default;
  static constexpr void arguments(auto& io, auto& r) { io.set(r.on); }
};

using Routes = RouteList<Ask, Ratio, Generate, GenerateLater, Take, Idea, Recent, Use, Appeal, Enhance>;

}  // namespace aisha::bot::prompt
