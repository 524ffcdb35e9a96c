// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/card_calls.hpp"

#include <algorithm>

#include "bot/cards/card_wire.hpp"

namespace aisha::bot::calls {
namespace {

/// What a photo and a file have in common.
template <class Call>
Call with_file(const Card& card, const PhotoLadder::Step& step) {
  Call call;
  call.file = step.drawn->file;
  call.caption = card.caption.text;
  call.caption_entities = wire::entities(card.caption.spans);
  call.reply_markup = wire::markup(card.keyboard);
  return call;
}

/// The same once more without its topic when that is gone. The call is copied only where there is a topic: it may carry
/// twenty megabytes.
template <class Call, class Got = Answer>
Task<Got> into(telegram::BotApi& client, Place place, Call call, Task<Got> (telegram::BotApi::*method)(Call)) {
  call.chat_id = place.chat_id;
  if (place.topic_id == 0) {
    co_return co_await (client.*method)(std::move(call));
  }
  Call within = call;
  within.message_thread_id = place.topic_id;
  auto answer = co_await (client.*method)(std::move(within));
  if (!answer && answer.error().kind == telegram::ErrorKind::topic_not_found) {
    co_return co_await (client.*method)(std::move(call));
  }
  co_return answer;
}

bool leads_into_inline(const Button& button) {
  return !button.chosen_chat.empty();
}

/// Whether inline mode was switched off since Telegram was asked last: then the card comes without what needs it.
bool wants_less(const Answer& answer, const Card& card) {
  const auto has = [](const Row& row) { return std::ranges::any_of(row, leads_into_inline); };
  return !answer && answer.error().kind == telegram::ErrorKind::button_invalid &&
         std::ranges::any_of(card.keyboard, has);
}

Card without_inline(Card card) {
  for (Row& row : card.keyboard) {
    std::erase_if(row, leads_into_inline);
  }
  std::erase_if(card.keyboard, [](const Row& row) { return row.empty(); });
  return card;
}

Task<Answer> send_as_it_is(telegram::BotApi& client, Place place, const Card& card, const PhotoLadder::Step& step) {
  if (!step.drawn) {
    telegram::SendMessage message;
    message.text = card.caption.text;
    message.entities = wire::entities(card.caption.spans);
    message.reply_markup = wire::markup(card.keyboard);
    co_return co_await into(client, place, std::move(message), &telegram::BotApi::send_message);
  }
  if (step.rung == PhotoLadder::Rung::file) {
    auto document = with_file<telegram::SendDocument>(card, step);
    document.disable_content_type_detection = true;
    co_return co_await into(client, place, std::move(document), &telegram::BotApi::send_document);
  }
  auto photo = with_file<telegram::SendPhoto>(card, step);
  co_return co_await into(client, place, std::move(photo), &telegram::BotApi::send_photo);
}

Task<Answer> edit_caption_as_it_is(telegram::BotApi& client, std::int64_t chat_id, std::int64_t message_id,
                                   const Card& card) {
  telegram::EditMessageCaption caption;
  caption.chat_id = chat_id;
  caption.message_id = message_id;
  caption.caption = card.caption.text;
  caption.caption_entities = wire::entities(card.caption.spans);
  caption.reply_markup = wire::markup(card.keyboard);
  co_return co_await client.edit_message_caption(std::move(caption));
}

Task<Answer> edit_as_it_is(telegram::BotApi& client, std::int64_t chat_id, std::int64_t message_id, const Card& card,
                           const PhotoLadder::Step& step) {
  if (!step.drawn) {
    co_return co_await edit_caption_as_it_is(client, chat_id, message_id, card);
  }
  telegram::EditMessageMedia media;
  media.chat_id = chat_id;
  media.message_id = message_id;
  media.media.type = step.type();
  media.media.file = step.drawn->file;
  media.media.caption = card.caption.text;
  media.media.caption_entities = wire::entities(card.caption.spans);
  media.reply_markup = wire::markup(card.keyboard);
  co_return co_await client.edit_message_media(std::move(media));
}

}  // namespace

Task<Answer> send(telegram::BotApi& client, Place place, telegram::SendMessage message) {
  co_return co_await into(client, place, std::move(message), &telegram::BotApi::send_message);
}

Task<Answer> send(telegram::BotApi& client, Place place, telegram::SendPhoto photo) {
  co_return co_await into(client, place, std::move(photo), &telegram::BotApi::send_photo);
}

Task<AlbumAnswer> send(telegram::BotApi& client, Place place, telegram::SendMediaGroup album) {
  co_return co_await into(client, place, std::move(album), &telegram::BotApi::send_media_group);
}

Task<Answer> send(telegram::BotApi& client, Place place, telegram::SendDocument document) {
  co_return co_await into(client, place, std::move(document), &telegram::BotApi::send_document);
}

Task<Answer> send(telegram::BotApi& client, Place place, const Card& card, const PhotoLadder::Step& step) {
  auto answer = co_await send_as_it_is(client, place, card, step);
  if (wants_less(answer, card)) {
    const Card less = without_inline(card);
    answer = co_await send_as_it_is(client, place, less, step);
  }
  co_return answer;
}

Task<Answer> edit(telegram::BotApi& client, std::int64_t chat_id, std::int64_t message_id, const Card& card,
                  const PhotoLadder::Step& step) {
  auto answer = co_await edit_as_it_is(client, chat_id, message_id, card, step);
  if (wants_less(answer, card)) {
    const Card less = without_inline(card);
    answer = co_await edit_as_it_is(client, chat_id, message_id, less, step);
  }
  co_return answer;
}

Task<Answer> edit_caption(telegram::BotApi& client, std::int64_t chat_id, std::int64_t message_id, const Card& card) {
  auto answer = co_await edit_caption_as_it_is(client, chat_id, message_id, card);
  if (wants_less(answer, card)) {
    const Card less = without_inline(card);
    answer = co_await edit_caption_as_it_is(client, chat_id, message_id, less);
  }
  co_return answer;
}

}  // namespace aisha::bot::calls
