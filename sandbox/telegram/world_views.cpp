// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "sandbox/telegram/render.hpp"
#include "sandbox/telegram/world.hpp"

namespace aisha::sandbox::telegram {
namespace {

json::Object reactions_json(const Chat& chat) {
  json::Object out;
  for (const auto& [id, message] : chat.messages) {
    json::Array list;
    for (const auto& [from, emoji] : message.reactions) {
      list.emplace_back(json::Object{{"emoji", emoji}, {"from", from}});
    }
    if (!list.empty()) {
      out[std::to_string(id)] = std::move(list);
    }
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += " ⏎ ";
    } else {
      out += c;
    }
  }
  return out;
}

std::string buttons_line(const json::Value& keyboard) {
  std::string out;
  for (const json::Value& row : keyboard.get_object().at("inline_keyboard").get_array()) {
    out += out.empty() ? " | " : " / ";
    for (const json::Value& button : row.get_array()) {
      out += fmt::format("[{}]", std::string_view(button.get_object().at("text").get_string()));
    }
  }
  return out;
}

const json::Array* commands_for(const Bot& bot, std::string_view language) {
  const std::string code(language.substr(0, 2));
  for (const std::string& key :
       {"all_private_chats/" + code, std::string("all_private_chats/"), "default/" + code, std::string("default/")}) {
    const auto found = bot.commands.find(key);
    if (found != bot.commands.end()) {
      return &found->second;
    }
  }
  return nullptr;
}

json::Object bot_view(const Bot& bot, std::string_view language) {
  const auto menu = bot.menu.find(0);
  const auto* commands = commands_for(bot, language);
  return {{"id", bot.id},
          {"is_bot", true},
          {"username", bot.username},
          {"first_name", localized(bot.name, language)},
          {"token", bot.token},
          {"description", localized(bot.description, language)},
          {"short_description", localized(bot.short_description, language)},
          {"commands", commands == nullptr ? json::Array() : *commands},
          {"has_inline", bot.has_inline},
          {"menu_button", menu == bot.menu.end() ? json::Value(json::Object{{"type", "commands"}}) : menu->second}};
}

json::Object update_view(const Update& update) {
  return {{"n", update.n},
          {"bot", update.bot},
          {"update_id", update.id},
          {"update", update.body},
          {"made", update.made_ms},
          {"handed", update.handed_ms.size()},
          {"handed_at", json::Array(update.handed_ms.begin(), update.handed_ms.end())},
          {"acknowledged", update.acknowledged_ms != 0},
          {"acknowledged_at", update.acknowledged_ms == 0 ? json::Value(nullptr) : json::Value(update.acknowledged_ms)},
          {"expired", update.expired}};
}

}  // namespace

const Chat* World::find_chat(std::int64_t bot, std::int64_t chat) const {
  const auto found = state_.chats.find({bot, chat});
  return found == state_.chats.end() || !state_.users.contains(chat) ? nullptr : &found->second;
}

const Message* World::find_message(std::int64_t bot, std::int64_t chat, std::int64_t message) const {
  const Chat* where = find_chat(bot, chat);
  if (where == nullptr) {
    return nullptr;
  }
  const auto found = where->messages.find(message);
  return found == where->messages.end() ? nullptr : &found->second;
}

const StoredFile* World::find_file(std::int64_t bot, std::string_view path) const {
  const auto owner = state_.bots.find(bot);
  if (owner == state_.bots.end()) {
    return nullptr;
  }
  const auto found =
      std::ranges::find_if(owner->second.files, [path](const auto& file) { return file.second.path == path; });
  return found == owner->second.files.end() ? nullptr : &found->second;
}

std::optional<json::Object> World::conversation(std::int64_t bot, std::int64_t user) const {
  if (!state_.users.contains(user) || !state_.bots.contains(bot)) {
    return std::nullopt;
  }
  const Chat* chat = find_chat(bot, user);
  if (chat == nullptr) {
    return json::Object{{"messages", json::Array()}, {"version", 0},      {"reactions", json::Object()},
                        {"reply_markup", nullptr},   {"action", nullptr}, {"blocked", false},
                        {"started", false}};
  }
  json::Array messages;
  for (const auto& [id, message] : chat->messages) {
    messages.emplace_back(message_json(state_, *chat, message));
  }
  const bool acting = !chat->action.empty() && chat->action_until > now();
  return json::Object{{"messages", std::move(messages)},
                      {"version", chat->version},
                      {"reactions", reactions_json(*chat)},
                      {"reply_markup", chat->keyboard.value_or(json::Value(nullptr))},
                      {"action", acting ? json::Value(chat->action) : json::Value(nullptr)},
                      {"blocked", chat->blocked},
                      {"started", chat->started}};
}

std::string World::transcript(std::int64_t bot, std::int64_t user) const {
  const Chat* chat = find_chat(bot, user);
  std::string out;
  if (chat == nullptr) {
    return out;
  }
  for (const auto& [id, message] : chat->messages) {
    const auto& files = state_.bots.at(bot).files;
    std::string line = fmt::format("{} #{}", message.from_bot ? "bot " : "user", id);
    if (message.reply_to != 0) {
      line += fmt::format(" (to #{})", message.reply_to);
    }
    if (message.kind == Message::Kind::photo) {
      line += " [photo]";
    } else if (message.kind == Message::Kind::document) {
      line += fmt::format(" [document {}]", files.at(message.files.front()).name);
    }
    if (!message.text.text.empty()) {
      line += " " + one_line(message.text.text);
    }
    if (message.keyboard) {
      line += buttons_line(*message.keyboard);
    }
    out += line + "\n";
  }
  return out;
}

json::Object World::people(std::int64_t bot) const {
  json::Array users;
  for (const auto& [id, user] : state_.users) {
    json::Object out = user_json(user);
    const Chat* chat = find_chat(bot, id);
    out["stars"] = user.stars;
    out["blocked"] = chat != nullptr && chat->blocked;
    out["started"] = chat != nullptr && chat->started;
    out["unread"] = chat == nullptr ? 0 : chat->unread;
    users.emplace_back(std::move(out));
  }
  return {{"users", std::move(users)}};
}

json::Object World::bots(std::string_view language) const {
  json::Array out;
  out.emplace_back(bot_view(state_.bots.at(state_.demo_bot), language));
  for (const auto& [id, bot] : state_.bots) {
    if (id != state_.demo_bot) {
      out.emplace_back(bot_view(bot, language));
    }
  }
  return {{"bots", std::move(out)}};
}

json::Object World::updates(std::int64_t after) const {
  std::vector<const Update*> found;
  for (const auto& [id, bot] : state_.bots) {
    for (const auto& [update_id, update] : bot.updates) {
      if (update.n > after) {
        found.push_back(&update);
      }
    }
  }
  std::ranges::sort(found, {}, &Update::n);
  json::Array out;
  std::ranges::transform(found, std::back_inserter(out), [](const Update* update) { return update_view(*update); });
  return {{"updates", std::move(out)}};
}

}  // namespace aisha::sandbox::telegram
