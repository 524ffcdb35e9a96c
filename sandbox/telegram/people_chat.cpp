// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/media.hpp"
#include "sandbox/telegram/people_actions.hpp"
#include "sandbox/telegram/render.hpp"
#include "sandbox/telegram/utf.hpp"

namespace aisha::sandbox::telegram {
namespace {

void push_member_update(const Action& action, Chat& chat, std::string_view before, std::string_view after) {
  Bot& bot = *action.core.bot(chat.bot);
  const User& user = *action.core.user(chat.user);
  const auto member = [&bot](std::string_view status) {
    json::Object out{{"user", bot_json(bot)}, {"status", status}};
    if (status == "kicked") {
      out["until_date"] = 0;
    }
    return out;
  };
  json::Object body{{"chat", chat_json(user)},
                    {"from", user_json(user)},
                    {"date", action.core.now / 1000},
                    {"old_chat_member", member(before)},
                    {"new_chat_member", member(after)}};
  push_update(action.core, bot, "my_chat_member", std::move(body), chat.user, limit("update_lifetime"));
}

/// Fills the content of a person's message; the sentence of what is wrong otherwise.
std::expected<Message, SimError> person_message(const Action& action, Bot& bot) {
  Message message;
  const auto* start = action.body.if_contains("start");
  message.text.text = action.fields.text("text");
  if (start != nullptr) {
    const std::string payload = action.fields.text("start");
    if (payload.size() > limit("start_payload")) {
      return sim_refuse("a start payload has at most 64 characters");
    }
    message.text.text = payload.empty() || payload == "null" || payload == "true" ? "/start" : "/start " + payload;
  }
  const Call call{Params{}, action.files};
  for (const auto kind : {Message::Kind::photo, Message::Kind::document}) {
    const FileFacts* file = call.file(kind == Message::Kind::photo ? "photo" : "document");
    if (file == nullptr) {
      continue;
    }
    if (kind == Message::Kind::photo && file->ladder.empty()) {
      return sim_refuse("this photo does not decode", 400, "photo.unreadable");
    }
    message.kind = kind;
    message.text.text = action.fields.text("caption");
    message.files = store_upload(action.core, bot, kind, *file);
  }
  if (!valid_utf8(message.text.text)) {
    return sim_refuse("text must be UTF-8");
  }
  if (message.kind == Message::Kind::text && message.text.text.empty()) {
    return sim_refuse("send needs text, photo, document or start");
  }
  if (code_points(message.text.text) > limit("text")) {
    return sim_refuse("a message has at most 4096 characters", 400, "text.too_long");
  }
  detect_entities(message.text);
  return message;
}

/// The messages of an album: one a file "media0", "media1", ..., whose kind and caption stand at that place of "media".
std::expected<std::vector<Message>, SimError> person_album(const Action& action, Bot& bot) {
  const auto listed = action.fields.parsed("media");
  if (!listed || !listed->is_array() || listed->get_array().empty()) {
    return sim_refuse("media must be a list of photos or of documents");
  }
  const json::Array& items = listed->get_array();
  if (std::ssize(items) > limit("album")) {
    return sim_refuse("an album has at most 10 files", 400, "album.too_many");
  }
  const Call call{Params{}, action.files};
  std::vector<Message> album;
  std::vector<const FileFacts*> uploads;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Params item(items[i].is_object() ? items[i].get_object() : json::Object());
    const FileFacts* file = call.file(fmt::format("media{}", i));
    Message message;
    message.kind = item.text("type") == "document" ? Message::Kind::document : Message::Kind::photo;
    message.text.text = item.text("caption");
    if (file == nullptr || !valid_utf8(message.text.text)) {
      return sim_refuse("each of media needs a photo or document in base64, and a caption in UTF-8 if any");
    }
    if (message.kind == Message::Kind::photo && file->ladder.empty()) {
      return sim_refuse("this photo does not decode", 400, "photo.unreadable");
    }
    if (!album.empty() && message.kind != album.front().kind) {
      return sim_refuse("photos and documents cannot share an album", 400, "album.mixed");
    }
    if (code_points(message.text.text) > limit("text")) {
      return sim_refuse("a message has at most 4096 characters", 400, "text.too_long");
    }
    detect_entities(message.text);
    album.push_back(std::move(message));
    uploads.push_back(file);
  }
  const std::string id = album.size() < 2 ? std::string() : std::to_string(action.core.draw("album") >> 1U);
  for (std::size_t i = 0; i < album.size(); ++i) {
    album[i].album = id;
    album[i].files = store_upload(action.core, bot, album[i].kind, *uploads[i]);
  }
  return album;
}

/// Which message of those just sent the bot hears of first, second, ...: Telegram promises no order within an album.
std::vector<std::size_t> order_of_updates(const Action& action, std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (action.fields.text("order") == "shuffled") {
    for (std::size_t left = count; left > 1; --left) {
      std::swap(order[left - 1], order[action.core.draw("order") % left]);
    }
  }
  return order;
}

/// The pressed button as data, row and column, or (part of) its text.
const json::Object* find_button(const Action& action, const Message& message) {
  if (!message.keyboard) {
    return nullptr;
  }
  const json::Array& rows = message.keyboard->get_object().at("inline_keyboard").get_array();
  if (action.body.contains("row")) {
    const auto row = static_cast<std::size_t>(action.fields.integer("row", 0, 0, INT32_MAX));
    const auto column = static_cast<std::size_t>(action.fields.integer("column", 0, 0, INT32_MAX));
    const bool there = row < rows.size() && column < rows[row].get_array().size();
    return there ? &rows[row].get_array()[column].get_object() : nullptr;
  }
  const std::string& data = action.fields.text("data");
  const std::string& wanted = action.fields.text("button");
  const json::Object* partial = nullptr;
  for (const json::Value& row : rows) {
    for (const json::Value& item : row.get_array()) {
      const json::Object& button = item.get_object();
      const std::string_view text = button.at("text").get_string();
      const auto* found = button.if_contains("callback_data");
      if (action.body.contains("data")) {
        if (found != nullptr && std::string_view(found->get_string()) == data) {
          return &button;
        }
      } else if (text == wanted) {
        return &button;
      } else if (partial == nullptr && !wanted.empty() && text.find(wanted) != std::string_view::npos) {
        partial = &button;
      }
    }
  }
  return partial;
}

}  // namespace

