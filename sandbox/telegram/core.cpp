// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/core.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/encoding.hpp"
#include "sandbox/telegram/limits.hpp"

namespace aisha::sandbox::telegram {
namespace {

constexpr std::int64_t kWeekMs = 7LL * 86'400'000;

/// Updates kept for `/sim/updates`, pending ones never dropped.
constexpr std::size_t kKeptUpdates = 5'000;

/// Not part of the default set: they come only when asked for by name.
bool on_request_only(std::string_view type) {
  return type == "chat_member" || type == "message_reaction" || type == "message_reaction_count";
}

bool wanted(const Bot& bot, std::string_view type) {
  if (!bot.allowed || bot.allowed->empty()) {
    return !on_request_only(type);
  }
  return std::ranges::find(*bot.allowed, type) != bot.allowed->end();
}

void forget_old(Bot& bot) {
  for (auto at = bot.updates.begin(); bot.updates.size() > kKeptUpdates && at != bot.updates.end();) {
    const bool done = at->second.acknowledged_ms != 0 || at->second.expired;
    at = done ? bot.updates.erase(at) : std::next(at);
  }
}

}  // namespace

std::uint64_t Core::draw(std::string_view kind) {
  const std::uint64_t position = ++state.counters[std::string(kind)];
  const auto digest = encoding::sha256(fmt::format("{}/{}/{}", seed, kind, position));
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    value = (value << 8U) | digest[i];
  }
  return value;
}

std::string Core::draw_text(std::string_view kind, std::size_t bytes) {
  const std::uint64_t position = ++state.counters[std::string(kind)];
  const auto digest = encoding::sha256(fmt::format("{}/{}/{}", seed, kind, position));
  return encoding::base64url(std::span(digest).first(std::min(bytes, digest.size())));
}

Bot* Core::bot(std::int64_t id) {
  const auto found = state.bots.find(id);
  return found == state.bots.end() ? nullptr : &found->second;
}

User* Core::user(std::int64_t id) {
  const auto found = state.users.find(id);
  return found == state.users.end() ? nullptr : &found->second;
}

Chat* Core::find_chat(std::int64_t bot, std::int64_t user) {
  const auto found = state.chats.find({bot, user});
  return found == state.chats.end() ? nullptr : &found->second;
}

Chat& Core::chat(std::int64_t bot, std::int64_t user) {
  const auto [at, made] = state.chats.try_emplace({bot, user});
  if (made) {
    at->second.bot = bot;
    at->second.user = user;
    at->second.instance = std::to_string(static_cast<std::int64_t>(draw("chat_instance")));
  }
  return at->second;
}

Message* Core::message(Chat& chat, std::int64_t id) {
  const auto found = chat.messages.find(id);
  return found == chat.messages.end() ? nullptr : &found->second;
}

Message& Core::append(Chat& chat, Message message) {
  message.id = ++chat.last_id;
  message.made_ms = now;
  if (message.from_bot) {
    ++chat.unread;
    chat.action.clear();  // a message ends "sending photo..."
  } else {
    chat.unread = 0;
  }
  Message& stored = chat.messages[message.id] = std::move(message);
  touch(chat);
  return stored;
}

void Core::touch(Chat& chat) {
  ++chat.version;
  emit({{"type", "messages"}, {"chat", chat.user}, {"bot", chat.bot}, {"version", chat.version}});
}

void push_update(Core& core, Bot& bot, std::string_view type, json::Value body, std::int64_t lane,
                 std::int64_t lifetime_ms) {
  if (!wanted(bot, type) || bot.pending.size() >= limit("pending_updates")) {
    return;
  }
  // "If there are no new updates for at least a week, then identifier of the next update will be chosen randomly
  // instead of sequentially" (core.telegram.org/bots/api, "Update").
  if (bot.next_update == 0 || core.now - bot.last_update_ms >= kWeekMs) {
    bot.next_update = 2'000'001 + static_cast<std::int64_t>(core.draw("update_id") % 997'999'999U);
  }
  bot.last_update_ms = core.now;
  Update update;
  update.n = ++core.state.update_count;
  update.id = bot.next_update++;
  update.bot = bot.id;
  update.lane = std::to_string(lane);
  update.body = json::Object{{"update_id", update.id}, {type, std::move(body)}};
  update.made_ms = core.now;
  update.expires_ms = core.now + lifetime_ms;
  bot.pending.push_back(update.id);
  core.emit({{"type", "update"}, {"update_id", update.id}, {"bot", bot.id}});
  bot.updates.emplace(update.id, std::move(update));
  forget_old(bot);
}

void expire_updates(Core& core, Bot& bot) {
  std::erase_if(bot.pending, [&](std::int64_t id) {
    Update& update = bot.updates.at(id);
    update.expired = update.expires_ms <= core.now;
    return update.expired;
  });
}

bool acknowledge(Core& core, Bot& bot, std::int64_t offset) {
  const auto keep = std::ranges::lower_bound(bot.pending, offset);
  const bool any = keep != bot.pending.begin();
  for (auto at = bot.pending.begin(); at != keep; ++at) {
    bot.updates.at(*at).acknowledged_ms = core.now;
  }
  bot.pending.erase(bot.pending.begin(), keep);
  return any;
}

}  // namespace aisha::sandbox::telegram
