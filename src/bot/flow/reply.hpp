// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/uuid.hpp"
#include "bot/cards/card.hpp"
#include "bot/codec/callback_codec.hpp"

namespace aisha::bot {

/// A paid button.
struct OnceItWorks {
  CallbackData to;
  std::int64_t price = 0;  ///< coins, as it says
};

/// What a flow wants done; the dispatcher does it.
struct Reply {
  /// A card: as the menu card or, with `in_place`, in the place of the pressed message. The menu card is changed as
  /// the menu card in either case.
  std::optional<Card> card;
  bool in_place = false;
  /// Of the card `in_place` only the buttons differ from what the message shows.
  bool only_buttons = false;
  /// Photos that the card's buttons lead to, at most eight: once it is shown, what Telegram knows them by is read
  /// ahead.
  std::vector<Photo> next;
  std::string toast;
  /// Why not: told by a toast or a card of its own.
  std::optional<Error> refused;
  /// Of words that are refused: they wait as the draft, and their person can stand up for them.
  bool can_appeal = false;
  /// Of an order that is refused while the provider is closed: the paid button that has it made once it is open.
  std::optional<OnceItWorks> later;
  /// Money, a job or the outbox changed: durable before anything is said. A card `in_place` is shown behind it, if the
  /// chat has room.
  bool effect = false;
  /// The written message gets a 👀: it is understood as a prompt.
  bool seen = false;
  /// The generation that the prompt became.
  std::optional<Uuid> prompted;
};

}  // namespace aisha::bot
