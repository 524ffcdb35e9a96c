// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/render.hpp"

#include <algorithm>

namespace aisha::sandbox::telegram {
namespace {

void put_text(json::Object& out, std::string_view key, const std::string& value) {
  if (!value.empty()) {
    out[key] = value;
  }
}

json::Object photo_size_json(const StoredFile& file) {
  return {{"file_id", file.file_id},
          {"file_unique_id", file.unique_id},
          {"file_size", file.size},
          {"width", file.width},
          {"height", file.height}};
}

void put_content(json::Object& out, const Bot& bot, const Message& message) {
  const bool text = message.kind == Message::Kind::text;
  if (message.kind == Message::Kind::photo) {
    json::Array sizes;
    for (const std::string& id : message.files) {
      sizes.emplace_back(photo_size_json(bot.files.at(id)));
    }
    out["photo"] = std::move(sizes);
  } else if (message.kind == Message::Kind::document) {
    out["document"] = file_json(bot.files.at(message.files.front()));
  }
  if (text || !message.text.text.empty()) {
    out[text ? "text" : "caption"] = message.text.text;
  }
  if (!message.text.entities.empty()) {
    out[text ? "entities" : "caption_entities"] = entities_json(message.text.entities);
  }
  if (message.caption_above) {
    out["show_caption_above_media"] = true;
  }
  if (message.spoiler) {
    out["has_media_spoiler"] = true;
  }
  put_text(out, "effect_id", message.effect);
  if (message.protect) {
    out["has_protected_content"] = true;
  }
}

}  // namespace

json::Object user_json(const User& user) {
  json::Object out{{"id", user.id}, {"is_bot", false}, {"first_name", user.first_name}};
  put_text(out, "last_name", user.last_name);
  put_text(out, "username", user.username);
  put_text(out, "language_code", user.language_code);
  if (user.is_premium) {
    out["is_premium"] = true;
  }
  return out;
}

json::Object bot_json(const Bot& bot) {
  return {{"id", bot.id}, {"is_bot", true}, {"first_name", localized(bot.name, "")}, {"username", bot.username}};
}

json::Object chat_json(const User& user) {
  json::Object out{{"id", user.id}, {"first_name", user.first_name}};
  put_text(out, "last_name", user.last_name);
  put_text(out, "username", user.username);
  out["type"] = "private";
  return out;
}

json::Object file_json(const StoredFile& file) {
  json::Object out;
  put_text(out, "file_name", file.name);
  put_text(out, "mime_type", file.mime);
  out["file_id"] = file.file_id;
  out["file_unique_id"] = file.unique_id;
  out["file_size"] = file.size;
  return out;
}

json::Object message_json(const State& state, const Chat& chat, const Message& message, bool with_reply) {
  const Bot& bot = state.bots.at(chat.bot);
  const User& user = state.users.at(chat.user);
  json::Object out{{"message_id", message.id},
                   {"from", message.from_bot ? bot_json(bot) : user_json(user)},
                   {"chat", chat_json(user)},
                   {"date", message.made_ms / 1000}};
  if (message.edited_ms != 0) {
    out["edit_date"] = message.edited_ms / 1000;
  }
  if (with_reply && message.reply_to != 0) {
    const auto target = chat.messages.find(message.reply_to);
    if (target != chat.messages.end()) {
      out["reply_to_message"] = message_json(state, chat, target->second, false);
    }
  }
  put_text(out, "media_group_id", message.album);
  put_content(out, bot, message);
  if (message.keyboard) {
    out["reply_markup"] = *message.keyboard;
  }
  return out;
}

const std::string& localized(const PerLanguage& texts, std::string_view language) {
  static const std::string kNone;
  auto found = texts.find(std::string(language.substr(0, 2)));
  if (found == texts.end() || found->second.empty()) {
    found = texts.find("");
  }
  return found == texts.end() ? kNone : found->second;
}

}  // namespace aisha::sandbox::telegram
