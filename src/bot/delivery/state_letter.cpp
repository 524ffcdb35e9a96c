// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/state_letter.hpp"

#include <utility>

#include "bot/delivery/delivery_outcome.hpp"
#include "bot/features/photos/screen.hpp"
#include "bot/flow/paid_order.hpp"
#include "services/photos/photo_telling.hpp"

namespace aisha::bot {

using services::DeliveryOutcome;
using Kind = DeliveryOutcome::Kind;

namespace {

photos::PhotosView view_of(const LetterDesk& desk, const services::PhotoCard& card, domain::Language language) {
  const services::PhotoRules rules = desk.bot.photos.rules();
  photos::PhotosView view;
  view.avatar = card.avatar.id;
  view.name = desk.bot.people.name_of(card.avatar, language);
  view.face = card.avatar.photo;
  view.is_ready = !domain::is_photo_draft(card.avatar);
  view.kept = card.kept;
  view.most = rules.most;
  view.checking = card.checking;
  view.lines = card.lines;
  view.draft_days = rules.draft_days;
  return view;
}

/// In the style that people like most, when the avatar is the one that makes their pictures.
std::optional<photos::FirstPortrait> first_portrait(const LetterDesk& desk, const services::Listener& person,
                                                    const services::PhotoCard& card) {
  if (!card.main || card.main->id != card.avatar.id) {
    return std::nullopt;
  }
  const domain::UserSettings& settings = person.settings;
  const catalog::Audience audience{.kind = card.main->kind,
                                   .day = local_day(desk.bot.clock.now(), person.timezone),
                                   .surcharge = desk.bot.catalog_view.surcharge(card.main, settings.quality_preset)};
  const auto looks = desk.bot.catalog_view.quick_looks(audience, settings.language);
  if (looks.empty()) {
    return std::nullopt;
  }
  return photos::FirstPortrait{looks.front().id, nonce_of(card.card_revision, card.main, settings),
                               looks.front().price};
}

Card card_of(const LetterDesk& desk, const Letter& letter, const services::PhotoCard& card) {
  const texts::Texts& texts = desk.texts(letter.person);
  const photos::PhotosView view = view_of(desk, card, letter.person.settings.language);
  if (letter.item.detail == services::kAvatarReady) {
    return photos::ready_card(texts, {.avatar = view.avatar,
                                      .name = view.name,
                                      .face = view.face,
                                      .first = first_portrait(desk, letter.person, card)});
  }
  return card.is_agreed ? photos::photos_card(texts, view) : photos::consent_card(texts, view);
}

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
  Card card = card_of(desk, letter, *view);
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
