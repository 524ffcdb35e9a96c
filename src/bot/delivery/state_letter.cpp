// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/state_letter.hpp"

#include <utility>

#include "bot/delivery/delivery_outcome.hpp"

namespace aisha::bot {

using services::DeliveryOutcome;
using Kind = DeliveryOutcome::Kind;

Task<DeliveryOutcome> tell_state(LetterDesk desk, Letter letter) {
  const auto view = co_await desk.bot.generations.status(letter.item.generation_id);
  if (!view || view->picture.state != domain::PictureState::ready) {
    co_return plain(Kind::dead, "there is no such picture");
  }
  Card card = finished_card(desk, letter.person, *view);
  const std::int64_t chat_id = letter.item.chat_id;
  const std::int64_t message_id = letter.item.message_id;
  DeliveryOutcome out =
      co_await edit_letter(desk, std::move(letter), message_id, std::move(card), view->picture.user_id);
  if (out.kind == Kind::sent) {
    desk.output.flood.accepted(chat_id);
  }
  // What it shows is noted already.
  out.shows.reset();
  co_return out.kind == Kind::gone ? plain(Kind::not_modified) : std::move(out);
}

}  // namespace aisha::bot
