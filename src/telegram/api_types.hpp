// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The part of Bot API 10.3 that the product uses; names and optionality are Telegram's. Read and written by
/// base/json.hpp, so unknown fields are ignored and `from_` stands for "from".
namespace aisha::telegram {

struct User {
  std::int64_t id = 0;
  bool is_bot = false;
  std::string first_name;
  std::optional<std::string> last_name;
  std::optional<std::string> username;
  std::optional<std::string> language_code;  ///< IETF tag
  std::optional<bool> is_premium;
  std::optional<bool> supports_inline_queries;  ///< of a bot, told to itself only (getMe)
};
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, is_bot, first_name, last_name, username, language_code, is_premium, supports_inline_queries))

struct Chat {
  std::int64_t id = 0;
  std::string type;  ///< private, group, supergroup, channel
  std::optional<std::string> title;
  std::optional<std::string> username;
  std::optional<std::string> first_name;
  std::optional<std::string> last_name;
};
BOOST_DESCRIBE_STRUCT(Chat, (), (id, type, title, username, first_name, last_name))

/// Offsets and lengths count UTF-16 code units.
struct MessageEntity {
  std::string type;
  int offset = 0;
  int length = 0;
  std::optional<std::string> url;
  std::optional<std::string> language;
  std::optional<std::string> custom_emoji_id;
};
BOOST_DESCRIBE_STRUCT(MessageEntity, (), (type, offset, length, url, language, custom_emoji_id))

struct PhotoSize {
  std::string file_id;
  std::string file_unique_id;
  int width = 0;
  int height = 0;
  std::optional<std::int64_t> file_size;
};
BOOST_DESCRIBE_STRUCT(PhotoSize, (), (file_id, file_unique_id, width, height, file_size))

struct Document {
  std::string file_id;
  std::string file_unique_id;
  std::optional<std::string> file_name;
  std::optional<std::string> mime_type;
  std::optional<std::int64_t> file_size;
};
BOOST_DESCRIBE_STRUCT(Document, (), (file_id, file_unique_id, file_name, mime_type, file_size))

/// Of a Video and of an Animation what they have in common with a Document.
struct MovingFile {
  std::optional<std::string> file_id;
  std::optional<std::string> file_unique_id;
  std::optional<std::string> file_name;
  std::optional<std::int64_t> file_size;
};
BOOST_DESCRIBE_STRUCT(MovingFile, (), (file_id, file_unique_id, file_name, file_size))

struct CopyTextButton {
  std::string text;  ///< 1-256 characters
};
BOOST_DESCRIBE_STRUCT(CopyTextButton, (), (text))

struct SwitchInlineQueryChosenChat {
  std::optional<std::string> query;
  std::optional<bool> allow_user_chats;
  std::optional<bool> allow_bot_chats;
  std::optional<bool> allow_group_chats;
  std::optional<bool> allow_channel_chats;
};
BOOST_DESCRIBE_STRUCT(SwitchInlineQueryChosenChat, (),
                      (query, allow_user_chats, allow_bot_chats, allow_group_chats, allow_channel_chats))

struct WebAppInfo {
  std::string url;
};
BOOST_DESCRIBE_STRUCT(WebAppInfo, (), (url))

/// Exactly one of the optional actions is set; Telegram silently takes the first of several.
struct InlineKeyboardButton {
  std::string text;
  std::optional<std::string> style;  ///< primary, success, danger
  std::optional<std::string> url;
  std::optional<std::string> callback_data;  ///< 1-64 bytes
  std::optional<std::string> switch_inline_query;
  std::optional<SwitchInlineQueryChosenChat> switch_inline_query_chosen_chat;
  std::optional<WebAppInfo> web_app;
  std::optional<CopyTextButton> copy_text;
};
BOOST_DESCRIBE_STRUCT(InlineKeyboardButton, (),
                      (text, style, url, callback_data, switch_inline_query, switch_inline_query_chosen_chat, web_app,
                       copy_text))

struct InlineKeyboardMarkup {
  std::vector<std::vector<InlineKeyboardButton>> inline_keyboard;
};
BOOST_DESCRIBE_STRUCT(InlineKeyboardMarkup, (), (inline_keyboard))

struct MessageOrigin {
  std::string type;  ///< user, hidden_user, chat, channel
};
BOOST_DESCRIBE_STRUCT(MessageOrigin, (), (type))

/// An inaccessible message of a callback query has `date == 0` and nothing but chat and message_id.
struct Message {
  std::int64_t message_id = 0;
  std::optional<std::int64_t> message_thread_id;  ///< the topic, in a private chat that has some
  std::optional<User> from_;
  Chat chat;
  std::int64_t date = 0;  ///< Unix seconds
  std::optional<std::int64_t> edit_date;
  std::optional<MessageOrigin> forward_origin;
  std::optional<std::string> media_group_id;
  std::optional<std::string> text;
  std::optional<std::vector<MessageEntity>> entities;
  std::optional<std::vector<PhotoSize>> photo;  ///< ascending; the last one is kept
  std::optional<Document> document;
  std::optional<MovingFile> video;
  std::optional<MovingFile> animation;  ///< a GIF; `document` is set too
  std::optional<std::string> caption;
  std::optional<std::vector<MessageEntity>> caption_entities;
  std::optional<InlineKeyboardMarkup> reply_markup;
};
BOOST_DESCRIBE_STRUCT(Message, (),
                      (message_id, message_thread_id, from_, chat, date, edit_date, forward_origin, media_group_id,
                       text, entities, photo, document, video, animation, caption, caption_entities, reply_markup))

struct CallbackQuery {
  std::string id;
  User from_;
  std::optional<Message> message;
  std::optional<std::string> inline_message_id;
  std::optional<std::string> chat_instance;
  std::optional<std::string> data;
};
BOOST_DESCRIBE_STRUCT(CallbackQuery, (), (id, from_, message, inline_message_id, chat_instance, data))

struct ChatMember {
  std::string status;  ///< member, kicked, left, ...
};
BOOST_DESCRIBE_STRUCT(ChatMember, (), (status))

struct ChatMemberUpdated {
  Chat chat;
  User from_;
  std::int64_t date = 0;
  ChatMember old_chat_member;
  ChatMember new_chat_member;
};
BOOST_DESCRIBE_STRUCT(ChatMemberUpdated, (), (chat, from_, date, old_chat_member, new_chat_member))

struct Update {
  std::int64_t update_id = 0;
  std::optional<Message> message;
  std::optional<CallbackQuery> callback_query;
  std::optional<ChatMemberUpdated> my_chat_member;  ///< the user blocked or unblocked the bot
};
BOOST_DESCRIBE_STRUCT(Update, (), (update_id, message, callback_query, my_chat_member))

struct File {
  std::string file_id;
  std::string file_unique_id;
  std::optional<std::int64_t> file_size;
  std::optional<std::string> file_path;  ///< valid for at least an hour
};
BOOST_DESCRIBE_STRUCT(File, (), (file_id, file_unique_id, file_size, file_path))

struct ResponseParameters {
  std::optional<std::int64_t> retry_after;  ///< seconds
  std::optional<std::int64_t> migrate_to_chat_id;
};
BOOST_DESCRIBE_STRUCT(ResponseParameters, (), (retry_after, migrate_to_chat_id))

}  // namespace aisha::telegram