SimOutcome send_as_person(const Action& action) {
  const auto chat = action_chat(action);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  if ((*chat)->blocked) {
    return sim_refuse("this person has blocked the bot: unblock first", 409, "bot.blocked");
  }
  Bot& bot = *action.core.bot((*chat)->bot);
  const std::string& order = action.fields.text("order");
  if (!order.empty() && order != "shuffled") {
    return sim_refuse("order is \"shuffled\" or absent");
  }
  std::vector<Message> said;
  if (action.body.contains("media")) {
    auto album = person_album(action, bot);
    if (!album) {
      return std::unexpected(album.error());
    }
    said = std::move(*album);
  } else {
    auto message = person_message(action, bot);
    if (!message) {
      return std::unexpected(message.error());
    }
    said.push_back(std::move(*message));
  }
  said.front().reply_to = action.fields.integer("reply_to_message_id", 0, 0, INT64_MAX);
  if ((*chat)->keyboard) {
    const json::Object& shown = (*chat)->keyboard->get_object();
    if (shown.contains("force_reply") ||
        (shown.contains("one_time_keyboard") && shown.at("one_time_keyboard") == true)) {
      (*chat)->keyboard.reset();
    }
  }
  (*chat)->started = true;
  json::Array sent;
  for (Message& message : said) {
    const Message& stored = action.core.append(**chat, std::move(message));
    sent.emplace_back(message_json(action.core.state, **chat, stored));
  }
  for (const std::size_t place : order_of_updates(action, sent.size())) {
    push_update(action.core, bot, "message", sent[place].get_object(), (*chat)->user, limit("update_lifetime"));
  }
  if (action.body.contains("media")) {
    return json::Object{{"messages", std::move(sent)}};
  }
  return std::move(sent.front());
}

