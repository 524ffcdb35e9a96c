// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "sandbox/telegram/entities.hpp"
#include "sandbox/telegram/params.hpp"

/// What the sandbox remembers: plain data, no rules.
namespace aisha::sandbox::telegram {

struct User {
  std::int64_t id = 0;
  std::string first_name;
  std::string last_name;
  std::string username;
  std::string language_code;
  bool is_premium = false;
  std::int64_t stars = 0;
};

/// What a file_id stands for, per bot and type.
struct StoredFile {
  enum class Type : std::uint8_t { photo, document };
  Type type = Type::document;
  std::string file_id;
  std::string unique_id;
  std::string name;
  std::string mime;
  std::int64_t size = 0;
  int width = 0;
  int height = 0;
  std::string sha256;
  std::string path;                 ///< below /file/bot<token>/
  std::vector<std::string> ladder;  ///< file ids of all sizes of that photo, ascending
};

struct Message {
  enum class Kind : std::uint8_t { text, photo, document };
  std::int64_t id = 0;
  bool from_bot = false;
  std::int64_t made_ms = 0;
  std::int64_t edited_ms = 0;
  Kind kind = Kind::text;
  FormattedText text;              ///< or the caption
  std::vector<std::string> files;  ///< file ids: the photo's ladder or the one document
  std::int64_t reply_to = 0;
  std::string album;  ///< media_group_id, "" = stands alone
  std::optional<json::Value> keyboard;
  bool spoiler = false;
  bool caption_above = false;
  bool protect = false;
  std::string effect;
  std::map<std::int64_t, std::string> reactions;  ///< emoji by user or bot id
};

/// One person with one bot.
struct Chat {
  std::int64_t bot = 0;
  std::int64_t user = 0;
  std::int64_t last_id = 0;
  std::uint64_t version = 0;
  bool started = false;
  bool blocked = false;
  std::int64_t unread = 0;
  std::string instance;
  std::map<std::int64_t, Message> messages;
  std::optional<json::Value> keyboard;  ///< reply keyboard or forced reply now shown
  std::string action;
  std::int64_t action_until = 0;
};

struct CallbackQuery {
  std::string id;
  std::int64_t bot = 0;
  std::int64_t chat = 0;
  std::int64_t message = 0;
  std::int64_t made_ms = 0;
  std::int64_t answered_ms = 0;  ///< 0 = not yet
  std::string text;
  bool alert = false;
  std::string url;
};

/// What somebody typed behind the bot's name in a chat with somebody else.
struct InlineQuery {
  std::string id;
  std::int64_t bot = 0;
  std::int64_t user = 0;
  std::int64_t made_ms = 0;
  std::int64_t answered_ms = 0;   ///< 0 = not yet
  std::vector<std::string> ids;   ///< of the results
  std::vector<Message> messages;  ///< what each of them sends
  std::string next_offset;
  json::Object button;  ///< above the results; empty = none
};

/// A message between two people, sent "via" a bot: the bot itself does not see it.
struct ViaMessage {
  std::int64_t from = 0;
  std::int64_t bot = 0;
  Message message;
};

struct Update {
  std::int64_t n = 0;  ///< over all bots
  std::int64_t id = 0;
  std::int64_t bot = 0;
  std::string lane;  ///< webhook order is kept within one
  json::Value body;
  std::int64_t made_ms = 0;
  std::int64_t expires_ms = 0;
  std::vector<std::int64_t> handed_ms;
  std::int64_t acknowledged_ms = 0;
  bool expired = false;
};

struct Webhook {
  std::string url;
  std::string secret;
  int max_connections = 40;
  bool certificate = false;  ///< one of the bot's own was uploaded
  std::int64_t last_error_s = 0;
  std::string last_error;
};

/// Texts by language code; "" = for everybody else.
using PerLanguage = std::map<std::string, std::string>;

struct Bot {
  std::int64_t id = 0;
  std::string token;
  std::string username;
  PerLanguage name;
  PerLanguage description;
  PerLanguage short_description;
  std::map<std::string, json::Array> commands;  ///< key: scope + "/" + language
  std::map<std::int64_t, json::Value> menu;     ///< by chat, 0 = default
  std::map<std::string, StoredFile> files;      ///< by file_id
  std::int64_t next_update = 0;
  std::int64_t last_update_ms = 0;
  std::deque<std::int64_t> pending;  ///< update ids, oldest first
  std::deque<std::int64_t> repeats;  ///< handed out once more whatever the offset says
  std::map<std::int64_t, Update> updates;
  std::optional<std::vector<std::string>> allowed;
  Webhook webhook;
  std::int64_t last_set_webhook_ms = 0;
  bool has_inline = false;  ///< inline mode, as switched at @BotFather
};

/// Something a watcher of the chats may want to hear; goes out as it is on `/sim/events`.
using Event = json::Object;

struct State {
  std::int64_t demo_bot = 0;
  std::map<std::int64_t, Bot> bots;
  std::map<std::int64_t, User> users;
  std::map<std::pair<std::int64_t, std::int64_t>, Chat> chats;  ///< by bot, user
  std::map<std::string, CallbackQuery> callbacks;
  std::map<std::string, InlineQuery> inline_queries;
  std::map<std::int64_t, std::vector<ViaMessage>> received;  ///< by whom; oldest first
  std::int64_t update_count = 0;
  int shuffle = 0;                                ///< window of reordered updates, 0 = off
  double duplicate = 0.0;                         ///< share of updates handed out twice
  std::map<std::string, std::uint64_t> counters;  ///< of derived ids
  std::deque<Event> events;
};

}  // namespace aisha::sandbox::telegram
