// SPDX-License-Identifier: Apache-2.0
#include "telegram/api_error.hpp"

#include <algorithm>
#include <array>
#include <boost/describe/class.hpp>
#include <charconv>
#include <optional>

#include "base/json.hpp"
#include "telegram/api_types.hpp"

namespace aisha::telegram {
namespace {

struct Row {
  std::string_view text;  ///< how the description begins after "Bad Request: "
  ErrorKind kind;
};

constexpr std::array kBadRequests = {
    Row{"message is not modified", ErrorKind::not_modified},
    Row{"message to edit not found", ErrorKind::message_not_found},
    Row{"message to delete not found", ErrorKind::message_not_found},
    Row{"message to be replied not found", ErrorKind::message_not_found},
    Row{"message to react not found", ErrorKind::message_not_found},
    Row{"message thread not found", ErrorKind::topic_not_found},
    Row{"TOPIC_DELETED", ErrorKind::topic_not_found},
    Row{"TOPIC_CLOSED", ErrorKind::topic_not_found},
    Row{"MESSAGE_ID_INVALID", ErrorKind::message_not_found},
    Row{"message can't be edited", ErrorKind::cant_be_edited},
    Row{"message media can't be edited", ErrorKind::cant_be_edited},
    Row{"message can't be deleted", ErrorKind::cant_be_edited},
    Row{"there is no text in the message to edit", ErrorKind::no_text_to_edit},
    Row{"there is no caption in the message to edit", ErrorKind::no_text_to_edit},
    Row{"there is no media in the message to edit", ErrorKind::no_text_to_edit},
    Row{"query is too old", ErrorKind::query_too_old},
    Row{"QUERY_ID_INVALID", ErrorKind::query_too_old},
    Row{"chat not found", ErrorKind::chat_not_found},
    Row{"user not found", ErrorKind::chat_not_found},
    Row{"PEER_ID_INVALID", ErrorKind::chat_not_found},
    Row{"group chat was upgraded to a supergroup chat", ErrorKind::migrated},
    Row{"wrong file identifier", ErrorKind::wrong_file_id},
    Row{"wrong remote file identifier specified", ErrorKind::wrong_file_id},
    Row{"wrong file_id or the file is temporarily unavailable", ErrorKind::wrong_file_id},
    Row{"invalid file_id", ErrorKind::wrong_file_id},
    Row{"can't use file of type", ErrorKind::wrong_file_id},
    Row{"PHOTO_INVALID_DIMENSIONS", ErrorKind::photo_invalid},
    Row{"PHOTO_EXT_INVALID", ErrorKind::photo_invalid},
    Row{"photo has unsupported extension", ErrorKind::photo_invalid},
    Row{"IMAGE_PROCESS_FAILED", ErrorKind::photo_invalid},
    Row{"file of size", ErrorKind::photo_invalid},
    Row{"file must be non-empty", ErrorKind::photo_invalid},
    Row{"BUTTON_TYPE_INVALID", ErrorKind::button_invalid},
    Row{"can't parse entities", ErrorKind::entity_parse},
    Row{"message is too long", ErrorKind::too_large},
    Row{"MESSAGE_TOO_LONG", ErrorKind::too_large},
    Row{"text is too long", ErrorKind::too_large},
    Row{"message caption is too long", ErrorKind::too_large},
    Row{"reply markup is too long", ErrorKind::too_large},
};

struct Envelope {
  std::optional<std::string> description;
  std::optional<ResponseParameters> parameters;
};
BOOST_DESCRIBE_STRUCT(Envelope, (), (description, parameters))

Errc errc_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::flood: return Errc::telegram_flood;
    case ErrorKind::unauthorized: return Errc::telegram_unauthorized;
    case ErrorKind::conflict: return Errc::telegram_conflict;
    case ErrorKind::chat_not_found:
    case ErrorKind::blocked: return Errc::telegram_unreachable;
    case ErrorKind::server: return Errc::unavailable;
    case ErrorKind::not_sent: return Errc::net_not_sent;
    case ErrorKind::unknown_outcome: return Errc::net_unknown;
    default: return Errc::telegram_refused;
  }
}

int seconds_in(std::string_view text) {
  int seconds = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  return ec == std::errc{} && end != text.data() ? std::max(seconds, 0) : 0;
}

}  // namespace

ErrorKind kind_of(int status, std::string_view description) {
  switch (status) {
    case 401: return ErrorKind::unauthorized;
    case 403: return ErrorKind::blocked;
    case 404: return description == "Not Found" ? ErrorKind::unauthorized : ErrorKind::other;
    case 409: return ErrorKind::conflict;
    case 413: return ErrorKind::too_large;
    case 429: return ErrorKind::flood;
    default: break;
  }
  if (status >= 500) {
    return ErrorKind::server;
  }
  constexpr std::string_view kPrefix = "Bad Request: ";
  if (status != 400 || !description.starts_with(kPrefix)) {
    return ErrorKind::other;
  }
  description.remove_prefix(kPrefix.size());
  // Of an album: which member failed, and then the reason as if it had been sent alone.
  constexpr std::string_view kWrap = "with the error message \"";
  if (const auto wrap = description.find(kWrap);
      description.starts_with("failed to send message #") && wrap != description.npos) {
    description.remove_prefix(wrap + kWrap.size());
  }
  const auto* row = std::ranges::find_if(kBadRequests, [&](const Row& r) { return description.starts_with(r.text); });
  return row == kBadRequests.end() ? ErrorKind::other : row->kind;
}

ApiError error_of(const http::Response& response) {
  ApiError error;
  const auto envelope = json::decode<Envelope>(response.body);
  if (response.status == 200) {
    error.kind = ErrorKind::unknown_outcome;  // it was carried out, only the answer is unreadable
    error.description = "an answer that is not Telegram's";
  } else {
    const bool is_telegrams = envelope && envelope->description;
    error.description = is_telegrams ? *envelope->description : "HTTP " + std::to_string(response.status);
    // Whoever stands in between (a gateway, a provider's page) says nothing about this call. Telegram itself leaves
    // only 413 and 429 without words.
    const bool is_known = is_telegrams || response.status == 413 || response.status == 429;
    error.kind = is_known ? kind_of(response.status, error.description) : ErrorKind::server;
  }
  if (envelope && envelope->parameters) {
    constexpr std::int64_t kDay = 86'400;
    error.retry_after =
        static_cast<int>(std::clamp<std::int64_t>(envelope->parameters->retry_after.value_or(0), 0, kDay));
    error.migrate_to_chat_id = envelope->parameters->migrate_to_chat_id.value_or(0);
  }
  if (error.kind == ErrorKind::flood && error.retry_after == 0) {
    error.retry_after = seconds_in(response.header("retry-after"));
  }
  error.code = errc_of(error.kind);
  return error;
}

ApiError error_of(const Error& network) {
  ApiError error;
  error.kind = network.code == Errc::net_not_sent ? ErrorKind::not_sent : ErrorKind::unknown_outcome;
  error.code = errc_of(error.kind);
  error.description = network.detail;
  return error;
}

}  // namespace aisha::telegram
