// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "telegram/api_types.hpp"

/// Inline mode (Bot API, "Inline mode"): what somebody types behind the bot's name in any chat, and what they may pick.
namespace aisha::telegram {

struct InlineQuery {
  std::string id;
  User from_;
  std::string query;   ///< up to 256 characters
  std::string offset;  ///< `next_offset` of the answer before, "" = the first one
};
BOOST_DESCRIBE_STRUCT(InlineQuery, (), (id, from_, query, offset))

/// The update of that kind.
struct InlineUpdate {
  InlineQuery inline_query;
};
BOOST_DESCRIBE_STRUCT(InlineUpdate, (), (inline_query))

/// A photo that Telegram has: InlineQueryResultCachedPhoto.
struct InlineQueryResultPhoto {
  std::string type = "photo";
  std::string id;  ///< 1-64 bytes, each once in an answer
  std::string photo_file_id;
  std::string caption;
  std::vector<MessageEntity> caption_entities;
  std::optional<InlineKeyboardMarkup> reply_markup;
};
BOOST_DESCRIBE_STRUCT(InlineQueryResultPhoto, (), (type, id, photo_file_id, caption, caption_entities, reply_markup))

/// A button above the results: opens the chat with the bot by "/start <start_parameter>".
struct InlineQueryResultsButton {
  std::string text;
  std::string start_parameter;  ///< 1-64 of A-Za-z0-9_-
};
BOOST_DESCRIBE_STRUCT(InlineQueryResultsButton, (), (text, start_parameter))

struct AnswerInlineQuery {
  std::string inline_query_id;
  std::vector<InlineQueryResultPhoto> results;  ///< at most 50
  std::int64_t cache_time = 0;                  ///< seconds
  bool is_personal = true;
  std::string next_offset;  ///< at most 64 bytes, "" = there is no more
  std::optional<InlineQueryResultsButton> button;
};
BOOST_DESCRIBE_STRUCT(AnswerInlineQuery, (), (inline_query_id, results, cache_time, is_personal, next_offset, button))

}  // namespace aisha::telegram
