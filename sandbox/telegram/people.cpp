// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/people.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "sandbox/telegram/people_actions.hpp"
#include "sandbox/telegram/render.hpp"

namespace aisha::sandbox::telegram {
namespace {

SimOutcome add_bot(const Action& action) {
  State& state = action.core.state;
  std::string token = action.fields.text("token");
  Bot bot;
  if (token.empty()) {
    bot.id = 7'000'000'000 + static_cast<std::int64_t>(action.core.draw("bot") % 999'999'999U);
    token = fmt::format("{}:{}", bot.id, action.core.draw_text("token", 27).substr(0, 35));
  } else {
    bot.id = parse_integer(std::string_view(token).substr(0, token.find(':'))).value_or(0);
  }
  if (bot.id <= 0 || token.find(':') == std::string::npos) {
    return sim_refuse("token must look like 123456:letters");
  }
  if (const auto known = state.bots.find(bot.id); known != state.bots.end() && known->second.token != token) {
    return sim_refuse("another bot has this id already", 409);
  }
  bot.token = token;
  bot.has_inline = action.fields.flag("inline");
  bot.username =
      action.fields.text("username").empty() ? fmt::format("sandbox_{}_bot", bot.id) : action.fields.text("username");
  bot.name[""] = action.fields.text("first_name").empty() ? bot.username : action.fields.text("first_name");
  const auto [at, made] = state.bots.try_emplace(bot.id, std::move(bot));
  if (state.demo_bot == 0) {
    state.demo_bot = at->first;
  }
  json::Object out = bot_json(at->second);
  out["token"] = at->second.token;
  action.core.emit({{"type", "bot"}, {"bot", at->first}});
  return out;
}

/// What its owner switches at @BotFather.
SimOutcome change_bot(const Action& action) {
  Bot* bot = action.core.bot(action.fields.integer("chat", 0, 0, INT64_MAX));
  if (bot == nullptr) {
    return sim_refuse("there is no such bot", 404);
  }
  if (action.body.contains("inline")) {
    bot->has_inline = action.fields.flag("inline");
  }
  action.core.emit({{"type", "bot"}, {"bot", bot->id}});
  return json::Object{{"id", bot->id}, {"inline", bot->has_inline}};
}

SimOutcome add_user(const Action& action) {
  User user;
  user.id = action.fields.integer("id", 0, 0, INT64_MAX);
  if (user.id == 0) {
    user.id = 100'000'000 + static_cast<std::int64_t>(action.core.draw("user") % 800'000'000U);
  }
  user.first_name = action.fields.text("first_name");
  if (user.first_name.empty()) {
    return sim_refuse("first_name is missing");
  }
  if (action.core.user(user.id) != nullptr || action.core.bot(user.id) != nullptr) {
    return sim_refuse(fmt::format("id {} is taken", user.id), 409);
  }
  user.last_name = action.fields.text("last_name");
  user.username = action.fields.text("username");
  user.language_code = action.fields.text("language_code");
  user.is_premium = action.fields.flag("is_premium");
  user.stars = action.fields.integer("stars", 0, 0, INT64_MAX);
  json::Object out = user_json(user);
  action.core.state.users.emplace(user.id, std::move(user));
  action.core.emit({{"type", "users"}});
  return out;
}

/// A person changes their Telegram: the language they use it in.
SimOutcome change_user(const Action& action) {
  User* user = action.core.user(action.fields.integer("chat", 0, 0, INT64_MAX));
  if (user == nullptr) {
    return sim_refuse("there is no such user", 404);
  }
  if (action.body.contains("language_code")) {
    user->language_code = action.fields.text("language_code");
  }
  action.core.emit({{"type", "users"}});
  return user_json(*user);
}

SimOutcome mark_read(const Action& action) {
  const auto chat = action_chat(action);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  (*chat)->unread = 0;
  return json::Object{{"ok", true}};
}

/// The at-least-once side: one update again, or a disturbance of all that follow.
SimOutcome repeat_updates(const Action& action) {
  State& state = action.core.state;
  const auto id = action.fields.integer("update_id", 0, 0, INT64_MAX);
  if (id == 0) {
    const auto* share = action.body.if_contains("duplicate");
    boost::system::error_code ec;
    state.duplicate = share == nullptr ? 0.0 : std::clamp(share->to_number<double>(ec), 0.0, 1.0);
    state.shuffle = static_cast<int>(action.fields.integer("shuffle", 0, 0, 1000));
    return json::Object{{"shuffle", state.shuffle}, {"duplicate", state.duplicate}};
  }
  for (auto& [bot_id, bot] : state.bots) {
    if (bot.updates.contains(id)) {
      bot.repeats.push_back(id);
      action.core.emit({{"type", "update"}, {"update_id", id}, {"bot", bot_id}});
      return json::Object{{"ok", true}, {"update_id", id}};
    }
  }
  return sim_refuse("no such update", 404);
}

struct Entry {
  std::string_view name;
  SimOutcome (*run)(const Action&);
};

constexpr std::array kActions = {
    Entry{"bot", add_bot},           Entry{"user", add_user},         Entry{"send", send_as_person},
    Entry{"press", press_as_person}, Entry{"react", react_as_person}, Entry{"block", block_bot},
    Entry{"unblock", unblock_bot},   Entry{"read", mark_read},        Entry{"repeat", repeat_updates},
    Entry{"change", change_user},    Entry{"change_bot", change_bot}, Entry{"inline", type_inline},
    Entry{"pick", pick_result},
};

}  // namespace

std::expected<Chat*, SimError> action_chat(const Action& action) {
  std::int64_t bot = action.fields.integer("bot", 0, 0, INT64_MAX);
  bot = bot == 0 ? action.core.state.demo_bot : bot;
  const std::int64_t chat = action.fields.integer("chat", 0, INT64_MIN + 1, INT64_MAX);
  if (action.core.bot(bot) == nullptr) {
    return sim_refuse(fmt::format("there is no bot {}", bot), 404);
  }
  if (action.core.user(chat) == nullptr) {
    return sim_refuse(fmt::format("there is no user {}", chat), 404);
  }
  return &action.core.chat(bot, chat);
}

SimOutcome act(Core& core, std::string_view action, const json::Object& body, const std::vector<FileFacts>& files) {
  const auto found = std::ranges::find(kActions, action, &Entry::name);
  if (found == kActions.end()) {
    return sim_refuse(fmt::format("nobody can \"{}\"", action), 404);
  }
  const Action surroundings{core, body, files, Params(body)};
  return found->run(surroundings);
}

}  // namespace aisha::sandbox::telegram
