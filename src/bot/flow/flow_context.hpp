// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "bot/cards/card.hpp"
#include "bot/flow/catalog_view.hpp"
#include "services/gallery/gallery.hpp"
#include "services/generations/request.hpp"
#include "services/people/people.hpp"
#include "services/people/turn.hpp"
#include "texts/texts.hpp"

namespace aisha::bot {

/// What the operator decided, as far as the chat shows it.
struct BotOptions {
  std::string support;  ///< contact shown by /help; "" = none
  int max_active = 2;
  Millis prompt_wait{15 * 60'000};  ///< how long an asked-for prompt is waited for
};

/// What the chat's flows work with.
struct BotServices {
  services::People& people;
  services::Generations& generations;
  services::Gallery& gallery;
  const CatalogView& catalog_view;
  const texts::Library& library;
  const BotOptions& options;
  Clock& clock;
};

/// One press or message in the hands of a flow.
struct FlowContext {
  const BotServices& bot;
  services::Turn& turn;
  std::int64_t message_id = 0;  ///< pressed or written
  bool pressed = false;
  std::string text;  ///< what was written

  const texts::Texts& texts() const { return bot.library.in(domain::text_of(turn.settings().language)); }
};

/// What a flow wants done; the dispatcher does it.
struct Reply {
  /// A card: as the menu card, or in the place of the pressed message.
  std::optional<Card> card;
  bool in_place = false;
  std::string toast;
  /// Money, a job or the outbox changed: durable before anything is said.
  bool effect = false;
  /// The written message gets a 👀: it is understood as a prompt.
  bool seen = false;
  /// The generation that the prompt became.
  std::optional<Uuid> prompted;
};

}  // namespace aisha::bot
