// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "sandbox/telegram/keyboard.hpp"
#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/media.hpp"
#include "sandbox/telegram/methods.hpp"
#include "sandbox/telegram/render.hpp"
#include "sandbox/telegram/utf.hpp"

namespace aisha::sandbox::telegram {
namespace {

constexpr std::array<std::string_view, 11> kActions = {
    "typing",          "upload_photo",  "record_video",      "upload_video",      "record_voice",  "upload_voice",
    "upload_document", "find_location", "record_video_note", "upload_video_note", "choose_sticker"};

/// reply_parameters, or the older reply_to_message_id.
Checked<std::int64_t> reply_target(Context& context, const Chat& chat) {
  const Params& params = context.params();
  std::int64_t id = params.integer("reply_to_message_id", 0, 0, INT64_MAX);
  bool optional = params.flag("allow_sending_without_reply");
  const auto reply = params.parsed("reply_parameters");
  if (reply) {
    if (!reply->is_object()) {
      return refuse("Can't parse reply parameters JSON object");
    }
    const json::Object& object = reply->get_object();
    const auto* number = object.if_contains("message_id");
    id = number != nullptr && number->is_int64() ? number->get_int64() : 0;
    const auto* allow = object.if_contains("allow_sending_without_reply");
    optional = allow != nullptr && *allow == true;
  }
  if (id == 0 || chat.messages.contains(id)) {
    return id;
  }
  return optional ? Checked<std::int64_t>(0) : refuse("Message to be replied not found");
}

/// What every send shares: keyboard, reply, flags. Stores nothing yet.
Checked<Message> draft(Context& context, Chat& chat, Markup& markup) {
  auto read = read_markup(context.params(), context.bot.has_inline);
  if (!read) {
    return std::unexpected(read.error());
  }
  const auto reply = reply_target(context, chat);
  if (!reply) {
    return std::unexpected(reply.error());
  }
  markup = std::move(*read);
  Message message;
  message.from_bot = true;
  message.keyboard = markup.inline_keyboard;
  message.reply_to = *reply;
  message.protect = context.params().flag("protect_content");
  message.effect = context.params().text("message_effect_id");
  return message;
}

json::Value deliver(Context& context, Chat& chat, Message message, const Markup& markup) {
  if (markup.other) {
    const bool removal = markup.other->get_object().contains("remove_keyboard");
    chat.keyboard = removal ? std::nullopt : markup.other;
  }
  const Message& stored = context.core.append(chat, std::move(message));
  return message_json(context.core.state, chat, stored);
}

Outcome send_media(Context& context, Message::Kind kind, std::string_view field) {
  auto chat = target_chat(context, true);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  auto caption = checked_text(context.params(), true);
  if (!caption) {
    return std::unexpected(caption.error());
  }
  auto media = find_media(context, kind, field, context.params().text(field));
  if (!media) {
    return std::unexpected(media.error());
  }
  Markup markup;
  auto message = draft(context, **chat, markup);
  if (!message) {
    return std::unexpected(message.error());
  }
  message->kind = kind;
  message->text = std::move(*caption);
  message->spoiler = context.params().flag("has_spoiler");
  message->caption_above = context.params().flag("show_caption_above_media");
  message->files = store_media(context.core, context.bot, *media);
  return deliver(context, **chat, std::move(*message), markup);
}

/// A refusal in capitals is told by Telegram itself when that member is uploaded: the Bot API server then names the
/// member (tdlib/telegram-bot-api, "Failed to send message #"). What the server itself refuses is told as it is.
Refusal of_member(std::size_t number, Refusal refusal) {
  const bool told_by_telegram = refusal.text == "IMAGE_PROCESS_FAILED" || refusal.text == "PHOTO_INVALID_DIMENSIONS";
  if (told_by_telegram) {
    refusal.text = fmt::format("Failed to send message #{} with the error message \"{}\"", number, refusal.text);
  }
  return refusal;
}

/// What stands in `media` of sendMediaGroup, each item checked as an edit's is.
Checked<std::vector<InputMedia>> read_album(Context& context) {
  if (context.params().text("media").empty()) {
    return refuse("Parameter \"media\" is required");
  }
  const auto value = context.params().parsed("media");
  if (!value || value->is_null()) {
    return refuse("Can't parse media JSON object");
  }
  if (!value->is_array()) {
    return refuse("Expected an Array of InputMedia");
  }
  std::vector<InputMedia> album;
  for (const json::Value& item : value->get_array()) {
    if (!item.is_object()) {
      return refuse("Can't parse InputMedia: expected an Object");
    }
    auto media = read_input_media(context, item.get_object());
    if (!media) {
      return std::unexpected(of_member(album.size() + 1, std::move(media.error())));
    }
    album.push_back(std::move(*media));
  }
  if (album.empty()) {
    return refuse("There are no messages to send");
  }
  if (std::ssize(album) > limit("album")) {
    return refuse("Too many messages to send as an album");
  }
  const auto other_kind = [&album](const InputMedia& item) { return item.media.kind != album.front().media.kind; };
  if (std::ranges::any_of(album, other_kind)) {
    return refuse("Document can't be mixed with other media types");
  }
  const auto other_place = [&album](const InputMedia& item) {
    return item.caption_above != album.front().caption_above;
  };
  if (std::ranges::any_of(album, other_place)) {
    return refuse("Parameter show_caption_above_media must be the same for all messages");
  }
  return album;
}

}  // namespace

Checked<Chat*> target_chat(Context& context, bool writing) {
  const std::string& text = context.params().text("chat_id");
  if (text.empty()) {
    return refuse("Chat_id is empty");
  }
  const auto id = parse_integer(text);
  if (id && context.core.bot(*id) != nullptr) {
    return refuse("The bot can't send messages to the bot", 403);
  }
  if (!id || context.core.user(*id) == nullptr) {
    return refuse("Chat not found");
  }
  Chat* chat = context.core.find_chat(context.bot.id, *id);
  if (chat == nullptr || !chat->started) {
    return refuse("Bot can't initiate conversation with a user", 403);
  }
  if (writing && chat->blocked) {
    return refuse("Bot was blocked by the user", 403);
  }
  return chat;
}

Checked<FormattedText> checked_text(const Params& params, bool caption) {
  const TextField field = caption ? TextField{"caption", "caption_entities", "parse_mode"} : TextField{};
  if (!caption && params.text("text").empty()) {
    return refuse("Message text is empty");
  }
  auto text = read_text(params, field);
  if (!text) {
    return text;
  }
  if (!caption && text->text.empty()) {
    return refuse("Text must be non-empty");
  }
  const auto most = static_cast<std::size_t>(caption ? limit("caption") : limit("text"));
  if (code_points(text->text) > most) {
    return refuse(caption ? "Message caption is too long" : "Message is too long");
  }
  detect_entities(*text);
  return text;
}

Outcome send_message(Context& context) {
  auto chat = target_chat(context, true);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  auto text = checked_text(context.params(), false);
  if (!text) {
    return std::unexpected(text.error());
  }
  Markup markup;
  auto message = draft(context, **chat, markup);
  if (!message) {
    return std::unexpected(message.error());
  }
  message->text = std::move(*text);
  return deliver(context, **chat, std::move(*message), markup);
}

Outcome send_photo(Context& context) {
  return send_media(context, Message::Kind::photo, "photo");
}

Outcome send_document(Context& context) {
  return send_media(context, Message::Kind::document, "document");
}

Outcome send_media_group(Context& context) {
  auto chat = target_chat(context, true);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  auto album = read_album(context);
  if (!album) {
    return std::unexpected(album.error());
  }
  Markup markup;
  auto common = draft(context, **chat, markup);
  if (!common) {
    return std::unexpected(common.error());
  }
  // Albums carry no keyboards; a single item is an ordinary message outside any album.
  common->keyboard.reset();
  common->album = album->size() < 2 ? std::string() : std::to_string(context.core.draw("album") >> 1U);
  json::Array sent;
  for (InputMedia& item : *album) {
    Message message = *common;
    message.kind = item.media.kind;
    message.text = std::move(item.caption);
    message.spoiler = item.spoiler;
    message.caption_above = item.caption_above;
    message.files = store_media(context.core, context.bot, item.media);
    sent.emplace_back(deliver(context, **chat, std::move(message), Markup{}));
  }
  return sent;
}

Outcome send_chat_action(Context& context) {
  auto chat = target_chat(context, true);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  const std::string& action = context.params().text("action");
  if (std::ranges::find(kActions, action) == kActions.end()) {
    return refuse("Wrong parameter action in request");
  }
  (*chat)->action = action;
  (*chat)->action_until = context.core.now + limit("chat_action");
  context.core.emit({{"type", "action"}, {"chat", (*chat)->user}, {"bot", context.bot.id}, {"action", action}});
  context.changed = false;  // gone in five seconds
  return true;
}

}  // namespace aisha::sandbox::telegram
