// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/task.hpp"
#include "telegram/bot_api.hpp"
#include "texts/texts.hpp"

namespace aisha::bot {

/// Fingerprint of everything `introduce` would say: the caller keeps it and introduces again only when it changed
/// (Telegram limits how often a bot may be renamed).
std::string introduction_fingerprint(const texts::Library& library);

/// The bot's name, descriptions and command list in English (for everyone) and Russian. Returns the first refusal; what
/// was said before it stays said.
Task<telegram::ApiResult<>> introduce(telegram::BotApi& client, const texts::Library& library);

}  // namespace aisha::bot
