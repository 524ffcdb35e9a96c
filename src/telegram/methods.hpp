// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "telegram/api_types.hpp"

/// Parameters of the Bot API methods that the product calls, one struct a method. Text goes with entities, never with a
/// parse_mode. An edit without `reply_markup` removes the keyboard.
namespace aisha::telegram {

/// A file Telegram already has, known to this bot only.
struct FileId {
  std::string id;
};

/// Bytes to upload; at most 10 MB as photo, 50 MB as document.
struct Upload {
  std::string bytes;
  std::string filename;
  std::string content_type;
};

using InputFile = std::variant<FileId, Upload>;

struct ReplyParameters {
  std::int64_t message_id = 0;
  bool allow_sending_without_reply = true;
};
BOOST_DESCRIBE_STRUCT(ReplyParameters, (), (message_id, allow_sending_without_reply))

struct LinkPreviewOptions {
  bool is_disabled = true;
};
BOOST_DESCRIBE_STRUCT(LinkPreviewOptions, (), (is_disabled))

struct GetUpdates {
  std::int64_t offset = 0;
  int limit = 100;
  std::int64_t timeout = 50;  ///< seconds, at most 50
  std::vector<std::string> allowed_updates;
};
BOOST_DESCRIBE_STRUCT(GetUpdates, (), (offset, limit, timeout, allowed_updates))

struct SendMessage {
  std::int64_t chat_id = 0;
  std::optional<std::int64_t> message_thread_id;
  std::string text;
  std::vector<MessageEntity> entities;
  std::optional<LinkPreviewOptions> link_preview_options;
  std::optional<bool> disable_notification;
  std::optional<ReplyParameters> reply_parameters;
  std::optional<InlineKeyboardMarkup> reply_markup;
};
BOOST_DESCRIBE_STRUCT(SendMessage, (),
                      (chat_id, message_thread_id, text, entities, link_preview_options, disable_notification,
                       reply_parameters, reply_markup))

/// `file` travels beside the described members, under the name the method wants.
struct SendPhoto {
  std::int64_t chat_id = 0;
  std::optional<std::int64_t> message_thread_id;
  InputFile file;
  std::string caption;
  std::vector<MessageEntity> caption_entities;
  std::optional<bool> disable_notification;
  std::optional<ReplyParameters> reply_parameters;
  std::optional<InlineKeyboardMarkup> reply_markup;
};
BOOST_DESCRIBE_STRUCT(SendPhoto, (),
                      (chat_id, message_thread_id, caption, caption_entities, disable_notification, reply_parameters,
                       reply_markup))

struct SendDocument {
  std::int64_t chat_id = 0;
  std::optional<std::int64_t> message_thread_id;
  InputFile file;
  std::string caption;
  std::vector<MessageEntity> caption_entities;
  std::optional<bool> disable_content_type_detection;
  std::optional<bool> disable_notification;
  std::optional<ReplyParameters> reply_parameters;
  std::optional<InlineKeyboardMarkup> reply_markup;
};
BOOST_DESCRIBE_STRUCT(SendDocument, (),
                      (chat_id, message_thread_id, caption, caption_entities, disable_content_type_detection,
                       disable_notification, reply_parameters, reply_markup))

struct SendChatAction {
  std::int64_t chat_id = 0;
  std::optional<std::int64_t> message_thread_id;
  std::string action;  ///< e.g. "upload_photo"; shown for 5 s
};
BOOST_DESCRIBE_STRUCT(SendChatAction, (), (chat_id, message_thread_id, action))

struct EditMessageText {
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;
  std::string text;
  std::vector<MessageEntity> entities;
  std::optional<LinkPreviewOptions> link_preview_options;
  std::optional<InlineKeyboardMarkup> reply_markup;
};
BOOST_DESCRIBE_STRUCT(EditMessageText, (), (chat_id, message_id, text, entities, link_preview_options, reply_markup))

struct EditMessageCaption {
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;
  std::string caption;
  std::vector<MessageEntity> caption_entities;
  std::optional<InlineKeyboardMarkup> reply_markup;
};
BOOST_DESCRIBE_STRUCT(EditMessageCaption, (), (chat_id, message_id, caption, caption_entities, reply_markup))

/// The new media of a message, or one of an album.
struct InputMedia {
  std::string type = "photo";  ///< or "document"
  InputFile file;
  std::string caption;
  std::vector<MessageEntity> caption_entities;
};
BOOST_DESCRIBE_STRUCT(InputMedia, (), (type, caption, caption_entities))

struct EditMessageMedia {
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;
  InputMedia media;
  std::optional<InlineKeyboardMarkup> reply_markup;
};
BOOST_DESCRIBE_STRUCT(EditMessageMedia, (), (chat_id, message_id, reply_markup))

/// Photos or documents (never both) as one album: 2 to 10, none with a keyboard. Telegram limits messages, not calls,
/// so an album weighs as many sends as it has members (core.telegram.org/bots/faq, "My bot is hitting limits").
struct SendMediaGroup {
  std::int64_t chat_id = 0;
  std::optional<std::int64_t> message_thread_id;
  std::vector<InputMedia> media;
  std::optional<bool> disable_notification;
  std::optional<ReplyParameters> reply_parameters;
};
BOOST_DESCRIBE_STRUCT(SendMediaGroup, (), (chat_id, message_thread_id, disable_notification, reply_parameters))

struct EditMessageReplyMarkup {
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;
  std::optional<InlineKeyboardMarkup> reply_markup;
};
BOOST_DESCRIBE_STRUCT(EditMessageReplyMarkup, (), (chat_id, message_id, reply_markup))

struct DeleteMessage {
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;
};
BOOST_DESCRIBE_STRUCT(DeleteMessage, (), (chat_id, message_id))

struct DeleteMessages {
  std::int64_t chat_id = 0;
  std::vector<std::int64_t> message_ids;  ///< 1 to 100; those that are not there are skipped
};
BOOST_DESCRIBE_STRUCT(DeleteMessages, (), (chat_id, message_ids))

struct AnswerCallbackQuery {
  std::string callback_query_id;
  std::optional<std::string> text;  ///< toast, at most 200 characters
  std::optional<bool> show_alert;
  std::optional<std::string> url;
};
BOOST_DESCRIBE_STRUCT(AnswerCallbackQuery, (), (callback_query_id, text, show_alert, url))

struct ReactionType {
  std::string type = "emoji";
  std::string emoji;
};
BOOST_DESCRIBE_STRUCT(ReactionType, (), (type, emoji))

struct SetMessageReaction {
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;
  std::vector<ReactionType> reaction;  ///< empty takes the bot's reaction away
};
BOOST_DESCRIBE_STRUCT(SetMessageReaction, (), (chat_id, message_id, reaction))

}  // namespace aisha::telegram
