// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/state_letter.hpp"

#include <utility>

#include "bot/delivery/delivery_outcome.hpp"
#include "bot/features/photos/flow.hpp"
#include "services/photos/photo_telling.hpp"

namespace aisha::bot {

using services::DeliveryOutcome;
using Kind = DeliveryOutcome::Kind;

namespace {

Task<void> take_buttons(LetterDesk desk, std::int64_t chat_id, std::int64_t message_id) {
  telegram::EditMessageReplyMarkup bare;
  bare.chat_id = chat_id;
  bare.message_id = message_id;
  co_await desk.output.client.edit_message_reply_markup(std::move(bare));
}

}  // namespace

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

Task<DeliveryOutcome> tell_avatar(LetterDesk desk, Letter letter) {
  const Uuid owner = letter.person.user_id;
  const std::int64_t chat_id = letter.item.chat_id;
  const auto view = co_await desk.bot.photos.card(owner, letter.item.generation_id, chat_id);
  if (!view) {
    co_return plain(Kind::not_modified, "the avatar is gone");
  }
  // Once it is ready its message may become a picture's: nobody edits it any more.
  const bool is_last = letter.item.detail == services::kAvatarReady;
  const std::int64_t message_id = view->card_message_id;
  Card card = photos::card_of(desk.bot, letter.person, *view, is_last);
  DeliveryOutcome out;
  if (message_id == 0) {
    out = co_await send_letter(desk, std::move(letter), std::move(card), owner);
    out.avatar_card = is_last ? 0 : out.message_id;
  } else if (view->is_buried) {
    co_await take_buttons(desk, chat_id, message_id);
    co_return plain(Kind::gone);
  } else {
    out = co_await edit_letter(desk, std::move(letter), message_id, std::move(card), owner);
    out.avatar_card = is_last ? 0 : message_id;
  }
  if (out.kind == Kind::sent) {
    desk.output.flood.accepted(chat_id);
  }
  out.message_id = 0;
  out.shows.reset();
  co_return out;
}

}  // namespace aisha::bot
