// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/client/client.hpp"

namespace aisha::telegram {

/// What a refusal means to the caller.
enum class ErrorKind : std::uint8_t {
  not_modified,       ///< the message already looks so: success
  message_not_found,  ///< to edit, delete or reply to
  cant_be_edited,     ///< or deleted
  no_text_to_edit,    ///< a photo cannot become text
  query_too_old,      ///< the button's spinner is gone: drop silently
  chat_not_found,
  blocked,          ///< any 403: the user is unreachable
  migrated,         ///< the group has a new id: `migrate_to_chat_id`
  wrong_file_id,    ///< forget the file_id, upload the bytes
  topic_not_found,  ///< the topic is gone, the chat is not
  photo_invalid,    ///< the bytes are no photo for Telegram
  button_invalid,   ///< a kind of button that the bot may not use: inline mode is off
  entity_parse,     ///< a bug of ours
  flood,            ///< 429: `retry_after`
  unauthorized,     ///< 401, or 404 of the whole bot: the token is void
  conflict,         ///< 409: somebody else polls, or a webhook is set
  too_large,        ///< 413 or a text over Telegram's limit: never repeat
  server,           ///< 5xx or somebody else's page, to what may be repeated: again, with a growing pause
  not_sent,         ///< Telegram certainly never saw the request
  unknown_outcome,  ///< Telegram may have carried it out: no answer, an unreadable one, `server` to a send
  other,
};

struct ApiError {
  Errc code = Errc::telegram_refused;
  ErrorKind kind = ErrorKind::other;
  int retry_after = 0;  ///< seconds; 0 = Telegram named none
  std::int64_t migrate_to_chat_id = 0;
  std::string description;  ///< Telegram's words, or the network's; never holds the token
};

template <class T = void>
using ApiResult = std::expected<T, ApiError>;

/// Kind of a refusal by its HTTP status and description.
ErrorKind kind_of(int status, std::string_view description);

/// The error in an answer that is not `"ok":true`: a refusal in JSON, an empty body, a proxy's page.
ApiError error_of(const http::Response& response);

/// The error of a request without an answer.
ApiError error_of(const Error& network);

/// The same for layers that only know Errc.
inline Error to_error(const ApiError& error) {
  return {error.code, error.description};
}

}  // namespace aisha::telegram