SimOutcome press_as_person(const Action& action) {
  const auto chat = action_chat(action);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  const Message* message = action.core.message(**chat, action.fields.integer("message_id", 0, 0, INT64_MAX));
  if (message == nullptr) {
    return sim_refuse("no such message in this chat", 404, "message.gone");
  }
  const json::Object* button = find_button(action, *message);
  if (button == nullptr) {
    return sim_refuse("this message has no such button", 404, "button.gone");
  }
  const auto* data = button->if_contains("callback_data");
  json::Object out{{"answered", true}, {"toast", nullptr}, {"alert", false}, {"url", nullptr}, {"ms", 0}};
  if (data == nullptr) {
    // The client handles every other kind by itself; the bot hears nothing.
    const auto* url = button->if_contains("url");
    out["url"] = url == nullptr ? json::Value(nullptr) : *url;
    out["button"] = *button;
    return out;
  }
  if ((*chat)->blocked) {
    return sim_refuse("this person has blocked the bot: unblock first", 409, "bot.blocked");
  }
  CallbackQuery query;
  query.id = std::to_string(action.core.draw("callback") >> 1U);
  query.bot = (*chat)->bot;
  query.chat = (*chat)->user;
  query.message = message->id;
  query.made_ms = action.core.now;
  (*chat)->unread = 0;
  json::Object body{{"id", query.id},
                    {"from", user_json(*action.core.user((*chat)->user))},
                    {"message", message_json(action.core.state, **chat, *message)},
                    {"chat_instance", (*chat)->instance},
                    {"data", *data}};
  push_update(action.core, *action.core.bot((*chat)->bot), "callback_query", std::move(body), (*chat)->user,
              limit("callback_lifetime"));
  out["callback_query_id"] = query.id;
  out["answered"] = false;
  action.core.state.callbacks.emplace(query.id, std::move(query));
  return out;
}

SimOutcome react_as_person(const Action& action) {
  const auto chat = action_chat(action);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  Message* message = action.core.message(**chat, action.fields.integer("message_id", 0, 0, INT64_MAX));
  if (message == nullptr) {
    return sim_refuse("no such message in this chat", 404, "message.gone");
  }
  const auto list = [](const std::string& emoji) {
    json::Array out;
    if (!emoji.empty()) {
      out.emplace_back(json::Object{{"type", "emoji"}, {"emoji", emoji}});
    }
    return out;
  };
  const User& user = *action.core.user((*chat)->user);
  const std::string& emoji =
      action.fields.text("emoji").empty() ? action.fields.text("reaction") : action.fields.text("emoji");
  const std::string before = std::exchange(message->reactions[user.id], emoji);
  if (emoji.empty()) {
    message->reactions.erase(user.id);
  }
  action.core.touch(**chat);
  json::Object body{{"chat", chat_json(user)},        {"message_id", message->id},    {"user", user_json(user)},
                    {"date", action.core.now / 1000}, {"old_reaction", list(before)}, {"new_reaction", list(emoji)}};
  push_update(action.core, *action.core.bot((*chat)->bot), "message_reaction", std::move(body), user.id,
              limit("update_lifetime"));
  return json::Object{{"ok", true}};
}

SimOutcome block_bot(const Action& action) {
  const auto chat = action_chat(action);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  if (!std::exchange((*chat)->blocked, true)) {
    push_member_update(action, **chat, "member", "kicked");
    action.core.emit({{"type", "users"}});
  }
  return json::Object{{"ok", true}};
}

SimOutcome unblock_bot(const Action& action) {
  const auto chat = action_chat(action);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  if (std::exchange((*chat)->blocked, false)) {
    push_member_update(action, **chat, "kicked", "member");
    action.core.emit({{"type", "users"}});
  }
  return json::Object{{"ok", true}};
}

json::Object press_result(const CallbackQuery& query) {
  return {{"answered", query.answered_ms != 0},
          {"toast", query.text.empty() ? json::Value(nullptr) : json::Value(query.text)},
          {"alert", query.alert},
          {"url", query.url.empty() ? json::Value(nullptr) : json::Value(query.url)},
          {"ms", query.answered_ms == 0 ? 0 : query.answered_ms - query.made_ms}};
}

}  // namespace aisha::sandbox::telegram
