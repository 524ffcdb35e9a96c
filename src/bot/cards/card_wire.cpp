// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/card_wire.hpp"

namespace aisha::bot::wire {
namespace {

const char* type_of(texts::Look look) {
  switch (look) {
    case texts::Look::bold: return "bold";
    case texts::Look::italic: return "italic";
    case texts::Look::code: return "code";
    case texts::Look::expandable_blockquote: return "expandable_blockquote";
  }
  return "bold";
}

telegram::InlineKeyboardButton button(const Button& from) {
  telegram::InlineKeyboardButton out;
  out.text = from.text;
  if (from.look != ButtonLook::plain) {
    out.style = from.look == ButtonLook::primary ? "primary" : "danger";
  }
  if (!from.copy.empty()) {
    out.copy_text = telegram::CopyTextButton{from.copy};
  } else if (!from.chosen_chat.empty()) {
    telegram::SwitchInlineQueryChosenChat chosen;
    chosen.query = from.chosen_chat;
    chosen.allow_user_chats = true;
    chosen.allow_group_chats = true;
    chosen.allow_channel_chats = true;
    out.switch_inline_query_chosen_chat = std::move(chosen);
  } else {
    out.callback_data = from.data;
  }
  return out;
}

}  // namespace

std::vector<telegram::MessageEntity> entities(const std::vector<texts::Span>& spans) {
  std::vector<telegram::MessageEntity> out;
  out.reserve(spans.size());
  for (const texts::Span& span : spans) {
    telegram::MessageEntity entity;
    entity.type = type_of(span.look);
    entity.offset = static_cast<int>(span.offset);
    entity.length = static_cast<int>(span.length);
    out.push_back(std::move(entity));
  }
  return out;
}

telegram::InlineKeyboardMarkup markup(const Keyboard& keyboard) {
  telegram::InlineKeyboardMarkup out;
  out.inline_keyboard.reserve(keyboard.size());
  for (const Row& row : keyboard) {
    auto& buttons = out.inline_keyboard.emplace_back();
    for (const Button& from : row) {
      buttons.push_back(button(from));
    }
  }
  return out;
}

}  // namespace aisha::bot::wire
