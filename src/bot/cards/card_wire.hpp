// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "bot/cards/card.hpp"
#include "telegram/api_types.hpp"
#include "texts/rich_text.hpp"

/// Screens in Telegram's words.
namespace aisha::bot::wire {

std::vector<telegram::MessageEntity> entities(const std::vector<texts::Span>& spans);
telegram::InlineKeyboardMarkup markup(const Keyboard& keyboard);

}  // namespace aisha::bot::wire
