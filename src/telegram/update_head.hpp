// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/task.hpp"

namespace aisha::telegram {

/// What an update is about: the kinds of Bot API 10.3 that somebody handles.
enum class UpdateKind : std::uint8_t { other, message, edited_message, callback_query, my_chat_member, inline_query };

/// The update's member of that kind, "message"; "other".
std::string_view text_of(UpdateKind kind);
/// `other` for any word that is none of them.
UpdateKind update_kind(std::string_view word);

/// Above every id of a chat or a person, which have at most 52 bits (Bot API, User).
inline constexpr std::int64_t kInlineLane = std::int64_t{1} << 60;

/// What is to be known of an update before it is parsed.
struct UpdateHead {
  std::optional<std::int64_t> update_id;  ///< nothing when it is missing or no integer in [0, 2^63)
  UpdateKind kind = UpdateKind::other;
  /// Whose updates keep an order: the chat of the message, the press's message or the membership; where Telegram names
  /// none, the sender. 0 = neither. An inline query, which is of no use after some seconds, waits for none of them: its
  /// lane is the sender behind kInlineLane.
  std::int64_t lane = 0;
  /// UTF-8 without a raw NUL. Anything else no database takes as text.
  bool is_text = true;

  bool operator==(const UpdateHead&) const = default;
};

/// Of one update. Works on bytes and never fails: brackets that do not close, deep nesting and odd numbers pass, since
/// whoever handles the update parses it.
UpdateHead update_head(std::string_view text);

/// One update as it came; `json` is its exact text.
struct RawUpdate {
  UpdateHead head;
  std::string json;
};

/// The elements of `result` in a getUpdates answer, each cut out whatever stands in it. Nothing when the text is not
/// {"ok":true,"result":[...]}.
std::optional<std::vector<RawUpdate>> cut_updates(std::string_view answer);

/// Takes updates over, however they came: durable when it returns. When it throws, nothing of the batch may be
/// acknowledged. std::function: wired by the composition root.
using UpdateSink = std::function<Task<void>(std::vector<RawUpdate>)>;

/// `allowed_updates` of getUpdates and setWebhook: what the bot has handlers for.
std::vector<std::string> wanted_updates(bool with_inline);

}  // namespace aisha::telegram
