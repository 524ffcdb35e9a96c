// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "telegram/api_types.hpp"

/// Parameters of the methods that set the bot itself up: webhook, commands, name, descriptions, menu button.
namespace aisha::telegram {

struct SetWebhook {
  std::string url;
  std::optional<std::string> secret_token;  ///< 1-256 of A-Za-z0-9_-
  std::optional<int> max_connections;
  std::optional<std::vector<std::string>> allowed_updates;
};
BOOST_DESCRIBE_STRUCT(SetWebhook, (), (url, secret_token, max_connections, allowed_updates))

/// What Telegram says of the webhook; without one `url` is empty.
struct WebhookInfo {
  std::string url;
  std::int64_t pending_update_count = 0;
  std::optional<std::int64_t> last_error_date;  ///< seconds since 1970
  std::optional<std::string> last_error_message;
};
BOOST_DESCRIBE_STRUCT(WebhookInfo, (), (url, pending_update_count, last_error_date, last_error_message))

struct BotCommand {
  std::string command;
  std::string description;
};
BOOST_DESCRIBE_STRUCT(BotCommand, (), (command, description))

/// Without a language: for everyone whose language has no list of its own.
struct SetMyCommands {
  std::vector<BotCommand> commands;
  std::optional<std::string> language_code;
};
BOOST_DESCRIBE_STRUCT(SetMyCommands, (), (commands, language_code))

struct SetMyName {
  std::string name;
  std::optional<std::string> language_code;
};
BOOST_DESCRIBE_STRUCT(SetMyName, (), (name, language_code))

struct SetMyDescription {
  std::string description;
  std::optional<std::string> language_code;
};
BOOST_DESCRIBE_STRUCT(SetMyDescription, (), (description, language_code))

struct SetMyShortDescription {
  std::string short_description;
  std::optional<std::string> language_code;
};
BOOST_DESCRIBE_STRUCT(SetMyShortDescription, (), (short_description, language_code))

struct MenuButton {
  std::string type = "commands";  ///< commands, default, web_app
  std::optional<std::string> text;
  std::optional<WebAppInfo> web_app;
};
BOOST_DESCRIBE_STRUCT(MenuButton, (), (type, text, web_app))

struct SetChatMenuButton {
  std::optional<std::int64_t> chat_id;
  MenuButton menu_button;
};
BOOST_DESCRIBE_STRUCT(SetChatMenuButton, (), (chat_id, menu_button))

}  // namespace aisha::telegram
