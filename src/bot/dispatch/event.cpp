// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/event.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "telegram/api_types.hpp"

namespace aisha::bot {
namespace {

constexpr std::size_t kCommandMax = 32;
constexpr std::size_t kArgumentMax = 64;

services::TelegramFacts facts_of(const telegram::User& user, std::int64_t chat_id) {
  services::TelegramFacts out;
  out.telegram_id = user.id;
  out.chat_id = chat_id;
  out.first_name = user.first_name;
  out.last_name = user.last_name.value_or("");
  out.username = user.username.value_or("");
  out.language_code = user.language_code.value_or("");
  out.is_premium = user.is_premium.value_or(false);
  out.is_bot = user.is_bot;
  return out;
}

/// "/start i-abc" -> "i-abc" (core.telegram.org/bots/features, "Deep linking").
std::string argument_of(std::string_view text) {
  const std::size_t blank = text.find(' ');
  const std::string_view word = blank == std::string_view::npos ? std::string_view() : text.substr(blank + 1);
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return word.size() <= kArgumentMax && std::ranges::all_of(word, is_allowed) ? std::string(word) : std::string();
}

/// "/Start@aisha_bot payload" -> "start".
std::string command_of(std::string_view text) {
  const std::string_view word = text.substr(1, std::min(text.find_first_of(" \n@"), text.size()) - 1);
  std::string out(word.substr(0, kCommandMax + 1));
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

/// Members of a message that a person made to show or to play something (Bot API, Message). Every other one tells of
/// something in the chat: a pinned message, a timer, a background, a gift, whatever may come.
constexpr std::array kShown = {"animation",  "audio",    "checklist",  "contact",    "dice", "document",     "game",
                               "live_photo", "location", "paid_media", "photo",      "poll", "rich_message", "sticker",
                               "story",      "venue",    "video",      "video_note", "voice"};

/// A message without text is rare enough to be looked through once more.
bool shows_something(std::string_view update_json) {
  const auto update = json::parse(update_json);
  const auto* object = update ? update->if_object() : nullptr;
  const auto* message = object == nullptr ? nullptr : object->if_contains("message");
  const auto* members = message == nullptr ? nullptr : message->if_object();
  return members != nullptr &&
         std::ranges::any_of(kShown, [members](const char* name) { return members->contains(name); });
}

bool is_picture(const telegram::Document& file) {
  const std::string mime = file.mime_type.value_or("");
  if (!mime.empty()) {
    return mime.starts_with("image/");
  }
  constexpr std::array kExtensions = {".jpg", ".jpeg", ".png", ".webp"};
  std::string name = file.file_name.value_or("");
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::ranges::any_of(kExtensions, [&](const char* extension) { return name.ends_with(extension); });
}

services::SentPhoto sent_file(const telegram::Document& file) {
  services::SentPhoto out;
  out.file_id = file.file_id;
  out.unique_id = file.file_unique_id;
  out.name = file.file_name.value_or("");
  out.bytes = file.file_size.value_or(0);
  out.as_file = true;
  out.is_picture = is_picture(file);
  return out;
}

/// A video or a GIF.
std::optional<services::SentPhoto> moving(const std::optional<telegram::MovingFile>& file) {
  if (!file || !file->file_id || !file->file_unique_id) {
    return std::nullopt;
  }
  services::SentPhoto out;
  out.file_id = *file->file_id;
  out.unique_id = *file->file_unique_id;
  out.name = file->file_name.value_or("");
  out.bytes = file->file_size.value_or(0);
  out.as_file = true;
  out.is_picture = false;
  return out;
}

/// The largest size of a photo, or a file; a GIF comes as a video with a file beside it.
std::optional<services::SentPhoto> sent_in(const telegram::Message& message) {
  std::optional<services::SentPhoto> out;
  if (message.photo && !message.photo->empty()) {
    const telegram::PhotoSize& largest = message.photo->back();
    out.emplace();
    out->file_id = largest.file_id;
    out->unique_id = largest.file_unique_id;
    out->bytes = largest.file_size.value_or(0);
  } else if (message.animation || message.video) {
    out = moving(message.animation ? message.animation : message.video);
  } else if (message.document) {
    out = sent_file(*message.document);
  }
  if (out) {
    out->message_id = message.message_id;
    out->group_id = message.media_group_id.value_or("");
  }
  return out;
}

Event of_message(const telegram::Message& message, std::string_view update_json) {
  Event out;
  if (!message.from_ || message.from_->is_bot || message.chat.type != "private") {
    return out;
  }
  out.facts = facts_of(*message.from_, message.chat.id);
  out.message_id = message.message_id;
  out.topic_id = message.message_thread_id.value_or(0);
  out.text = message.text.value_or("");
  out.date = message.date;
  out.album = message.media_group_id.value_or("");
  out.is_forwarded = message.forward_origin.has_value();
  out.sent = sent_in(message);
  if (out.sent) {
    out.kind = Event::Kind::photo;
    return out;
  }
  if (!message.text) {
    out.kind = shows_something(update_json) ? Event::Kind::other : Event::Kind::unsupported;
    return out;
  }
  out.kind = Event::Kind::text;
  if (out.text.starts_with('/')) {
    out.kind = Event::Kind::command;
    out.command = command_of(out.text);
    out.argument = argument_of(out.text);
  }
  return out;
}

Event of_press(const telegram::CallbackQuery& query) {
  Event out;
  out.callback_id = query.id;
  out.data = query.data.value_or("");
  if (query.from_.is_bot) {
    return out;
  }
  // A message too old to be told about, or one sent through inline mode, has no chat of ours.
  const bool ours = query.message && query.message->chat.type == "private" && query.message->chat.id == query.from_.id;
  out.kind = ours ? Event::Kind::press : Event::Kind::foreign;
  out.facts = facts_of(query.from_, query.from_.id);
  out.message_id = ours ? query.message->message_id : 0;
  out.topic_id = ours ? query.message->message_thread_id.value_or(0) : 0;
  return out;
}

Event of_membership(const telegram::ChatMemberUpdated& change) {
  Event out;
  const std::string& status = change.new_chat_member.status;
  if (change.chat.type == "private" && (status == "kicked" || status == "member")) {
    out.kind = status == "kicked" ? Event::Kind::blocked : Event::Kind::unblocked;
    out.facts = facts_of(change.from_, change.chat.id);
  }
  return out;
}

}  // namespace

Result<Event> parse_event(std::string_view update_json) {
  const auto update = json::decode<telegram::Update>(update_json);
  if (!update) {
    return std::unexpected(update.error());
  }
  if (update->callback_query) {
    return of_press(*update->callback_query);
  }
  if (update->message) {
    return of_message(*update->message, update_json);
  }
  if (update->my_chat_member) {
    return of_membership(*update->my_chat_member);
  }
  return Event{};
}

}  // namespace aisha::bot
