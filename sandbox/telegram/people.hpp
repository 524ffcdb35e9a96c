// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/telegram/core.hpp"

/// What people do: the side of a chat that no bot can play.
namespace aisha::sandbox::telegram {

/// `status`: 400, 404 or 409; `sentence` is for the person who wrote the call; `code`, where there is one, names what
/// the person in the chat did that cannot be, so that a page can say it in their language.
struct SimError {
  int status = 400;
  std::string sentence;
  std::string_view code{};
};
using SimOutcome = std::expected<json::Value, SimError>;

/// One action of `/sim`: "bot", "user", "send", "press", "react", "block", "unblock", "read", "repeat", "change",
/// "change_bot", "inline", "pick".
/// `body` carries "chat" and "bot" (0 or absent = the demo's) beside the action's own fields; `files` are its decoded
/// uploads, fields "photo", "document", and for an album "media0", "media1", ...
SimOutcome act(Core& core, std::string_view action, const json::Object& body, const std::vector<FileFacts>& files);

/// What became of an inline query: {answered, results: [{id, photo, caption, reply_markup}], next_offset, button}.
json::Object inline_result(const State& state, const InlineQuery& query);

/// What somebody got from others: {messages: [{message_id, date, from, via_bot, photo, caption, reply_markup}]}.
json::Object received_json(const State& state, std::int64_t user);

/// What became of a press: {answered, toast, alert, url, ms}.
json::Object press_result(const CallbackQuery& query);

}  // namespace aisha::sandbox::telegram
