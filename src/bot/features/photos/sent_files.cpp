// SPDX-License-Identifier: Apache-2.0
#include "bot/features/photos/sent_files.hpp"

#include <utility>

namespace aisha::bot::photos {
namespace {

/// Telegram's words for a file over its limit (core.telegram.org/bots/api#getfile).
constexpr std::string_view kTooBig = "file is too big";

Error error_of(const telegram::ApiError& error) {
  using telegram::ErrorKind;
  switch (error.kind) {
    case ErrorKind::flood:
    case ErrorKind::unauthorized:
    case ErrorKind::conflict:
    case ErrorKind::server:
    case ErrorKind::not_sent:
    case ErrorKind::unknown_outcome: return {Errc::unavailable, error.description};
    default: break;
  }
  const bool is_large = error.kind == ErrorKind::too_large || error.description.contains(kTooBig);
  return {is_large ? Errc::photo_too_many_bytes : Errc::photo_gone, error.description};
}

}  // namespace

Task<Result<std::string>> SentFiles::fetch(std::string file_id, std::size_t most) {
  auto file = co_await client_.get_file(std::move(file_id));
  if (!file) {
    co_return std::unexpected(error_of(file.error()));
  }
  if (!file->file_path) {
    co_return fail(Errc::photo_gone, "Telegram names no path");
  }
  if (file->file_size && *file->file_size > static_cast<std::int64_t>(most)) {
    co_return fail(Errc::photo_too_many_bytes);
  }
  auto bytes = co_await client_.download(std::move(*file->file_path));
  if (!bytes) {
    co_return std::unexpected(error_of(bytes.error()));
  }
  if (bytes->size() > most) {
    co_return fail(Errc::photo_too_many_bytes);
  }
  co_return std::move(*bytes);
}

Task<void> SentFiles::acknowledge(std::int64_t chat_id, std::int64_t message_id, bool is_kept) {
  std::string emoji = is_kept ? "👌" : "🤔";
  co_await actions_.react(Uuid(), chat_id, message_id, std::move(emoji));
}

}  // namespace aisha::bot::photos
