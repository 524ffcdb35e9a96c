// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>

#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/methods.hpp"
#include "sandbox/telegram/render.hpp"
#include "sandbox/telegram/utf.hpp"

namespace aisha::sandbox::telegram {
namespace {

void changed_profile(Context& context) {
  context.core.emit({{"type", "bot"}, {"bot", context.bot.id}});
}

Checked<std::string> language(const Params& params) {
  const std::string& code = params.text("language_code");
  const bool good =
      code.empty() || (code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; }));
  return good ? Checked<std::string>(code) : refuse("Invalid language code specified");
}

Checked<std::string> scope_key(const Params& params) {
  const auto lang = language(params);
  if (!lang) {
    return lang;
  }
  const auto scope = params.parsed("scope");
  if (!scope) {
    return "default/" + *lang;
  }
  if (!scope->is_object()) {
    return refuse("Can't parse BotCommandScope JSON object");
  }
  const Params inner(scope->get_object());
  if (inner.text("type").empty()) {
    return refuse("Can't parse BotCommandScope: can't find field \"type\"");
  }
  const std::string chat = inner.text("chat_id").empty() ? "" : ":" + inner.text("chat_id");
  return inner.text("type") + chat + "/" + *lang;
}

Checked<json::Object> read_command(const json::Value& value) {
  if (!value.is_object()) {
    return refuse("Can't parse commands: expected an Array of BotCommand");
  }
  const Params inner(value.get_object());
  std::string name = inner.text("command");
  if (name.starts_with("/")) {
    name.erase(0, 1);
  }
  const bool letters =
      std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  if (name.empty() || name.size() > limit("command_name") || !letters) {
    return refuse("BOT_COMMAND_INVALID");
  }
  const std::string& description = inner.text("description");
  if (description.empty() || code_points(description) > limit("command_description")) {
    return refuse("BOT_COMMAND_DESCRIPTION_INVALID");
  }
  return json::Object{{"command", name}, {"description", description}};
}

Outcome set_text(Context& context, std::string_view field, PerLanguage& texts, std::int64_t most) {
  const auto lang = language(context.params());
  if (!lang) {
    return std::unexpected(lang.error());
  }
  const std::string& text = context.params().text(field);
  if (!valid_utf8(text)) {
    return refuse("Strings must be encoded in UTF-8");
  }
  if (code_points(text) > static_cast<std::size_t>(most)) {
    return refuse(fmt::format("Bot {} is too long", field));
  }
  if (field == "name" && lang->empty() && text.empty()) {
    return refuse("Bot name must be non-empty");
  }
  texts[*lang] = text;
  changed_profile(context);
  return true;
}

Outcome get_text(Context& context, std::string_view field, const PerLanguage& texts) {
  context.changed = false;
  const auto lang = language(context.params());
  if (!lang) {
    return std::unexpected(lang.error());
  }
  return json::Object{{field, localized(texts, *lang)}};
}

Checked<json::Value> read_menu(const Params& params) {
  const auto value = params.parsed("menu_button");
  if (!value) {
    return json::Value(json::Object{{"type", "default"}});
  }
  if (!value->is_object()) {
    return refuse("Can't parse menu button JSON object");
  }
  const Params inner(value->get_object());
  const std::string& type = inner.text("type");
  if (type == "commands" || type == "default") {
    return json::Value(json::Object{{"type", type}});
  }
  if (type != "web_app") {
    return refuse("Can't parse menu button: MenuButton has unsupported type");
  }
  if (inner.text("text").empty()) {
    return refuse("Menu button text must be non-empty");
  }
  const auto app = inner.parsed("web_app");
  const std::string url = app && app->is_object() ? Params(app->get_object()).text("url") : std::string();
  if (!url.starts_with("https://")) {
    return refuse(fmt::format("Menu button Web App URL '{}' is invalid: Only HTTPS links are allowed", url));
  }
  return *value;
}

