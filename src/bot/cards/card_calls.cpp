// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/card_calls.hpp"

#include "bot/cards/card_wire.hpp"

namespace aisha::bot::calls {
namespace {

/// What a photo and a file have in common.
template <class Call>
Call with_file(std::int64_t chat_id, const Card& card, const PhotoLadder::Step& step) {
  Call call;
  call.chat_id = chat_id;
  call.file = step.drawn->file;
  call.caption = card.caption.text;
  call.caption_entities = wire::entities(card.caption.spans);
  call.reply_markup = wire::markup(card.keyboard);
  return call;
}

}  // namespace

Task<Answer> send(telegram::BotApi& client, std::int64_t chat_id, const Card& card, const PhotoLadder::Step& step) {
  if (!step.drawn) {
    telegram::SendMessage message;
    message.chat_id = chat_id;
    message.text = card.caption.text;
    message.entities = wire::entities(card.caption.spans);
    message.reply_markup = wire::markup(card.keyboard);
    co_return co_await client.send_message(std::move(message));
  }
  if (step.rung == PhotoLadder::Rung::file) {
    auto document = with_file<telegram::SendDocument>(chat_id, card, step);
    document.disable_content_type_detection = true;
    co_return co_await client.send_document(std::move(document));
  }
  auto photo = with_file<telegram::SendPhoto>(chat_id, card, step);
  co_return co_await client.send_photo(std::move(photo));
}

Task<Answer> edit(telegram::BotApi& client, std::int64_t chat_id, std::int64_t message_id, const Card& card,
                  const PhotoLadder::Step& step) {
  if (!step.drawn) {
    co_return co_await edit_caption(client, chat_id, message_id, card);
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

Task<Answer> edit_caption(telegram::BotApi& client, std::int64_t chat_id, std::int64_t message_id, const Card& card) {
  telegram::EditMessageCaption caption;
  caption.chat_id = chat_id;
  caption.message_id = message_id;
  caption.caption = card.caption.text;
  caption.caption_entities = wire::entities(card.caption.spans);
  caption.reply_markup = wire::markup(card.keyboard);
  co_return co_await client.edit_message_caption(std::move(caption));
}

}  // namespace aisha::bot::calls
