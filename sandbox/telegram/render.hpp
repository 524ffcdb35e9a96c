// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "sandbox/telegram/core.hpp"

/// Objects of the Bot API as the server writes them (field order of its JsonMessage).
namespace aisha::sandbox::telegram {

json::Object user_json(const User& user);
json::Object bot_json(const Bot& bot);
json::Object chat_json(const User& user);
json::Object file_json(const StoredFile& file);
/// `with_reply`: edits answer without reply_to_message.
json::Object message_json(const State& state, const Chat& chat, const Message& message, bool with_reply = true);

/// The text of a user's language, else the default one.
const std::string& localized(const PerLanguage& texts, std::string_view language);

}  // namespace aisha::sandbox::telegram