Checked<std::int64_t> menu_chat(Context& context) {
  if (context.params().text("chat_id").empty()) {
    return 0;
  }
  const auto id = parse_integer(context.params().text("chat_id"));
  return id && context.core.user(*id) != nullptr ? Checked<std::int64_t>(*id) : refuse("Chat not found");
}

}  // namespace

Outcome get_me(Context& context) {
  context.changed = false;
  json::Object me = bot_json(context.bot);
  me["can_join_groups"] = true;
  me["can_read_all_group_messages"] = false;
  me["supports_inline_queries"] = context.bot.has_inline;
  me["can_connect_to_business"] = false;
  me["has_main_web_app"] = false;
  return me;
}

Outcome get_chat(Context& context) {
  context.changed = false;
  const auto chat = target_chat(context, false);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  json::Object out = chat_json(*context.core.user((*chat)->user));
  out["accent_color_id"] = 0;
  out["max_reaction_count"] = 11;
  out["accepted_gift_types"] = json::Object{{"unlimited_gifts", true},
                                            {"limited_gifts", true},
                                            {"unique_gifts", true},
                                            {"premium_subscription", true},
                                            {"gifts_from_channels", true}};
  return out;
}

Outcome set_my_commands(Context& context) {
  const auto key = scope_key(context.params());
  if (!key) {
    return std::unexpected(key.error());
  }
  const auto listed = context.params().parsed("commands");
  if (!listed || !listed->is_array()) {
    return refuse(listed ? "Expected an Array of BotCommand" : "Can't parse commands JSON object");
  }
  if (listed->get_array().size() > limit("commands")) {
    return refuse("BOT_COMMANDS_TOO_MUCH");
  }
  json::Array commands;
  for (const json::Value& item : listed->get_array()) {
    auto command = read_command(item);
    if (!command) {
      return std::unexpected(command.error());
    }
    commands.emplace_back(std::move(*command));
  }
  context.bot.commands[*key] = std::move(commands);
  changed_profile(context);
  return true;
}

Outcome delete_my_commands(Context& context) {
  const auto key = scope_key(context.params());
  if (!key) {
    return std::unexpected(key.error());
  }
  context.bot.commands.erase(*key);
  changed_profile(context);
  return true;
}

Outcome get_my_commands(Context& context) {
  context.changed = false;
  const auto key = scope_key(context.params());
  if (!key) {
    return std::unexpected(key.error());
  }
  const auto found = context.bot.commands.find(*key);
  return found == context.bot.commands.end() ? json::Array() : found->second;
}

Outcome set_my_name(Context& context) {
  return set_text(context, "name", context.bot.name, limit("bot_name"));
}
Outcome get_my_name(Context& context) {
  return get_text(context, "name", context.bot.name);
}
Outcome set_my_description(Context& context) {
  return set_text(context, "description", context.bot.description, limit("bot_description"));
}
Outcome get_my_description(Context& context) {
  return get_text(context, "description", context.bot.description);
}
Outcome set_my_short_description(Context& context) {
  return set_text(context, "short_description", context.bot.short_description, limit("bot_short_description"));
}
Outcome get_my_short_description(Context& context) {
  return get_text(context, "short_description", context.bot.short_description);
}

Outcome set_chat_menu_button(Context& context) {
  const auto chat = menu_chat(context);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  auto menu = read_menu(context.params());
  if (!menu) {
    return std::unexpected(menu.error());
  }
  context.bot.menu[*chat] = std::move(*menu);
  changed_profile(context);
  return true;
}

Outcome get_chat_menu_button(Context& context) {
  context.changed = false;
  const auto chat = menu_chat(context);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  for (const std::int64_t key : {*chat, std::int64_t{0}}) {
    const auto found = context.bot.menu.find(key);
    if (found != context.bot.menu.end()) {
      return found->second;
    }
  }
  return json::Object{{"type", "commands"}};
}

}  // namespace aisha::sandbox::telegram
