// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "base/task.hpp"
#include "bot/cards/card.hpp"
#include "bot/cards/photo_ladder.hpp"
#include "telegram/bot_api.hpp"

/// Cards as calls of the Bot API, by the rung of the ladder that they stand on. Where Telegram takes no button that
/// leads into inline mode, a card is told without it.
namespace aisha::bot::calls {

using Answer = telegram::ApiResult<telegram::Message>;

/// Where a new message goes. A topic that is gone is left out.
struct Place {
  std::int64_t chat_id = 0;
  std::int64_t topic_id = 0;  ///< 0 = the chat itself
};
Task<Answer> send(telegram::BotApi& client, Place place, telegram::SendMessage message);
Task<Answer> send(telegram::BotApi& client, Place place, telegram::SendDocument document);
Task<Answer> send(telegram::BotApi& client, Place place, telegram::SendPhoto photo);
using AlbumAnswer = telegram::ApiResult<std::vector<telegram::Message>>;
Task<AlbumAnswer> send(telegram::BotApi& client, Place place, telegram::SendMediaGroup album);

/// A card as a new message: sendPhoto, sendDocument or, for words alone, sendMessage.
Task<Answer> send(telegram::BotApi& client, Place place, const Card& card, const PhotoLadder::Step& step);
/// editMessageMedia. A message with a picture stays one: for words alone its caption and buttons become the card's.
Task<Answer> edit(telegram::BotApi& client, std::int64_t chat_id, std::int64_t message_id, const Card& card,
                  const PhotoLadder::Step& step);
/// editMessageCaption: the picture stays.
Task<Answer> edit_caption(telegram::BotApi& client, std::int64_t chat_id, std::int64_t message_id, const Card& card);

}  // namespace aisha::bot::calls
