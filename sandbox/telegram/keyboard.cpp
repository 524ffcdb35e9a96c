// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/keyboard.hpp"

#include <fmt/core.h>

#include <array>

#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/utf.hpp"

namespace aisha::sandbox::telegram {
namespace {

constexpr std::string_view kButton = "Can't parse inline keyboard button: ";

/// In Telegram's order: the first one present wins.
constexpr std::array<std::string_view, 10> kActions = {"url",
                                                       "callback_data",
                                                       "callback_game",
                                                       "pay",
                                                       "switch_inline_query",
                                                       "switch_inline_query_chosen_chat",
                                                       "switch_inline_query_current_chat",
                                                       "login_url",
                                                       "web_app",
                                                       "copy_text"};

std::unexpected<Refusal> bad_button(std::string_view text) {
  return refuse(std::string(kButton) + std::string(text));
}

std::string text_of(const json::Object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

Checked<bool> check_url(const std::string& url) {
  const bool scheme = url.starts_with("http://") || url.starts_with("https://") || url.starts_with("tg://");
  const bool spaces = url.find_first_of(" \n\t") != std::string::npos;
  const bool host =
      url.find('.') != std::string::npos || url.starts_with("tg://") || url.find("//localhost") != std::string::npos;
  if (url.empty() || spaces || !host || (!scheme && url.find("://") != std::string::npos)) {
    return refuse(fmt::format("Inline keyboard button URL '{}' is invalid: Wrong HTTP URL", url));
  }
  return true;
}

Checked<bool> check_nested(const json::Value& value, std::string_view action) {
  if (!value.is_object()) {
    return bad_button(fmt::format("Field \"{}\" must be of type Object", action));
  }
  if (action == "web_app") {
    const std::string url = text_of(value.get_object(), "url");
    if (!url.starts_with("https://")) {
      return refuse(
          fmt::format("Inline keyboard button Web App URL '{}' is invalid: Only HTTPS links are allowed", url));
    }
  } else if (action == "copy_text") {
    const std::string copied = text_of(value.get_object(), "text");
    if (copied.empty() || code_points(copied) > limit("copy_text")) {
      return refuse("BUTTON_COPY_TEXT_INVALID");
    }
  }
  return true;
}

Checked<bool> check_action(const json::Value& value, std::string_view action, bool has_inline) {
  // Only an invoice carries the one; the others need inline mode.
  if (action == "pay" || (action.starts_with("switch_inline_query") && !has_inline)) {
    return refuse("BUTTON_TYPE_INVALID");
  }
  if (action == "web_app" || action == "copy_text" || action == "login_url" || action == "callback_game" ||
      action == "switch_inline_query_chosen_chat") {
    return check_nested(value, action);
  }
  if (!value.is_string()) {
    return bad_button(fmt::format("Field \"{}\" must be of type String", action));
  }
  const std::string text(value.get_string());
  if (action == "callback_data" && (text.empty() || text.size() > limit("callback_data"))) {
    return refuse("BUTTON_DATA_INVALID");
  }
  return action == "url" ? check_url(text) : Checked<bool>(true);
}

Checked<json::Object> read_button(const json::Value& value, bool has_inline) {
  if (!value.is_object()) {
    return bad_button("InlineKeyboardButton must be an Object");
  }
  const json::Object& in = value.get_object();
  const auto* text = in.if_contains("text");
  if (text == nullptr) {
    return bad_button("Can't find field \"text\"");
  }
  if (!text->is_string()) {
    return bad_button("Field \"text\" must be of type String");
  }
  json::Object out{{"text", *text}};
  for (const std::string_view key : {"style", "icon_custom_emoji_id"}) {
    const std::string extra = text_of(in, key);
    if (key == "style" && !extra.empty() && extra != "primary" && extra != "success" && extra != "danger") {
      return refuse("Invalid button style specified");
    }
    if (!extra.empty()) {
      out[key] = extra;
    }
  }
  for (const std::string_view action : kActions) {
    const auto* found = in.if_contains(action);
    if (found == nullptr) {
      continue;
    }
    if (auto checked = check_action(*found, action, has_inline); !checked) {
      return std::unexpected(checked.error());
    }
    out[action] = *found;
    return out;
  }
  return bad_button("Text buttons are unallowed in the inline keyboard");
}

Checked<Markup> read_inline(const json::Value& rows, bool has_inline) {
  static const char* kArrays = "Field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays";
  if (!rows.is_array()) {
    return refuse("Field \"inline_keyboard\" of the InlineKeyboardMarkup must be of type Array");
  }
  json::Array kept;
  std::size_t total = 0;
  for (const json::Value& row : rows.get_array()) {
    if (!row.is_array()) {
      return refuse(kArrays);
    }
    json::Array buttons;
    for (const json::Value& item : row.get_array()) {
      auto button = read_button(item, has_inline);
      if (!button) {
        return std::unexpected(button.error());
      }
      if (!button->at("text").get_string().empty()) {
        buttons.emplace_back(std::move(*button));
      }
    }
    total += buttons.size();
    if (buttons.size() > limit("keyboard_row")) {
      return refuse("Reply markup is too long");
    }
    if (!buttons.empty()) {
      kept.emplace_back(std::move(buttons));
    }
  }
  if (total > limit("keyboard")) {
    return refuse("Reply markup is too long");
  }
  Markup markup;
  if (!kept.empty()) {
    markup.inline_keyboard = json::Object{{"inline_keyboard", std::move(kept)}};
  }
  return markup;
}

/// Buttons of a reply keyboard may be bare texts; they are kept as objects.
Checked<Markup> read_reply_keyboard(const json::Object& in) {
  const json::Value& rows = in.at("keyboard");
  json::Array kept;
  if (!rows.is_array()) {
    return refuse("Field \"keyboard\" of the ReplyKeyboardMarkup must be of type Array");
  }
  for (const json::Value& row : rows.get_array()) {
    if (!row.is_array()) {
      return refuse("Field \"keyboard\" of the ReplyKeyboardMarkup must be an Array of Arrays");
    }
    json::Array buttons;
    for (const json::Value& item : row.get_array()) {
      if (item.is_string()) {
        buttons.emplace_back(json::Object{{"text", item}});
      } else if (item.is_object() && !text_of(item.get_object(), "text").empty()) {
        buttons.emplace_back(item);
      } else {
        return refuse("Can't parse keyboard button: KeyboardButton must be an Object");
      }
    }
    kept.emplace_back(std::move(buttons));
  }
  json::Object out = in;
  out["keyboard"] = std::move(kept);
  Markup markup;
  markup.other = std::move(out);
  return markup;
}

}  // namespace

Checked<Markup> read_markup(const Params& params, bool has_inline) {
  const auto value = params.parsed("reply_markup");
  if (!value) {
    return Markup{};
  }
  if (value->is_null()) {
    return params.text("reply_markup") == "null" ? Checked<Markup>(Markup{})
                                                 : refuse("Can't parse reply keyboard markup JSON object");
  }
  if (value->is_array() && value->get_array().empty()) {
    return Markup{};
  }
  if (!value->is_object()) {
    return refuse("Object expected as reply markup");
  }
  const json::Object& object = value->get_object();
  if (const auto* rows = object.if_contains("inline_keyboard")) {
    return read_inline(*rows, has_inline);
  }
  if (object.contains("keyboard")) {
    return read_reply_keyboard(object);
  }
  Markup markup;
  if (object.contains("remove_keyboard") || object.contains("force_reply")) {
    markup.other = *value;
  }
  return markup;
}

}  // namespace aisha::sandbox::telegram
