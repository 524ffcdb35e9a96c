// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/task.hpp"
#include "bot/cards/card.hpp"
#include "bot/cards/photo_ladder.hpp"
#include "telegram/bot_api.hpp"

/// Cards as calls of the Bot API, by the rung of the ladder that they stand on.
namespace aisha::bot::calls {

using Answer = telegram::ApiResult<telegram::Message>;

/// A new message: sendPhoto, sendDocument or, for words alone, sendMessage.
Task<Answer> send(telegram::BotApi& client, std::int64_t chat_id, const Card& card, const PhotoLadder::Step& step);
/// editMessageMedia. A message with a picture stays one: for words alone its caption and buttons become the card's.
Task<Answer> edit(telegram::BotApi& client, std::int64_t chat_id, std::int64_t message_id, const Card& card,
                  const PhotoLadder::Step& step);
/// editMessageCaption: the picture stays.
Task<Answer> edit_caption(telegram::BotApi& client, std::int64_t chat_id, std::int64_t message_id, const Card& card);

}  // namespace aisha::bot::calls
